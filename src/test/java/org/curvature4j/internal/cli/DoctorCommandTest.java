package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.curvature4j.internal.engine.backend.Backend;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void tellsWhatComputes() {
        Run run = Run.of("doctor");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("backend     " + Backend.get().info().name() + ": ")
                .contains("ND4J 1.0.0-M2.1")
                .contains("OpenBLAS 0.3.")
                .contains("tiles      512.0 MiB")
                .contains("backend=cpu, engine=auto, memory=512m, threads=0, tile=0 (profiles/cpu.properties)")
                .contains("check       eigenvalues of a Hessian right to ");
    }

    @Test
    void tellsItInJson() {
        JsonObject json = Run.of("doctor", "--json").json();

        assertThat(json.get("backend").getAsString())
                .isEqualTo(Backend.get().info().name());
        assertThat(json.get("threads").getAsInt())
                .isEqualTo(Backend.get().settings().threads());
        assertThat(json.getAsJsonObject("versions").get("ND4J").getAsString()).isEqualTo("1.0.0-M2.1");
        assertThat(json.getAsJsonObject("defaults").get("memory").getAsString()).isEqualTo("512m");
        assertThat(json.get("checkError").getAsDouble()).isLessThan(1e-13);
    }
}
