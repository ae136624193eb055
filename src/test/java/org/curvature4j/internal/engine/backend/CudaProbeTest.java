package org.curvature4j.internal.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaProbeTest {

    private static final CudaDevice A100 = new CudaDevice(0, "NVIDIA A100", 8, 0, 40L << 30);
    private static final CudaDevice H100 = new CudaDevice(1, "NVIDIA H100", 9, 0, 80L << 30);

    @Test
    void usesACapableDevice() {
        FakeCudaRuntime machine = new FakeCudaRuntime(A100);

        CudaProbe probe = CudaProbe.of(machine);

        assertThat(probe).isEqualTo(new CudaProbe(true, "1 usable device", List.of(A100)));
        assertThat(machine.asked).containsExactly("built", "driver", "runtime", "devices", "libraries");
    }

    @Test
    void withoutADriverLoadsNothing() {
        FakeCudaRuntime machine = new FakeCudaRuntime();
        machine.driver = false;

        CudaProbe probe = CudaProbe.of(machine);

        assertThat(probe.usable()).isFalse();
        assertThat(probe.reason()).isEqualTo("no NVIDIA driver on this machine");
        assertThat(machine.asked).containsExactly("built", "driver");
    }

    @Test
    void aBuildWithoutCudaSaysHowToGetIt() {
        FakeCudaRuntime machine = new FakeCudaRuntime(A100);
        machine.built = false;

        assertThat(CudaProbe.of(machine).reason()).isEqualTo("this build has no CUDA library: build with -Pcuda");
        assertThat(machine.asked).containsExactly("built");
    }

    @Test
    void aDeviceThatIsTooNewIsNamedAndNothingMoreIsLoaded() {
        FakeCudaRuntime machine = new FakeCudaRuntime(A100, H100);

        CudaProbe probe = CudaProbe.of(machine);

        assertThat(probe.usable()).isFalse();
        assertThat(probe.devices()).containsExactly(A100, H100);
        assertThat(probe.reason())
                .isEqualTo("NVIDIA H100 has compute capability 9.0, and ND4J's CUDA library holds code for 3.7 to 8.6"
                        + " only (--device gpu computes there); hide device 1 with CUDA_VISIBLE_DEVICES");
        assertThat(machine.asked).doesNotContain("libraries");
    }

    @Test
    void aMissingLibraryIsToldInOneLine() {
        FakeCudaRuntime machine = new FakeCudaRuntime(A100);
        machine.missingRuntime = "libcudart.so.11.0: cannot open\nshared object";
        assertThat(CudaProbe.of(machine).reason())
                .isEqualTo(
                        "CUDA 11.6 is missing, and newer toolkits don't count: install it, build with"
                                + " -Pcuda,cuda-redist, or take --device gpu, which needs none: libcudart.so.11.0: cannot open");

        machine.missingRuntime = "";
        machine.missingLibrary = "libcublas.so.11: no such file";
        assertThat(CudaProbe.of(machine).reason())
                .isEqualTo("a library of CUDA 11.6 is missing, and newer toolkits don't count: install it, build with"
                        + " -Pcuda,cuda-redist, or take --device gpu, which needs none: libcublas.so.11: no such file");
    }

    @Test
    void noDeviceAndNoAnswerAreReasonsToo() {
        FakeCudaRuntime machine = new FakeCudaRuntime();
        assertThat(CudaProbe.of(machine).reason()).isEqualTo("no CUDA device on this machine");

        machine.error = "CUDA driver version is insufficient for CUDA runtime version";
        assertThat(CudaProbe.of(machine).reason())
                .isEqualTo("CUDA doesn't answer: CUDA driver version is insufficient for CUDA runtime version");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 5, false",
        "3, 7, true",
        "5, 0, true",
        "6, 1, true",
        "7, 0, true",
        "7, 5, true",
        "8, 0, true",
        "8, 6, true",
        "8, 9, true",
        "9, 0, false",
        "10, 0, false",
        "12, 0, false",
        "2, 1, false",
        "4, 0, false"
    })
    void knowsWhatNd4jHasCodeFor(int major, int minor, boolean hasCode) {
        assertThat(new CudaDevice(0, "any", major, minor, 1).hasCode()).isEqualTo(hasCode);
    }
}
