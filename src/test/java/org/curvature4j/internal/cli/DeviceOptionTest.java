package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.curvature4j.internal.gpu.FaultyDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.io.Journal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the choice of a device comes to: the same file, a manifest that names the GPU, and who may go on with it. */
@Tag("gpu")
@SuppressWarnings("try")
class DeviceOptionTest {
    private static final int ILLEGAL_ADDRESS = 700;

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

    @Test
    void whatTheGpuTakesNoPartInSaysSo() throws Exception {
        Path page = folder.resolve("page.html");
        Object[] newton = {"newton", "--function", "rosenbrock", "--start", "-1.2,1", "--verbose", "--report", page};
        Object[] train = {"train", "--widths", "64-4-10", "--epochs", 1, "--rows", 60, "--out"};
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(with(newton, "--device", "gpu").err())
                    .contains("computed by fused code")
                    .contains(", on the CPU since a GPU wouldn't have begun before a single point is done\n")
                    .doesNotContain("GPU code");
            assertThat(Files.readString(page))
                    .contains("a single point is done")
                    .doesNotContain("GPU code");
            Run json = with(train, folder.resolve("a.fb"), "--device", "gpu", "--json");
            assertThat(json.json().get("device").getAsString()).isEqualTo("the CPU, where SameDiff trains");
            Run told = with(train, folder.resolve("b.fb"), "--device", "gpu");
            assertThat(told.out()).contains("device      the CPU, where SameDiff trains");
        }
        assertThat(with(newton, "--device", "cpu").err())
                .contains("computed by fused code")
                .doesNotContain("on the CPU since");
        assertThat(with(train, folder.resolve("c.fb")).out()).doesNotContain("device");
    }

    /** The GPU is lost once something is recorded; after a new start it is well. */
    @Test
    void anInterruptedRunIsGoneOnWithOnTheGpu() throws Exception {
        Object[] hessian = {"hessian", "--model", "rosenbrock", "--random", 40000, "--checkpoint", 0.02, "--out"};
        Path expected = folder.resolve("expected.npy");
        assertThat(with(hessian, expected, "--device", "cpu").code()).isZero();
        Path result = folder.resolve("result.npy");
        FaultyDriver failing = FaultyDriver.of(
                new InterpretedDriver(1, 1L << 28),
                (number, name) -> Journal.read(result).isPresent(),
                ILLEGAL_ADDRESS);
        try (GpuForTests gpu = GpuForTests.with(failing.driver())) {
            assertThat(with(hessian, result, "--device", "gpu").err()).contains("CUDA_ERROR_ILLEGAL_ADDRESS");
        }
        assertThat(result).doesNotExist();
        assertThat(Journal.read(result).orElseThrow().complete()).isBetween(1L, 39_999L);
        assertThat(with(hessian, result, "--device", "cpu", "--resume").err()).contains("engine");
        InterpretedDriver driver = new InterpretedDriver(1, 1L << 28);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Run run = with(hessian, result, "--device", "gpu", "--resume");
            assertThat(run.code()).as(run.err()).isZero();
        }
        assertThat(driver.launches()).isPositive();
        assertThat(driver.leaks()).isEmpty();
        assertThat(driver.modules()).isZero();
        assertThat(result).hasSameBinaryContentAs(expected);
    }

    private static Run with(Object[] words, Object... more) {
        return Run.of(Stream.of(words, more).flatMap(Stream::of).toArray());
    }
}
