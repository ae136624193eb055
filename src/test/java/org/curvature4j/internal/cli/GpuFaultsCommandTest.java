package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.internal.gpu.FaultyDriver;
import org.curvature4j.internal.gpu.FlippingDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands on a GPU of which a call fails, each in turn: the result that there would be without a failure, or one line in
 * words and no file that looks like a result.
 */
@SuppressWarnings("try")
@Tag("gpu")
class GpuFaultsCommandTest {
    private static final long BYTES = 1L << 26;
    private static final int ILLEGAL_ADDRESS = 700;
    private static final int OUT_OF_MEMORY = 2;
    private static final int UNKNOWN = 999;

    /** Of the calls, so many are tried: the first and last of each name, and others at equal distances. */
    private static final int TRIED = 24;

    @TempDir
    Path folder;

    private int folders;

    /** The calls of a command are over when it ends; what gives back the device itself is another test's. */
    private boolean over;

    private List<String> calls = List.of();

    /** What a command printed, without the lines that tell times and without its folder's name, and the files that it left. */
    private record Outcome(int code, String out, String err, List<String> files) {}

    private Outcome run(String command, String device, FaultyDriver driver) throws IOException {
        Path out = folder.resolve("run" + folders++);
        try (GpuForTests gpu = GpuForTests.with(driver.driver())) {
            over = false;
            Run run = Run.of(
                    command,
                    "--model",
                    "two-two-one",
                    "--random",
                    120,
                    "--seed",
                    7,
                    "--tile",
                    50,
                    "--device",
                    device,
                    "--out",
                    out);
            over = true;
            calls = driver.calls();
            return new Outcome(run.code(), plain(run.out(), out), plain(run.err(), out), files(out));
        }
    }

    private static String plain(String printed, Path out) {
        return printed.lines()
                .filter(line -> !line.startsWith("time "))
                .map(line -> line.replace(out.toString(), "OUT"))
                .collect(Collectors.joining("\n"));
    }

    /** Names with what is in them, but for what tells times. */
    private static List<String> files(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(out)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = out.relativize(file).toString();
                boolean dated = name.endsWith(".json") || name.endsWith(".svg") || name.endsWith(".png");
                files.add(name + (dated ? "" : " " + Arrays.hashCode(Files.readAllBytes(file))));
            }
        }
        return files;
    }

    private static Set<Integer> numbers(List<String> calls) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : Set.copyOf(calls)) {
            numbers.add(calls.indexOf(name));
            numbers.add(calls.lastIndexOf(name));
        }
        for (int at = 0; at < calls.size(); at += Math.max(1, calls.size() / TRIED)) {
            numbers.add(at);
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hessian", "spectrum"})
    void endInOneLineAndLeaveNothingHalf(String command) throws IOException {
        FaultyDriver watched = FaultyDriver.of(new InterpretedDriver(1, BYTES), (number, name) -> false, 0);
        Outcome right = run(command, "gpu", watched);
        assertThat(right.code).as(right.err).isZero();
        assertThat(right.files).anyMatch(file -> file.contains(".npy"));
        List<String> all = calls;
        int refused = 0;
        for (int at : numbers(all)) {
            int code = all.get(at).startsWith("allocate") ? OUT_OF_MEMORY : at % 2 == 0 ? UNKNOWN : ILLEGAL_ADDRESS;
            InterpretedDriver driver = new InterpretedDriver(1, BYTES);
            FaultyDriver faulty = FaultyDriver.of(driver, (number, name) -> !over && number == at, code);
            Outcome outcome = run(command, "gpu", faulty);
            String what = all.get(at) + ", call " + at + ": ";
            assertThat(driver.modules()).as(what).isZero();
            if (outcome.code == 0) {
                assertThat(outcome).as(what).isEqualTo(right);
                continue;
            }
            refused++;
            assertThat(outcome.err.lines().filter(line -> line.startsWith("curvature: ")))
                    .as(what + outcome.err)
                    .hasSize(1);
            assertThat(outcome.err)
                    .as(what)
                    .containsPattern("CUDA_ERROR_[A-Z_]+|NVIDIA")
                    .doesNotContain("internal error", "\tat ", "Exception", "null");
            assertThat(outcome.files)
                    .as(what)
                    .allMatch(file -> right.files.contains(file) || file.contains(".part") || file.contains("journal"));
        }
        assertThat(refused).isGreaterThan(TRIED / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hessian", "spectrum"})
    void refuseAGpuThatComputesWrongly(String command) throws IOException {
        FaultyDriver wrong =
                FaultyDriver.of(FlippingDriver.of(new InterpretedDriver(1, BYTES), 0, 0), (number, name) -> false, 0);
        Outcome outcome = run(command, "gpu", wrong);
        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.err)
                .startsWith("curvature: --device: expected the CPU's results, got others from GPU 0, PTX interpreter 0")
                .containsPattern("compute capability 9.0, driver for CUDA 12.4: number 120 of result \\d is ");
        assertThat(outcome.files).noneMatch(file -> file.contains(".npy"));
    }
}
