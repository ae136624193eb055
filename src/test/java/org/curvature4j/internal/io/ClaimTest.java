package org.curvature4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out.npy");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList().stream();
        }
    }

    private static void elsewhere(Runnable task) {
        try {
            CompletableFuture.runAsync(task).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @Test
    @SuppressWarnings("try") // closed more than once on purpose
    void isForOneThreadWhichMayRepeatIt() throws IOException {
        try (Claim first = Claim.of(out());
                Claim again = Claim.of(folder.resolve("../" + folder.getFileName() + "/out.npy"))) {
            again.check();
            assertThatThrownBy(() -> elsewhere(() -> Claim.of(out())))
                    .isInstanceOf(DataFileException.class)
                    .hasMessage(out() + ": can't be written: another run is writing it");
            again.close();
            again.close();
            first.check();
            assertThatThrownBy(() -> elsewhere(() -> Claim.of(out()))).hasMessageContaining("another run");
        }

        assertThat(names()).isEmpty();
        elsewhere(() -> Claim.of(out()).close());
    }

    /** What a run that died left holds nobody up. */
    @Test
    void takesOverWhatIsNotLocked() throws IOException {
        Files.writeString(folder.resolve(".out.npy.lock"), "left");

        Claim.of(out()).close();

        assertThat(names()).isEmpty();
    }

    /** Between two runs that both think they are alone, none may give the file its name. */
    @Test
    void aLockThatWasReplacedPublishesNothing() throws IOException {
        Path lock = folder.resolve(".out.npy.lock");
        try (AtomicFile file = AtomicFile.create(out())) {
            Files.delete(lock);
            assertThatThrownBy(file::commit)
                    .isInstanceOf(DataFileException.class)
                    .hasMessageContaining("can't be written: somebody removed");
        }
        try (AtomicFile file = AtomicFile.create(out())) {
            Files.delete(lock);
            Files.write(lock, new byte[5000]);
            assertThatThrownBy(file::commit).hasMessageContaining("somebody removed");
        }

        assertThat(names()).containsExactly(".out.npy.lock");
    }

    @Test
    void aContentThatWasReplacedGetsNoName() throws IOException {
        try (NpyWriter writer = NpyWriter.begin(out(), NpyType.FLOAT64, 2)) {
            writer.writeRows(0, 2, new double[2], 0);
            Path other = Files.writeString(folder.resolve("other"), "another's");
            Files.move(other, NpyWriter.partial(out()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertThatThrownBy(writer::commit).hasMessageContaining("somebody removed or replaced it");
        }

        assertThat(out()).doesNotExist();
    }

    @Test
    void aFolderIsMadeAndGoesAgainIfNothingCameIntoIt() throws IOException {
        Path runs = folder.resolve("runs/a");
        try (Claim claim = Claim.ofFolder(runs)) {
            claim.check();
            assertThat(runs).isDirectory();
            assertThatThrownBy(() -> elsewhere(() -> Claim.ofFolder(runs))).hasMessageContaining("another run");
        }
        assertThat(runs).doesNotExist();

        try (Claim claim = Claim.ofFolder(runs)) {
            claim.check();
            AtomicFile.writeText(runs.resolve("a.txt"), "a");
        }
        assertThat(runs).isDirectoryContaining(file -> file.endsWith("a.txt"));
        assertThat(runs.toFile().list()).containsExactly("a.txt");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Claim.ofFolder(file)).hasMessage(file + ": expected a folder, got a file");
    }

    /** Another program is refused until this one is done, whatever this one does with the lock meanwhile. */
    @Test
    void isForOneProgram() throws Exception {
        try (Claim claim = Claim.of(out())) {
            claim.check();
            assertThat(other()).contains("out.npy: can't be written: another run is writing it");
            claim.check();
            assertThat(other()).contains("another run is writing it");
        }
        assertThat(other()).isEqualTo("claimed");
        assertThat(names()).isEmpty();
    }

    private String other() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        out().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Claims a file, and tells how that went. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) {
            try (Claim claim = Claim.of(Path.of(arguments[0]))) {
                claim.check();
                System.out.print("claimed");
            } catch (DataFileException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
