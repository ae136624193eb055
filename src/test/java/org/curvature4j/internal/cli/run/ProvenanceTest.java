package org.curvature4j.internal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.gpu.Devices;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gpu")
class ProvenanceTest {
    private static final String DEVICE = "curvature4j.device";

    @AfterEach
    void forget() {
        System.clearProperty(DEVICE);
        Backend.refresh();
    }

    @Test
    void namesTheGpuThatComputes() {
        Backend.get();
        try (GpuForTests two = GpuForTests.with(new InterpretedDriver(2, 1 << 20))) {
            System.setProperty(DEVICE, "gpu:1");
            Backend.refresh();
            Map<String, String> run = Provenance.begin("hessian");
            String name = Devices.get().all().get(1).name();
            Provenance.addMachine(run, "GPU code: 85 computations a point, on " + name);

            assertThat(name).isNotEqualTo(two.device().name());
            assertThat(run)
                    .containsEntry("engine", "GPU code")
                    .containsEntry("device", name + ", compute capability 9.0, driver for CUDA 12.4");
        }
    }

    @Test
    void namesNoneWhereTheCpuDoes() {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            Map<String, String> run = Provenance.begin("hessian");
            Provenance.addMachine(run, "fused code, for small functions: 85 computations a point");

            assertThat(run)
                    .containsEntry("command", "hessian")
                    .containsKey("processor")
                    .doesNotContainKey("device");
            assertThat(gpu.device().number()).isZero();
        }
    }
}
