package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.gpu.Devices;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gpu")
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
                .contains("backend=cpu, device=auto, engine=auto, memory=512m, threads=0, tile=0")
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

    @Test
    void withoutAGpuThatIsOneLine() {
        try (GpuForTests none = GpuForTests.with(new InterpretedDriver(0, 1))) {
            assertThat(Run.of("doctor").out().lines().filter(line -> line.toLowerCase(Locale.ROOT)
                            .contains("gpu")))
                    .singleElement()
                    .asString()
                    .startsWith("gpu         none: an NVIDIA driver for CUDA ");
            assertThat(none.driver().deviceCount()).isZero();
        }
    }

    @Test
    void listsGpusAndWhichCompute() {
        try (GpuForTests two = GpuForTests.with(new InterpretedDriver(2, 1 << 30))) {
            String second = "GPU 1, " + Devices.get().all().get(1).name();
            assertThat(Run.of("doctor", "--device", "gpu:1").out().replaceAll("\\s+", " "))
                    .contains(
                            "gpus " + two.device() + ": compute capability ",
                            second + ": compute",
                            "1.0 GiB of 1.0 GiB free")
                    .contains("points on " + second + ", for what they can: asked for (device=gpu:1)");

            JsonObject json = Run.of("doctor", "--device", "cpu", "--json").json();
            JsonObject gpu = json.getAsJsonArray("gpus").get(1).getAsJsonObject();
            assertThat(gpu.get("number").getAsInt()).isEqualTo(1);
            assertThat(gpu.get("freeMemory").getAsLong()).isEqualTo(1 << 30);
            assertThat(json.get("device").getAsString()).isEqualTo("cpu");
            assertThat(json.get("deviceWhy").getAsString()).isEqualTo("the CPU: asked for");
            assertThat(json.get("driver").getAsString()).startsWith("an NVIDIA driver for CUDA ");

            Run wrong = Run.of("doctor", "--device", "gpu:5");
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err()).contains("--device: expected one of 2 GPUs, gpu:0 or gpu:1, got gpu:5");
            assertThat(System.getProperty("curvature4j.device")).isNull();
        }
    }
}
