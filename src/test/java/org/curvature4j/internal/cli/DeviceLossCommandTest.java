package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command about a loss over data on a device, interpreted, against the same on the CPU. */
@Tag("gpu")
class DeviceLossCommandTest {
    /** What another run of the same has otherwise, or one on another device. */
    private static final Set<String> OTHERWISE = Set.of("seconds", "device", "files", "errorBounds", "momentError");

    /** Of what is below rounding in both, such as residuals. */
    private static final double NOTHING = 1e-9;

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void saveModelAndData() {
        model = SavedModels.save(SavedModels.regression(), folder, "net.fb");
        Npy.write(folder.resolve("X.npy"), SavedModels.numbers(3, 10, 3));
        Npy.write(folder.resolve("Y.npy"), SavedModels.numbers(4, 10, 1));
    }

    private Run run(String device, String command) {
        List<Object> words = new ArrayList<>(Arrays.asList((Object[]) command.split(" ", -1)));
        words.addAll(List.of(
                "--model", model, "--loss", "squared-error", "--predictions", "y", "--data", folder.resolve("X.npy")));
        words.addAll(List.of("--targets", folder.resolve("Y.npy"), "--device", device));
        Run run = Run.of(words.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lanczos --count 3 --json",
                "lanczos --count 2 --end both --matrix gauss-newton --batch 4 --json",
                "lanczos --count 2 --steps 5 --matrix fisher --json",
                "density --steps 6 --probes 3 --json",
                "density --steps 4 --probes 2 --matrix empirical-fisher --batch 4 --json",
                "trace --products 6 --json",
                "trace --products 6 --method hutch++ --frobenius --json",
                "trace --products 6 --method hutchinson --batch 4 --frobenius --json",
                "trace --products 20 --matrix gauss-newton --json",
                "landscape --directions random --grid 3 --out losses.npy --json",
                "landscape --directions eigenvectors --grid 3 --out losses.npy --json",
                "landscape --along 0 --grid 5 --out losses.npy --batch 4 --json"
            })
    void tellsWhatTheCpuDoes(String command) {
        String words =
                command.replace("losses.npy", folder.resolve("losses.npy").toString());
        Run expected = run("cpu", words);
        DriverForTests driver = GpuForTests.driver(1, 1 << 26);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Run actual = run("gpu", words);
            new TwoRuns(NOTHING, OTHERWISE).assertSame("report", actual.json(), expected.json());
            assertThat(expected.json().get("device").getAsString()).isEqualTo("the CPU");
            assertThat(actual.json().get("device").getAsString())
                    .isEqualTo(gpu.device().toString());
        }
        assertThat(driver.leaks()).isEmpty();
    }

    @Test
    void writesWhatTheCpuDoes() {
        String command = "trace --products 6 --method hutchinson --diagonal " + folder.resolve("diagonal.npy");
        run("cpu", command);
        double[] expected = Npy.read(folder.resolve("diagonal.npy")).data().asDouble();
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(run("gpu:0", command).out()).contains("device      " + gpu.device());
        }
        assertThat(Npy.read(folder.resolve("diagonal.npy")).data().asDouble()).containsExactly(expected, within(1e-12));
    }

    @Test
    void computesOnTheCpuUnlessAskedOtherwise() {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            Run run = run("auto", "trace --products 6 --verbose");
            assertThat(run.err())
                    .contains("computed by the CPU")
                    .contains(gpu.device().name());
            assertThat(run.out()).doesNotContain("device");
        }
    }
}
