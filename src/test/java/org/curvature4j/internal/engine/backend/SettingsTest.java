package org.curvature4j.internal.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("gpu")
class SettingsTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void readsTheProfileOfEachBackend() {
        assertThat(Settings.of("cpu", new Properties()))
                .isEqualTo(new Settings("cpu", CORES, 512L << 20, 0, Engine.AUTO, DeviceChoice.AUTO));
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(Settings.of("cuda", new Properties()))
                    .isEqualTo(new Settings("cuda", 1, 2L << 30, 0, Engine.AUTO, DeviceChoice.GPU));
            assertThat(gpu.device().number()).isZero();
        }
    }

    /** What the file of a build for CUDA says is no reason to fail on a machine that has no GPU. */
    @Test
    void onlyWhoAsksForAGpuNeedsOne() {
        try (GpuForTests none = GpuForTests.with(new InterpretedDriver(0, 1))) {
            assertThat(Settings.of("cuda", new Properties()).device()).isEqualTo(DeviceChoice.AUTO);
            assertThat(Settings.of("cuda", with("device", "gpu")).device()).isEqualTo(DeviceChoice.GPU);
            assertThat(none.driver().deviceCount()).isZero();
        }
    }

    @Test
    void aBackendThatStandsInComputesOnTheDeviceThatWasAskedFor() {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(Settings.of("cpu", "cuda"))
                    .isEqualTo(new Settings("cpu", CORES, 512L << 20, 0, Engine.AUTO, DeviceChoice.GPU));
            assertThat(Settings.of("cpu", "cpu").device()).isEqualTo(DeviceChoice.AUTO);
            assertThat(gpu.device().number()).isZero();
        }
    }

    @Test
    void aFolderForMachineCodeIsNoneOfTheKeys() {
        assertThat(Settings.of("cpu", with("cache", "/Some/Folder"))).isEqualTo(Settings.of("cpu", new Properties()));
    }

    @Test
    void aSystemPropertyOverridesEachKey() {
        Properties overrides = new Properties();
        overrides.setProperty("curvature4j.threads", "3");
        overrides.setProperty("curvature4j.memory", "64k");
        overrides.setProperty("curvature4j.tile", "4096");
        overrides.setProperty("curvature4j.engine", "PLAN");
        overrides.setProperty("curvature4j.device", " CPU ");
        overrides.setProperty("java.version", "17");

        assertThat(Settings.of("cpu", overrides))
                .isEqualTo(new Settings("cpu", 3, 65536, 4096, Engine.PLAN, DeviceChoice.CPU));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1000000000000, 1000000000000",
        "2K, 2048",
        "3m, 3145728",
        "8388607g, 9007198180999168",
        "'  7k ', 7168"
    })
    void memoryIsBytesOrHasAUnit(String text, long bytes) {
        assertThat(Settings.of("cpu", with("memory", text)).memory()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5g", "1t", "512 m", "lots", "9999999999999g", "9223372036854775808"})
    void refusesOtherMemory(String text) {
        assertThatThrownBy(() -> Settings.of("cpu", with("memory", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("curvature4j.memory: expected a number of bytes above 0")
                .hasMessageContaining("got '" + text + "'");
    }

    @Test
    void refusesCountsBeyondAnInteger() {
        assertThatThrownBy(() -> Settings.of("cpu", with("threads", "99999999999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curvature4j.threads: expected at most 2147483647, got '99999999999'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "two", "1.0"})
    void refusesCountsThatArent(String text) {
        for (String key : new String[] {"threads", "tile", "wait"}) {
            assertThatThrownBy(() -> Settings.of("cpu", with(key, text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("curvature4j." + key + ": expected a whole number, 0 (automatic) or more, got '" + text
                            + "'");
        }
    }

    @Test
    void aGpuHasTenMinutesUnlessToldOtherwise() {
        assertThat(Settings.wait("cpu")).isEqualTo(Settings.wait("cuda")).isEqualTo(Duration.ofMinutes(10));
        System.setProperty("curvature4j.wait", "7");
        try {
            assertThat(Settings.wait("cpu")).isEqualTo(Duration.ofSeconds(7));
        } finally {
            System.clearProperty("curvature4j.wait");
        }
    }

    @Test
    void refusesAKeyThatIsntKnown() {
        assertThatThrownBy(() -> Settings.of("cpu", with("thread", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curvature4j.<key>: expected one of backend, device, engine, memory, threads, tile, wait,"
                        + " got 'thread'");
    }

    @Test
    void theBackendAskedForIsTheBuildsUnlessAPropertySaysOtherwise() {
        assertThat(Settings.asked(new Properties(), "cuda")).isEqualTo("cuda");
        assertThat(Settings.asked(with("backend", " CPU "), "cuda")).isEqualTo("cpu");
        assertThatThrownBy(() -> Settings.asked(with("backend", "gpu"), "cpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curvature4j.backend: expected one of cpu, cuda, got 'gpu'");
    }

    private static Properties with(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty("curvature4j." + key, value);
        return properties;
    }
}
