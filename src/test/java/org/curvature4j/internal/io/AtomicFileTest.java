package org.curvature4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void appearsAtTheCommit() throws IOException {
        Path target = folder.resolve("a.txt");
        try (AtomicFile file = AtomicFile.create(target)) {
            file.channel().write(ByteBuffer.wrap(new byte[] {'x', 'y'}));
            assertThat(target).doesNotExist();
            assertThat(file.temporary()).hasParent(folder.toRealPath()).hasSize(2);
            file.commit();
            assertThat(target).hasContent("xy");
        }

        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void replacesWhatWasThereOnlyAtTheCommit() throws IOException {
        Path target = Files.writeString(folder.resolve("a.txt"), "old");
        try (AtomicFile file = AtomicFile.create(target)) {
            file.channel().write(ByteBuffer.wrap(new byte[] {'x'}));
        }
        assertThat(target).hasContent("old");

        AtomicFile.writeText(target, "n\u00e9w");

        assertThat(target).hasContent("n\u00e9w");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void failingWritersLeaveNothing() throws IOException {
        Path target = folder.resolve("a.txt");

        assertThatThrownBy(() -> AtomicFile.write(target, stream -> {
                    stream.write(new byte[1 << 20]);
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThatThrownBy(() -> AtomicFile.write(target, stream -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(DataFileException.class)
                .hasMessage(target + ": can't be written: No space left on device");
        assertThatThrownBy(() -> AtomicFile.writePath(target, path -> {
                    Files.writeString(path, "half");
                    throw new UncheckedIOException(new IOException("broken"));
                }))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void writersMayCloseTheirStreamAndOpenThePath() throws IOException {
        AtomicFile.write(folder.resolve("stream.txt"), stream -> {
            stream.write('a');
            stream.write(new byte[] {'b', 'c'});
            stream.close();
        });
        AtomicFile.writePath(folder.resolve("path.txt"), path -> Files.writeString(path, "def"));

        assertThat(folder.resolve("stream.txt")).hasContent("abc");
        assertThat(folder.resolve("path.txt")).hasContent("def");
        assertThat(names()).containsExactly("path.txt", "stream.txt");
    }

    @Test
    void namesThatCannotBeWritten() {
        assertThatThrownBy(() -> AtomicFile.create(folder))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder + ": expected the name of a file to write, got a folder");
        assertThatThrownBy(() -> AtomicFile.create(folder.resolve("none/a.txt")))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("none/a.txt") + ": can't be written: there is no folder "
                        + folder.resolve("none"));
        assertThatThrownBy(() -> AtomicFile.create(Path.of("/"))).isInstanceOf(DataFileException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void devicesAreNotReplaced() {
        assertThatThrownBy(() -> AtomicFile.create(Path.of("/dev/null")))
                .isInstanceOf(DataFileException.class)
                .hasMessage("/dev/null: expected the name of a file to write, got a device");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));

        AtomicFile.writeText(link, "new");

        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToNothingYetIsFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));
        Path circle = Files.createSymbolicLink(folder.resolve("circle.txt"), Path.of("circle.txt"));

        AtomicFile.writeText(link, "new");

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("real.txt")).hasContent("new");
        assertThatThrownBy(() -> AtomicFile.create(circle))
                .isInstanceOf(DataFileException.class)
                .hasMessage(circle + ": can't be written: its symbolic links lead in a circle");
    }

    @Test
    void relativeNamesWithoutAFolder() throws IOException {
        Path target = Path.of("atomic-file-test.txt");
        try {
            AtomicFile.writeText(target, "x");
            assertThat(target).hasContent("x");
        } finally {
            Files.deleteIfExists(target);
        }
    }

    /** A program that is told to stop while it writes leaves nothing behind. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void stoppedProgramsLeaveNothing() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Unfinished.class.getName(),
                        folder.resolve("a.txt").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("begun");
            assertThat(names())
                    .hasSize(2)
                    .anyMatch(name -> name.endsWith(".tmp"))
                    .contains(".a.txt.lock");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(names()).isEmpty();
    }

    /** Begins a file and waits to be stopped. */
    static final class Unfinished {
        private Unfinished() {}

        public static void main(String[] arguments) throws Exception {
            AtomicFile file = AtomicFile.create(Path.of(arguments[0]));
            file.channel().write(ByteBuffer.wrap(new byte[100]));
            System.out.println("begun");
            Thread.sleep(60_000);
            file.close();
        }
    }
}
