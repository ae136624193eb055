package org.curvature4j.internal.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("gpu")
class DeviceChoiceTest {
    private static final long BYTES = 1 << 20;

    private static Driver gpus(int count) {
        return new InterpretedDriver(count, BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "gpu", "gpu:0", "gpu:12"})
    void readsWhatItWrites(String text) {
        assertThat(DeviceChoice.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tpu", "gpu:", "gpu:x", "gpu:-1", "gpu:99999", "gpus", "cuda"})
    void refusesWhatCannotBeMeant(String text) {
        assertThatThrownBy(() -> DeviceChoice.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curvature4j.device: expected auto, cpu, gpu or gpu:N as in gpu:1, got '" + text + "'");
    }

    @Test
    void takesAllOrTheOne() {
        try (GpuForTests two = GpuForTests.with(gpus(2))) {
            assertThat(DeviceChoice.GPU.devices()).extracting(Device::number).containsExactly(0, 1);
            assertThat(DeviceChoice.AUTO.devices()).extracting(Device::number).containsExactly(0, 1);
            assertThat(DeviceChoice.of("gpu:1").devices())
                    .extracting(Device::number)
                    .containsExactly(1);
            assertThat(DeviceChoice.CPU.devices()).isEmpty();
            String first = two.device().toString();
            assertThat(DeviceChoice.of("gpu:0").why()).isEqualTo(first + ", for what they can: asked for");
            assertThat(DeviceChoice.AUTO.why())
                    .startsWith(first + " and GPU 1, ")
                    .endsWith("expected to be faster");
            assertThat(DeviceChoice.CPU.why()).isEqualTo("the CPU: asked for");
        }
    }

    @Test
    void namesTheGpusWhereAnotherIsAskedFor() {
        try (GpuForTests two = GpuForTests.with(gpus(2))) {
            assertThatThrownBy(DeviceChoice.of("gpu:5")::devices)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("curvature4j.device: expected one of 2 GPUs, gpu:0 or gpu:1, got gpu:5");
            assertThat(two.driver().deviceCount()).isEqualTo(2);
        }
        try (GpuForTests one = GpuForTests.with(gpus(1))) {
            assertThatThrownBy(DeviceChoice.of("gpu:1")::devices)
                    .hasMessage("curvature4j.device: expected gpu:0, the only GPU, got gpu:1");
            assertThat(one.driver().deviceCount()).isEqualTo(1);
        }
    }

    @Test
    void withoutOneOnlyWhoForcesItIsRefused() {
        try (GpuForTests none = GpuForTests.with(gpus(0))) {
            String machine = "an NVIDIA driver for CUDA " + none.driver().version() / 1000;
            for (String text : new String[] {"gpu", "gpu:0"}) {
                assertThatThrownBy(DeviceChoice.of(text)::devices)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(
                                "curvature4j.device: expected an NVIDIA GPU for " + text + ", got " + machine)
                        .hasMessageEndingWith(" and no GPU (auto computes on the CPU)");
            }
            assertThat(DeviceChoice.AUTO.devices()).isEmpty();
            assertThat(DeviceChoice.AUTO.why()).startsWith("the CPU: " + machine);
        }
    }
}
