package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.curvature4j.cli.Main;
import org.curvature4j.io.Npy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as the shell starts it. */
class ProcessTest {
    @TempDir
    Path folder;

    private @Nullable Path link;

    /** JUnit says so when it has to. */
    @AfterEach
    void unlink() throws IOException {
        if (link != null) {
            Files.delete(link);
        }
    }

    private Run start(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("stdout.txt");
        Path err = folder.resolve("stderr.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_OPTS");
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("no end after two minutes: " + command);
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Run java(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(words));
        return start(command);
    }

    /** The launcher in a folder of its own, told that its build is done. */
    private Path launcher() throws IOException {
        Path root = folder.resolve("repository");
        for (String each : new String[] {"scripts", "src/main", "profiles", "target/launcher"}) {
            Files.createDirectories(root.resolve(each));
        }
        Path script = root.resolve("scripts/curvature");
        for (String each : new String[] {"curvature", "launcher-build", "java.options"}) {
            Files.copy(Path.of("scripts", each), root.resolve("scripts").resolve(each));
        }
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createFile(root.resolve("pom.xml"));
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        Path classes = Arrays.stream(entries)
                .map(Path::of)
                .filter(entry -> entry.endsWith("classes"))
                .findFirst()
                .orElseThrow();
        link = Files.createSymbolicLink(root.resolve("target/classes"), classes.toAbsolutePath());
        String jars =
                Arrays.stream(entries).filter(entry -> entry.endsWith(".jar")).collect(Collectors.joining(":"));
        Files.writeString(root.resolve("target/launcher/cpu.classpath"), jars);
        return script;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void runsThroughTheLauncher() throws Exception {
        Run run = start(List.of(
                launcher().toString(),
                "hessian",
                "--model",
                "two-two-one",
                "--random",
                "1",
                "--seed",
                "7",
                "--threads",
                "1",
                "--verbose",
                "--out",
                "H.npy"));

        assertThat(run.err().lines()).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("curvature: "));
        assertThat(run.err())
                .contains("backend cpu (", "engine auto, 1 thread, ", " for tiles, ", "(given: threads=1)")
                .contains("computed by fused code, for small functions: ", " computations a point, of at most ");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("[1, 11, 11] float64");
        assertThat(Npy.read(folder.resolve("H.npy")).shape()).containsExactly(1, 11, 11);
    }

    /** A command that is told to be asked next can be typed as this one was. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void tellsCommandsAsItWasCalled() throws Exception {
        String script = launcher().toString();

        Run run = start(List.of(script, "inspect", "--model", "two-two-one"));
        assertThat(run.out()).contains("\n  " + script + " hessian --model two-two-one");
        assertThat(start(List.of(script, "inspect")).err()).contains("Try '" + script + " inspect --help'.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void handsExitCodesOn() throws Exception {
        String script = launcher().toString();

        assertThat(start(List.of(script, "hessian", "--model", "none.fb", "--random", "1", "--out", "H.npy"))
                        .code())
                .isEqualTo(1);
        assertThat(start(List.of(script, "hessian", "--random", "1")).code()).isEqualTo(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void doesNotWaitForALockThatItMayNotWrite() throws Exception {
        Path script = launcher();
        Path state = folder.resolve("repository/target/launcher");
        Files.delete(state.resolve("cpu.classpath"));
        // A name that leads nowhere can't become a folder, whoever asks; permissions don't stop root.
        Files.createSymbolicLink(state.resolve("lock"), folder.resolve("nowhere/lock"));

        Run run = start(List.of(script.toString(), "doctor"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("curvature: it has to be built, and can't write ")
                .contains("clone");
    }

    @Test
    void answersHelpAndWrongOptionsWithoutStartingNd4j() throws Exception {
        for (String arguments : new String[] {"--help", "spectrum --help", "hessian --model none --out H.npy"}) {
            List<String> words = new ArrayList<>(List.of("-Xlog:class+init=info", Main.class.getName()));
            words.addAll(List.of(arguments.split(" ", -1)));
            Run run = java(words.toArray(String[]::new));
            assertThat(run.out()).contains(Main.class.getName().replace('.', '/'));
            assertThat(run.out()).doesNotContain("org/nd4j/linalg/factory/Nd4j", "org.nd4j.linalg.factory.Nd4j");
        }
    }

    @Test
    void tellsWhenMemoryRunsOut() throws Exception {
        Run run = java(
                "-Xmx64m",
                Main.class.getName(),
                "hessian",
                "--model",
                "mlp:4000-1:sine",
                "--engine",
                "plan",
                "--random",
                "1",
                "--out",
                "H.npy");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("curvature: ").contains("memory").doesNotContain("\tat ");
        assertThat(folder.resolve("H.npy")).doesNotExist();
    }

    @Test
    void obeysTheMemoryOption() throws Exception {
        Run run = java(
                Main.class.getName(),
                "hessian",
                "--model",
                "mlp:64-512-1",
                "--memory",
                "64k",
                "--random",
                "1",
                "--out",
                "H.npy");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("memory: expected at least ", "--memory or -Dcurvature4j.memory raises it");
    }

    private Run shell(String limits, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                limits + " exec \"$0\" \"$@\"" + (limits.isEmpty() ? " > /dev/full" : ""),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return start(command);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatTheStandardOutputIsLost() throws Exception {
        Run run = shell("", "hessian", "--help");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("curvature: standard output: can't be written: ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLimitOfFileSizesIsToldOfANetToo() throws Exception {
        Run run = shell("ulimit -f 8;", "train", "--epochs", "1", "--out", "net.fb");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("curvature: net.fb: can't be written: ").doesNotContain("internal error");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("stdout.txt", "stderr.txt");
    }
}
