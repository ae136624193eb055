package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gpu")
class DoctorBenchTest {
    private static final double SECONDS = 0.01;

    @Test
    void measuresTheMachineAndTheEngines() {
        Report report = new Report("doctor");
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        columns.put("auto", Map.of("engine", "auto"));
        columns.put("fused", Map.of("engine", "fused", "device", "cpu"));
        DoctorBench.run(report, columns, SECONDS);
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

    @Test
    void measuresEachEngineAndEachGpu() {
        try (GpuForTests two = GpuForTests.with(new InterpretedDriver(2, 1 << 20))) {
            assertThat(DoctorBench.columns(settings(Engine.AUTO, DeviceChoice.AUTO))
                            .keySet())
                    .containsExactly("auto", "fused", "loops", "plan", "samediff", "gpu:0", "gpu:1");
            assertThat(DoctorBench.columns(settings(Engine.LOOPS, DeviceChoice.AUTO)))
                    .containsExactly(
                            entry("loops", Map.of("engine", "loops", "device", "cpu")),
                            entry("gpu:0", Map.of("engine", "loops", "device", "gpu:0")),
                            entry("gpu:1", Map.of("engine", "loops", "device", "gpu:1")));
            assertThat(DoctorBench.columns(settings(Engine.AUTO, DeviceChoice.GPU))
                            .keySet())
                    .containsExactly("auto", "gpu:0", "gpu:1");
            assertThat(DoctorBench.columns(settings(Engine.AUTO, DeviceChoice.CPU))
                            .keySet())
                    .containsExactly("auto", "fused", "loops", "plan", "samediff");
            assertThat(two.driver().deviceCount()).isEqualTo(2);
        }
    }

    private static Settings settings(Engine engine, DeviceChoice device) {
        return new Settings("cpu", 1, 1 << 20, 0, engine, device);
    }

    private static String printed(Report report, boolean json) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text), json);
        return text.toString();
    }
}
