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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.internal.gpu.FaultyDriver;
import org.curvature4j.internal.gpu.FlippingDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Commands that write what a GPU computes, of which a call fails, each in turn: the result that there would be without a
 * failure, or one line in words and no file that looks like a result, and nothing that keeps the same command from ending well
 * after it.
 */
@SuppressWarnings("try")
@Tag("gpu")
class GpuFaultsCommandTest {
    private static final long BYTES = 1L << 26;
    private static final int ILLEGAL_ADDRESS = 700;
    private static final int OUT_OF_MEMORY = 2;
    private static final int UNKNOWN = 999;

    private static final String LOSS =
            " --model F/net.fb --loss squared-error --predictions y --data F/X.npy --targets F/Y.npy";

    /** OUT is the folder where results go, F that of the data. */
    private static final List<String> COMMANDS = List.of(
            "hessian --model two-two-one --random 60 --seed 7 --tile 25 --out OUT/",
            "spectrum --model two-two-one --random 60 --seed 7 --tile 25 --out OUT/",
            "jacobian --model mlp:3-4-2 --random 60 --seed 7 --tile 25 --out OUT/",
            "sensitivity --model mlp:3-4-2 --random 60 --seed 7 --tile 25 --out OUT/",
            "slice --model two-two-one --random 1 --seed 7 --steps 5 --plot OUT/slice.svg",
            "saddle --grid 9 --tile 30 --out OUT/",
            "newton --function rosenbrock --start -1.2,1 --engine loops --iterations 2 --out OUT/end.npy",
            "lanczos --count 1 --out OUT/" + LOSS,
            "density --steps 3 --probes 1 --out OUT/density.npy" + LOSS,
            "trace --products 3 --method hutchinson --diagonal OUT/diagonal.npy" + LOSS,
            "landscape --directions random --grid 3 --out OUT/losses.npy" + LOSS);

    /** Commands on a GPU that aren't among these, and why. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("demo", "takes a quarter of a minute each time; it computes what the others do");

    /** Those that can go on. */
    private static final Set<String> RESUMED = Set.of("hessian", "spectrum", "jacobian", "sensitivity");

    /**
     * Of each name the first and last call are candidates, and others at equal distances; so many of them are tried, other ones
     * under each command.
     */
    private static final int CANDIDATES = 24;

    private static final int TRIED = 6;

    @TempDir
    Path folder;

    private int folders;

    /** The calls of a command are over when it ends; what gives back the device itself is another test's. */
    private boolean over;

    private List<String> calls = List.of();

    /** What a command printed, without the lines that tell times and without its folder's name, and the files that it left. */
    private record Outcome(int code, String out, String err, List<String> files) {}

    @BeforeEach
    void saveModelAndData() {
        SavedModels.save(SavedModels.regression(), folder, "net.fb");
        Npy.write(folder.resolve("X.npy"), SavedModels.numbers(3, 10, 3));
        Npy.write(folder.resolve("Y.npy"), SavedModels.numbers(4, 10, 1));
    }

    private Path next() throws IOException {
        return Files.createDirectory(folder.resolve("run" + folders++));
    }

    private Outcome run(String command, Path out, FaultyDriver driver, Object... more) throws IOException {
        List<Object> words = new ArrayList<>(Arrays.asList((Object[]) command.replace("OUT", out.toString())
                .replace("F/", folder + "/")
                .split(" ", -1)));
        words.addAll(List.of("--device", "gpu"));
        words.addAll(Arrays.asList(more));
        try (GpuForTests gpu = GpuForTests.with(driver.driver())) {
            over = false;
            Run run = Run.of(words.toArray());
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

    private static List<Integer> numbers(List<String> calls, int which) {
        Set<Integer> candidates = new TreeSet<>();
        for (String name : Set.copyOf(calls)) {
            candidates.add(calls.indexOf(name));
            candidates.add(calls.lastIndexOf(name));
        }
        for (int at = 0; at < calls.size(); at += Math.max(1, calls.size() / CANDIDATES)) {
            candidates.add(at);
        }
        List<Integer> all = List.copyOf(candidates);
        int step = (all.size() + TRIED - 1) / TRIED;
        return IntStream.range(0, all.size())
                .filter(i -> i % step == which % step)
                .mapToObj(all::get)
                .toList();
    }

    private static List<String> commands() {
        return COMMANDS;
    }

    private static FaultyDriver sound() {
        return FaultyDriver.of(new InterpretedDriver(1, BYTES), (number, name) -> false, 0);
    }

    private static String name(String command) {
        return command.split(" ")[0];
    }

    @Test
    void everyCommandOnAGpuIsTried() {
        Set<String> tried = new TreeSet<>(ELSEWHERE.keySet());
        COMMANDS.forEach(command -> tried.add(name(command)));
        assertThat(tried).isEqualTo(GpuCommandsTest.onGpu());
        assertThat(RootCommand.line(List.of()).getSubcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(command -> command.findOption("--resume") != null)
                        .map(CommandSpec::name))
                .containsExactlyInAnyOrderElementsOf(RESUMED);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void endInOneLineAndLeaveNothingHalf(String command) throws IOException {
        Outcome right = run(command, next(), sound());
        assertThat(right.code).as(right.err).isZero();
        assertThat(right.files).isNotEmpty();
        List<String> all = calls;
        int refused = 0;
        for (int at : numbers(all, COMMANDS.indexOf(command))) {
            int code = all.get(at).startsWith("allocate") ? OUT_OF_MEMORY : at % 2 == 0 ? UNKNOWN : ILLEGAL_ADDRESS;
            InterpretedDriver driver = new InterpretedDriver(1, BYTES);
            FaultyDriver faulty = FaultyDriver.of(driver, (number, name) -> !over && number == at, code);
            Path out = next();
            Outcome outcome = run(command, out, faulty);
            String what = all.get(at) + ", call " + at + ": ";
            assertThat(driver.modules()).as(what).isZero();
            // What a lost device held is gone with it.
            if (code != ILLEGAL_ADDRESS && !faulty.hinderedGivingBack()) {
                assertThat(driver.leaks()).as(what).isEmpty();
            }
            if (outcome.code == 0) {
                assertThat(outcome).as(what).isEqualTo(right);
                continue;
            }
            refused++;
            assertInWords(what, outcome);
            assertThat(outcome.files)
                    .as(what)
                    .allMatch(file -> right.files.contains(file) || file.contains(".part") || file.contains("journal"));
            if (RESUMED.contains(name(command))) {
                Outcome resumed = run(command, out, sound(), "--resume");
                assertThat(resumed.code).as(what + resumed.err).isZero();
                assertThat(resumed.files).as(what).isEqualTo(right.files);
            }
        }
        assertThat(refused).isGreaterThan(TRIED / 2);
    }

    private static void assertInWords(String what, Outcome outcome) {
        assertThat(outcome.err.lines().filter(line -> line.startsWith("curvature: ")))
                .as(what + outcome.err)
                .hasSize(1);
        assertThat(outcome.err)
                .as(what)
                .containsPattern("CUDA_ERROR_[A-Z_]+|NVIDIA")
                .doesNotContain("internal error", "\tat ", "Exception", "null");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void refuseAGpuThatComputesWrongly(int which) throws IOException {
        FaultyDriver wrong =
                FaultyDriver.of(FlippingDriver.of(new InterpretedDriver(1, BYTES), 0, 0), (number, name) -> false, 0);
        Outcome outcome = run(COMMANDS.get(which), next(), wrong);
        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.err)
                .startsWith("curvature: --device: expected the CPU's results, got others from GPU 0, PTX interpreter 0")
                .containsPattern("compute capability 9.0, driver for CUDA 12.4: number 120 of result \\d is ");
        assertThat(outcome.files).noneMatch(file -> file.contains(".npy"));
    }
}
