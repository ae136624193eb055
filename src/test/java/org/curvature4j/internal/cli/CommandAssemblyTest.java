package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.curvature4j.internal.gpu.Assembler;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.TextsDriver;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has NVIDIA's assembler, where there is one, take whatever commands send to a device: straight-line functions, random points,
 * planes and spectra; tiles; sums over minibatches and the vectors of a search.
 */
@Tag("gpu")
class CommandAssemblyTest {
    private static final String ENTRY = ".visible .entry ";

    @TempDir
    private Path folder;

    private Set<String> texts(Object... words) {
        TextsDriver driver = new TextsDriver(new InterpretedDriver(1, 1L << 28));
        try (GpuForTests gpu = GpuForTests.with(driver.driver())) {
            Run run = Run.of(words);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(gpu.device().number()).isZero();
        }
        return driver.texts();
    }

    private static void assemble(String what, Set<String> texts, int atLeast) throws Exception {
        Assembler assembler = Assembler.orSkip();
        assertThat(texts).hasSizeGreaterThanOrEqualTo(atLeast).allMatch(text -> text.contains(ENTRY));
        List<Integer> targets = assembler.known(Assembler.TARGETS);
        for (int target : List.of(targets.get(0), targets.get(targets.size() - 1))) {
            for (String text : texts) {
                Assembler.Report report = assembler.assemble(text, target);
                String entry = text.substring(text.indexOf(ENTRY) + ENTRY.length());
                System.out.printf(
                        "%s, %s, sm_%d: %d registers, %d bytes spilled%n",
                        what,
                        entry.substring(0, entry.indexOf('(')),
                        target,
                        report.registers(),
                        report.spilledBytes());
                assertThat(report.spilledBytes()).as(what).isLessThanOrEqualTo(64);
            }
        }
    }

    @Test
    void functionsOfAThreadAPointAndRandomPoints() throws Exception {
        assemble(
                "spectra of random points",
                texts("spectrum", "--model", "two-two-one", "--random", 20, "--seed", 7, "--device", "gpu"),
                3);
        assemble(
                "Hessians of random points",
                texts(
                        "hessian",
                        "--model",
                        "two-two-one",
                        "--random",
                        20,
                        "--seed",
                        7,
                        "--device",
                        "gpu",
                        "--out",
                        folder.resolve("run")),
                2);
    }

    @Test
    void sumsOverMinibatchesAndVectors() throws Exception {
        Path model = SavedModels.save(SavedModels.regression(), folder, "net.fb");
        Npy.write(folder.resolve("X.npy"), SavedModels.numbers(3, 10, 3));
        Npy.write(folder.resolve("Y.npy"), SavedModels.numbers(4, 10, 1));
        assemble(
                "a search over data",
                texts(
                        "lanczos",
                        "--count",
                        2,
                        "--model",
                        model,
                        "--loss",
                        "squared-error",
                        "--predictions",
                        "y",
                        "--data",
                        folder.resolve("X.npy"),
                        "--targets",
                        folder.resolve("Y.npy"),
                        "--batch",
                        4,
                        "--device",
                        "gpu"),
                4);
    }
}
