package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.curvature4j.cli.Main;
import org.curvature4j.internal.io.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed, stopped or refused by the disk, and go on; in programs of their own, as the shell starts them. */
@DisabledOnOs(OS.WINDOWS)
class ResumeTest {
    private static final String[] SPECTRUM = {
        "spectrum", "--model", "mlp:3-4-1", "--random", "150000", "--seed", "7", "--checkpoint", "0.02", "--vectors"
    };

    @TempDir
    Path folder;

    private Process start(String... words) throws IOException {
        return start(List.of(), words);
    }

    /** @param before words that start the program, a shell's for example */
    private Process start(List<String> before, String... words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("stdout.txt").toFile())
                .redirectError(folder.resolve("stderr.txt").toFile())
                .start();
    }

    private int end(Process process) throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("no end after two minutes");
        }
        return process.exitValue();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("stderr.txt"));
    }

    private static String[] with(String[] words, Object... more) {
        return Stream.concat(Stream.of(words), Stream.of(more).map(Object::toString))
                .toArray(String[]::new);
    }

    private static void awaitProgress(Path result, long beyond, Process process) throws InterruptedException {
        while (process.isAlive() && Journal.read(result).map(Journal::complete).orElse(0L) <= beyond) {
            Thread.sleep(1);
        }
    }

    private static void assertSameFolders(Path actual, Path expected) throws IOException {
        assertThat(actual.toFile().list())
                .containsExactlyInAnyOrder(expected.toFile().list());
        for (String name : new String[] {"eigenvalues.npy", "eigenvectors.npy", "manifest.json"}) {
            assertThat(Files.mismatch(actual.resolve(name), expected.resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
    }

    /** At random times, on any number of threads and with any tile: the bytes are those of a run that nothing disturbed. */
    @Test
    void endsInTheSameBytesAfterKills() throws Exception {
        Path expected = folder.resolve("expected");
        assertThat(Run.of((Object[]) with(SPECTRUM, "--out", expected)).err()).isEmpty();
        Path killed = folder.resolve("killed");
        Path result = killed.resolve("eigenvalues.npy");
        Random random = new Random();
        long complete = 0;
        for (int kill = 0; kill < 3; kill++) {
            Process process =
                    start(with(SPECTRUM, "--out", killed, "--resume", "--threads", 1 + kill, "--tile", 100 * kill));
            awaitProgress(result, complete, process);
            Thread.sleep(random.nextInt(60));
            process.destroyForcibly().waitFor();
            if (Files.exists(killed.resolve("manifest.json"))) {
                break;
            }
            complete = Journal.read(result).orElseThrow().complete();
            if (complete < 150_000) {
                assertThat(result).doesNotExist();
            }
        }

        assertThat(end(start(with(SPECTRUM, "--out", killed, "--resume"))))
                .as(errors())
                .isZero();

        assertSameFolders(killed, expected);
        Run again = Run.of((Object[]) with(SPECTRUM, "--out", killed, "--resume"));
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("complete already");
    }

    /** As of what a shell without job control runs in the background, and all that it starts. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    @Test
    void tellsHowToGoOnWhenItIsInterrupted() throws Exception {
        assumeThat(isInterruptIgnored()).as("interrupts are ignored here").isFalse();
        Path out = folder.resolve("H.npy");
        String[] hessian = {
            "hessian",
            "--model",
            "mlp:3-4-1",
            "--random",
            "1000000",
            "--packed",
            "--checkpoint",
            "0.02",
            "--out",
            out.toString()
        };
        Process process = start(hessian);
        awaitProgress(out, 0, process);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(end(process)).isEqualTo(130);
        assertThat(errors())
                .containsPattern(
                        "curvature: interrupted: [0-9,]+ of 1,000,000 results are complete and kept; the same command"
                                + " with --resume");
        assertThat(out).doesNotExist();

        Run without = Run.of((Object[]) hessian);
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.err())
                .contains(
                        "H.npy: expected no unfinished run, got one with ",
                        "--resume goes on with it; to begin anew, delete ")
                .doesNotContain("\tat ");

        Run other = Run.of((Object[]) with(hessian, "--seed", 8, "--resume"));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err())
                .contains("--resume: expected the run that ", "\n  seed: 0 there, 8 here")
                .contains("points: standard normal, seed 0 there, standard normal, seed 8 here")
                .doesNotContain("processor", "\tat ");

        Run resumed = Run.of((Object[]) with(hessian, "--resume"));
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.out()).containsPattern("resumed +after the first [0-9,]+ results, of an earlier run");
        Path whole = folder.resolve("whole.npy");
        assertThat(Run.of((Object[]) with(Arrays.copyOf(hessian, hessian.length - 1), whole))
                        .out())
                .contains(", from -");
        assertThat(Files.mismatch(out, whole)).isEqualTo(-1);
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".partial") || name.endsWith(".journal"));
    }

    /** A limit on the size of files stands in for a disk that is full: the system refuses the write just so. */
    @Test
    void keepsWhatIsCompleteWhenTheDiskIsFull() throws Exception {
        Path out = folder.resolve("H.npy");
        String[] hessian = {
            "hessian", "--model", "mlp:3-4-1", "--random", "300000", "--checkpoint", "0.001", "--out", out.toString()
        };
        // Before the limit: also a machine's first run, which unpacks ND4J's libraries.
        Path whole = folder.resolve("whole.npy");
        assertThat(Run.of((Object[]) with(Arrays.copyOf(hessian, hessian.length - 1), whole))
                        .err())
                .isEmpty();
        List<String> limited = List.of("sh", "-c", "ulimit -f 12000 && exec \"$@\"", "sh");

        assertThat(end(start(limited, hessian))).isEqualTo(1);

        assertThat(errors())
                .contains("H.npy: can't be written: ", "are complete and kept; the same command with --resume")
                .doesNotContain("\tat ");
        assertThat(out).doesNotExist();
        assertThat(Run.of((Object[]) with(hessian, "--resume")).err()).isEmpty();
        assertThat(Files.mismatch(out, whole)).isEqualTo(-1);
    }
}
