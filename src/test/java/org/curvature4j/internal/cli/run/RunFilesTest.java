package org.curvature4j.internal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.internal.io.Journal;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.Npy;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
    private static final Map<String, String> RUN = Map.of("seed", "7");
    private static final Map<String, long[]> SUMS = Map.of("sums", new long[] {1, 2});

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    private Path values() {
        return folder.resolve("E.npy");
    }

    private Path vectors() {
        return folder.resolve("V.npy");
    }

    private RunFiles open(boolean resume) {
        List<ArrayFile> arrays = List.of(
                ArrayFile.of(values(), NpyType.FLOAT64, false, 3, 1),
                ArrayFile.of(vectors(), NpyType.FLOAT64, false, 3, 1, 1));
        return RunFiles.open(arrays, RUN, 3, resume, new PrintWriter(said));
    }

    private void write(RunFiles files, int first, int count) {
        Objects.requireNonNull(files.sink(values())).write(first, count, new double[] {first, first + 1, first + 2});
        Objects.requireNonNull(files.sink(vectors())).write(first, count, new double[] {1, 1, 1});
    }

    @Test
    void leavesNothingBeforeTheFirstRecord() {
        try (RunFiles files = open(false)) {
            write(files, 0, 2);
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void goesOnBehindTheLastRecord() {
        try (RunFiles files = open(false)) {
            write(files, 0, 3);
            files.record(1, SUMS);
        }
        assertThat(said.toString()).contains("curvature: 1 of 3 results are complete and kept; the same command");

        try (RunFiles files = open(true)) {
            assertThat(files.complete()).isEqualTo(1);
            assertThat(files.states().get("sums")).containsExactly(1, 2);
            assertThat(files.states()).hasSize(1);
            write(files, 1, 2);
            files.publish(SUMS);
            files.finish();
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("E.npy", "V.npy");
        assertThat(Npy.read(values()).reshape(3).toDoubleVector()).containsExactly(0, 1, 2);
    }

    /** All was computed, one of two files had its name, and the program died. */
    @Test
    void goesOnBetweenTwoNames() throws Exception {
        try (RunFiles files = open(false)) {
            write(files, 0, 3);
            files.record(3, SUMS);
        }
        Files.move(NpyWriter.partial(values()), values());

        try (RunFiles files = open(true)) {
            assertThat(files.complete()).isEqualTo(3);
            files.publish(SUMS);
            files.finish();
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("E.npy", "V.npy");
    }

    @Test
    void refusesWhatIsNotAsItWasLeft() throws Exception {
        try (RunFiles files = open(false)) {
            write(files, 0, 3);
            files.record(2, SUMS);
        }
        Files.delete(NpyWriter.partial(vectors()));

        assertThatThrownBy(() -> open(true))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("V.npy.partial: can't be opened: no such file");
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "got one with 2 of 3 results complete (--resume goes on with it; to begin anew, delete");
        Journal.delete(values());
        try (RunFiles files = open(false)) {
            assertThat(files.complete()).isZero();
        }
    }

    /** Each byte of what was recorded, in both files; what lies behind it is computed again. */
    @Test
    void refusesRowsThatWereChanged() throws Exception {
        try (RunFiles files = open(false)) {
            write(files, 0, 3);
            files.record(1, SUMS);
            files.record(2, SUMS);
        }
        for (Path partial : List.of(NpyWriter.partial(values()), NpyWriter.partial(vectors()))) {
            byte[] bytes = Files.readAllBytes(partial);
            for (int i = 0; i < bytes.length; i++) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= 1;
                Files.write(partial, damaged);
                if (i < bytes.length - Double.BYTES) {
                    assertThatThrownBy(() -> open(true))
                            .isInstanceOf(DataFileException.class)
                            .hasMessageContaining(partial.getFileName() + ": expected ");
                } else {
                    try (RunFiles files = open(true)) {
                        assertThat(files.complete()).isEqualTo(2);
                    }
                }
            }
            Files.write(partial, bytes);
        }
        try (RunFiles files = open(true)) {
            write(files, 2, 1);
            files.publish(SUMS);
            files.finish();
        }
        assertThat(Npy.read(values()).reshape(3).toDoubleVector()).containsExactly(0, 1, 2);
    }

    /** One of two files has its name, and was changed since. */
    @Test
    void refusesAResultThatWasChanged() throws Exception {
        try (RunFiles files = open(false)) {
            write(files, 0, 3);
            files.record(3, SUMS);
        }
        byte[] bytes = Files.readAllBytes(NpyWriter.partial(values()));
        bytes[bytes.length - 1] ^= 1;
        Files.write(values(), bytes);
        Files.delete(NpyWriter.partial(values()));

        assertThatThrownBy(() -> open(true))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("E.npy: expected the rows that were recorded, got changed or damaged ones");
    }

    @Test
    void isAloneWithItsFiles() {
        try (RunFiles files = open(false)) {
            assertThatThrownBy(() -> open(true))
                    .isInstanceOf(DataFileException.class)
                    .hasMessageContaining("another run is writing it");
            write(files, 0, 3);
            files.publish(SUMS);
            files.finish();
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("E.npy", "V.npy");
    }

    @Test
    void aRunWithoutFilesLeavesNoTrace() {
        try (RunFiles files = RunFiles.open(List.of(), RUN, 3, false, new PrintWriter(said))) {
            assertThat(files.isEmpty()).isTrue();
            assertThat(files.sink(values())).isNull();
            files.publish(SUMS);
            files.finish();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
