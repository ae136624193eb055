package org.curvature4j.internal.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class BackendTest {

    @Test
    void startsOnceForAllThreads() {
        List<CompletableFuture<Backend>> calls = Stream.generate(() -> CompletableFuture.supplyAsync(Backend::get))
                .limit(8)
                .toList();

        assertThat(calls.stream().map(CompletableFuture::join).distinct()).containsExactly(Backend.get());
    }

    @Test
    void describesWhatComputes() {
        BackendInfo info = Backend.get().info();

        assertThat(info.name()).isEqualTo(Nd4j.getEnvironment().isCPU() ? "cpu" : "cuda");
        assertThat(info.why()).isNotBlank().doesNotContain("\n");
        assertThat(info.devices()).isNotEmpty();
        assertThat(info.settings().threads()).isPositive();
        assertThat(info.limits()).containsKeys("tiles", "Java heap", "process");
        assertThat(info.limits().values()).allMatch(bytes -> bytes > 0);
        assertThat(info.versions()).containsEntry("ND4J", "1.0.0-M2.1").doesNotContainValue("unknown");
        assertThat(info.versions().get("Curvature4j")).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void leavesTheThreadsToOurWorkers() {
        assertThat(Backend.get().info().blas())
                .startsWith("OPENBLAS, 1 thread a call")
                .contains("kernels (");
        assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    }

    @Test
    void nd4jComputesAfterTheStart() {
        Backend.get();

        assertThat(Nd4j.createFromArray(1.5, 2.5).sumNumber().doubleValue()).isEqualTo(4.0);
    }
}
