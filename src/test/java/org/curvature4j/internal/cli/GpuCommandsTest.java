package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that takes --device, on an interpreted GPU against the CPU: what it tells, and the files that it leaves. */
@SuppressWarnings("try")
@Tag("gpu")
class GpuCommandsTest {
    private static final long BYTES = 1L << 28;
    private static final String LOSS =
            " --model F/net.fb --loss squared-error --predictions y --data F/X.npy --targets F/Y.npy";

    /** Of what is below rounding in both, such as residuals. */
    private static final double NOTHING = 1e-9;

    /** What docs/gpu.md promises of a command on a GPU. */
    private enum Promise {
        /** It computes, with the bits of the CPU. */
        BITS,
        /** It computes, and sums are added in another order. */
        ROUNDING,
        /** It takes no part. */
        CPU
    }

    private record Line(Promise promise, String words) {
        String command() {
            return words.split(" ")[0];
        }
    }

    /** A new command needs one; OUT is the folder where its results go, F that of its data. */
    private static final List<Line> LINES = List.of(
            new Line(Promise.BITS, "demo --out OUT"),
            new Line(Promise.BITS, "jacobian --model mlp:3-4-4-2 --random 30 --seed 7 --out OUT/"),
            new Line(Promise.BITS, "jacobian --model F/net.fb --output y --points F/X.npy --out OUT/J.npy"),
            new Line(Promise.BITS, "hessian --model two-two-one --random 30 --seed 7 --packed --out OUT/"),
            new Line(Promise.BITS, "spectrum --model two-two-one --random 30 --seed 7 --vectors --out OUT/"),
            new Line(Promise.BITS, "spectrum --model F/net.fb --output y --points F/X.npy --out OUT/E.npy"),
            new Line(Promise.BITS, "sensitivity --model mlp:3-4-4-2 --random 30 --seed 7 --out OUT/"),
            new Line(Promise.BITS, "slice --model two-two-one --random 1 --seed 7 --steps 21 --plot OUT/slice.svg"),
            new Line(Promise.BITS, "saddle --grid 7 --out OUT/"),
            new Line(Promise.CPU, "newton --function rosenbrock --start -1.2,1 --method all --out OUT/end.npy"),
            new Line(
                    Promise.ROUNDING,
                    "newton --function rosenbrock --start -1.2,1 --engine loops --iterations 3 --out OUT/end.npy"),
            new Line(Promise.CPU, "train --widths 64-4-10 --epochs 1 --rows 60 --out OUT/net.fb"),
            new Line(Promise.ROUNDING, "lanczos --count 2 --out OUT/" + LOSS),
            new Line(Promise.ROUNDING, "density --steps 5 --probes 2 --out OUT/D.npy" + LOSS),
            new Line(Promise.ROUNDING, "trace --products 6 --method hutchinson --diagonal OUT/D.npy" + LOSS),
            new Line(Promise.ROUNDING, "landscape --directions random --grid 3 --out OUT/L.npy" + LOSS),
            new Line(Promise.CPU, "inspect --model two-two-one"),
            new Line(Promise.CPU, "merge F --out OUT/M.npy"),
            new Line(Promise.CPU, "models"),
            new Line(Promise.CPU, "doctor"));

    /** Commands that no line tries, and why. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("study", "takes minutes; StudyOnGpuTest has what it measures");

    @TempDir
    private Path folder;

    @BeforeEach
    void saveModelAndData() {
        SavedModels.save(SavedModels.regression(), folder, "net.fb");
        Npy.write(folder.resolve("X.npy"), SavedModels.numbers(3, 10, 3));
        Npy.write(folder.resolve("Y.npy"), SavedModels.numbers(4, 10, 1));
    }

    private static List<Line> lines() {
        return LINES;
    }

    /** The names of the commands of which GPUs compute something. */
    static Set<String> onGpu() {
        return LINES.stream()
                .filter(line -> line.promise != Promise.CPU)
                .map(Line::command)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Run run(String words, String device) throws IOException {
        Files.createDirectories(folder.resolve("OUT"));
        List<Object> all = new ArrayList<>(Arrays.asList((Object[]) words.replace("OUT", folder + "/OUT")
                .replace("F/", folder + "/")
                .split(" ", -1)));
        all.addAll(List.of("--device", device, "--json"));
        return Run.of(all.toArray());
    }

    /** On the CPU; what it left gets another name, so that the same words mean the same name again. */
    private Run expected(String words) throws IOException {
        Run run = run(words, "cpu");
        Files.move(folder.resolve("OUT"), folder.resolve("expected"));
        return run;
    }

    @Test
    void everyCommandWithADeviceIsTried() {
        Set<String> tried = new TreeSet<>(ELSEWHERE.keySet());
        LINES.forEach(line -> tried.add(line.command()));
        assertThat(RootCommand.line(List.of()).getSubcommands().values().stream()
                        .map(command -> command.getCommandSpec())
                        .filter(command -> command.findOption("--device") != null)
                        .map(command -> command.name()))
                .containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void tellsAndWritesWhatTheCpuDoes(Line line) throws IOException {
        Run expected = expected(line.words);
        InterpretedDriver driver = new InterpretedDriver(1, BYTES);
        Run actual;
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            actual = run(line.words, "gpu");
        }
        assertThat(actual.code()).as(actual.err()).isEqualTo(expected.code());
        assertThat(actual.err()).isEqualTo(expected.err());
        assertThat(driver.launches() > 0).as("launches").isEqualTo(line.promise != Promise.CPU);
        assertThat(driver.leaks()).isEmpty();
        assertThat(driver.modules()).isZero();
        TwoRuns runs = new TwoRuns(line.promise == Promise.ROUNDING ? NOTHING : 0, otherwise(line));
        if (expected.code() == 0) {
            runs.assertSame(line.command(), actual.json(), expected.json());
        }
        runs.assertSameFiles(folder.resolve("OUT"), folder.resolve("expected"));
    }

    /** What each run has otherwise, or each device, or what is rounding alone. */
    private static Set<String> otherwise(Line line) {
        Set<String> otherwise = new TreeSet<>(Set.of("seconds"));
        if (line.promise == Promise.ROUNDING) {
            otherwise.addAll(Set.of("device", "errorBounds", "momentError"));
        }
        if (line.command().equals("doctor")) {
            otherwise.addAll(Set.of("device", "deviceWhy", "driver", "gpus", "overrides"));
        }
        return otherwise;
    }
}
