package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.curvature4j.internal.gpu.GpuForTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the choice of a device comes to: the same file, a manifest that names the GPU, and who may go on with it. */
@Tag("gpu")
class DeviceOptionTest {
    @TempDir
    private Path folder;

    private Run hessian(String device, String out, String... more) {
        String[] words = {
            "hessian",
            "--model",
            "two-two-one",
            "--random",
            "50",
            "--device",
            device,
            "--verbose",
            "--out",
            folder.resolve(out).toString()
        };
        Object[] all = Stream.of(words, more).flatMap(Stream::of).toArray();
        return Run.of(all);
    }

    private JsonObject manifest(String out) throws Exception {
        return new Gson().fromJson(Files.readString(folder.resolve(out).resolve("manifest.json")), JsonObject.class);
    }

    @Test
    void aGpuWritesTheBytesOfTheCpuAndIsNamed() throws Exception {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            Run onGpu = hessian("gpu", "gpu");
            Run onCpu = hessian("cpu", "cpu");

            assertThat(onGpu.code()).as(onGpu.err()).isZero();
            assertThat(onCpu.code()).as(onCpu.err()).isZero();
            assertThat(onGpu.err()).contains("device gpu (" + gpu.device(), "computed by GPU code");
            assertThat(folder.resolve("gpu/hessians.npy")).hasSameBinaryContentAs(folder.resolve("cpu/hessians.npy"));
            assertThat(manifest("gpu").toString())
                    .contains("\"device\":\"" + gpu.device().kind() + "\"");
            assertThat(Files.readString(folder.resolve("gpu/timings.json")))
                    .contains(gpu.device().kind());
            assertThat(manifest("cpu").toString()).doesNotContain(gpu.device().name());
            Run either = hessian("auto", "either");
            assertThat(either.err()).contains("on GPUs with the same bits where these are expected to be faster");
            assertThat(manifest("either").toString())
                    .doesNotContain(gpu.device().name());

            Run other = hessian("cpu", "gpu", "--resume");
            assertThat(other.code()).isEqualTo(1);
            assertThat(other.err()).contains("engine");
        }
    }

    @Test
    void aMapOfSaddlesNamesTheGpu() throws Exception {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            for (String device : new String[] {"gpu", "cpu"}) {
                Run run = Run.of("saddle", "--grid", 5, "--device", device, "--out", folder.resolve(device));
                assertThat(run.code()).as(run.err()).isZero();
            }
            String kind = gpu.device().kind();
            assertThat(manifest("gpu").toString()).contains("\"device\":\"" + kind + "\"");
            assertThat(Files.readString(folder.resolve("gpu/timings.json"))).contains(kind);
            assertThat(manifest("cpu").toString()).doesNotContain(gpu.device().name());
            assertThat(Files.readString(folder.resolve("cpu/timings.json"))).doesNotContain(kind);
            assertThat(folder.resolve("gpu/eigenvalues.npy"))
                    .hasSameBinaryContentAs(folder.resolve("cpu/eigenvalues.npy"));
        }
    }
}
