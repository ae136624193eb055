package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.engine.backend.Engine;
import org.junit.jupiter.api.Test;

class DoctorBenchTest {
    private static final double SECONDS = 0.01;

    @Test
    void measuresTheMachineAndTheEngines() {
        Report report = new Report("doctor");
        DoctorBench.run(report, List.of(Engine.AUTO, Engine.FUSED), SECONDS);
        JsonObject json = new Gson().fromJson(printed(report, true), JsonObject.class);

        for (Map.Entry<String, JsonElement> figure :
                json.getAsJsonObject("machine").entrySet()) {
            assertThat(figure.getValue().getAsDouble())
                    .as(figure.getKey())
                    .isPositive()
                    .isFinite();
        }
        assertThat(json.get("matricesPerSecond").getAsDouble()).isPositive();
        JsonObject engines = json.getAsJsonObject("pointsPerSecond");
        assertThat(engines.keySet()).containsExactly("auto", "fused");
        JsonObject auto = engines.getAsJsonObject("auto");
        assertThat(auto.size()).isEqualTo(6);
        auto.entrySet().forEach(speed -> assertThat(speed.getValue().getAsDouble())
                .as(speed.getKey())
                .isPositive());
        assertThat(printed(report, false)).contains("bandwidth", "gemm", "auto", "fused", "Hessian 11 x 11, 2-2-1 net");
    }

    private static String printed(Report report, boolean json) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text), json);
        return text.toString();
    }
}
