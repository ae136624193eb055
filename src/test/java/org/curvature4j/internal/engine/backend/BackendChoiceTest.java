package org.curvature4j.internal.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4jBackend;

class BackendChoiceTest {

    private static final CudaDevice A100 = new CudaDevice(0, "NVIDIA A100", 8, 0, 40L << 30);

    @Test
    void aCudaBuildAsksForCudaAndGetsItWhereItWorks() {
        BackendChoice choice = BackendChoice.of(new FakeCudaRuntime(A100), new Properties());

        assertThat(choice.asked()).isEqualTo("cuda");
        assertThat(choice.name()).isEqualTo("cuda");
    }

    @Test
    void aCudaBuildComputesOnTheCpuWhereCudaDoesnt() {
        BackendChoice choice = BackendChoice.of(new FakeCudaRuntime(), new Properties());

        assertThat(choice.asked()).isEqualTo("cuda");
        assertThat(choice.name()).isEqualTo("cpu");
    }

    @Test
    void thePropertyWinsOverTheBuildAndCudaIsLeftAlone() {
        FakeCudaRuntime cuda = new FakeCudaRuntime(A100);

        BackendChoice choice = BackendChoice.of(cuda, asking("cpu"));

        assertThat(choice.name()).isEqualTo("cpu");
        assertThat(cuda.asked).containsExactly("built");
    }

    @Test
    void aCpuBuildAskedForCudaSaysWhatIsMissing() {
        FakeCudaRuntime cuda = new FakeCudaRuntime(A100);
        cuda.built = false;

        assertThat(BackendChoice.of(cuda, new Properties()).asked()).isEqualTo("cpu");
        BackendChoice choice = BackendChoice.of(cuda, asking("cuda"));
        assertThat(choice.name()).isEqualTo("cpu");
        assertThat(choice.probe().reason()).isEqualTo("this build has no CUDA library: build with -Pcuda");
    }

    @Test
    void anotherBackendIsAnError() {
        assertThatThrownBy(() -> BackendChoice.of(new FakeCudaRuntime(), asking("tpu")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curvature4j.backend: expected one of cpu, cuda, got 'tpu'");
    }

    @Test
    void nd4jAsksTheStandInBeforeItsOwnBackends() {
        assertThat(new CpuInsteadOfCuda().getPriority())
                .isGreaterThan(Nd4jBackend.BACKEND_PRIORITY_GPU)
                .isGreaterThan(Nd4jBackend.BACKEND_PRIORITY_CPU);
    }

    private static Properties asking(String backend) {
        Properties properties = new Properties();
        properties.setProperty("curvature4j.backend", backend);
        return properties;
    }
}
