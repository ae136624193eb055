package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.internal.io.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that grow over several runs. */
class NpyPartialTest {
    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out.npy");
    }

    private void begin(int rows) {
        try (NpyWriter writer = NpyWriter.begin(out(), NpyType.FLOAT64, 4, 2)) {
            writer.writeRows(0, rows, new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 0);
            writer.force();
        }
    }

    @Test
    void goesOnWhereItWasLeft() {
        begin(3);
        assertThat(out()).doesNotExist();
        assertThat(NpyWriter.partial(out())).hasFileName("out.npy.partial").exists();

        try (NpyWriter writer = NpyWriter.resume(out(), 2, NpyType.FLOAT64, 4, 2)) {
            writer.writeRows(2, 2, new double[] {50, 60, 70, 80}, 0);
            writer.commit();
        }

        assertThat(Npy.read(out()).reshape(8).toDoubleVector()).containsExactly(1, 2, 3, 4, 50, 60, 70, 80);
        assertThat(NpyWriter.partial(out())).doesNotExist();
    }

    @Test
    void beginsAnewInPlaceOfWhatIsThere() {
        begin(4);
        begin(1);

        assertThatThrownBy(() -> NpyWriter.resume(out(), 3, NpyType.FLOAT64, 4, 2))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("expected at least 3 rows of an array [4, 2] of f8, got something else");
    }

    @Test
    void refusesToGoOnWithAnotherArray() {
        begin(3);

        assertThatThrownBy(() -> NpyWriter.resume(out(), 1, NpyType.FLOAT64, 5, 2))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("out.npy.partial: expected at least 1 rows of an array [5, 2] of f8");
        assertThatThrownBy(() -> NpyWriter.resume(folder.resolve("other.npy"), 0, NpyType.FLOAT64, 4, 2))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("other.npy.partial: can't be opened: no such file");
    }

    @Test
    void isWrittenByOneAtATime() {
        try (NpyWriter writer = NpyWriter.begin(out(), NpyType.FLOAT64, 1)) {
            assertThatThrownBy(() -> NpyWriter.begin(out(), NpyType.FLOAT64, 1))
                    .isInstanceOf(DataFileException.class)
                    .hasMessageContaining("out.npy: can't be written: another run is writing it");
            writer.writeRows(0, 1, new double[] {7}, 0);
            writer.commit();
        }
        assertThat(Npy.read(out()).getDouble(0)).isEqualTo(7);
    }

    @Test
    void leavesNothingWhenDiscarded() {
        try (NpyWriter writer = NpyWriter.begin(out(), NpyType.FLOAT64, 1)) {
            writer.discard();
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** More than 2^31 elements and 2 GiB; the file is sparse and takes no room. */
    @Test
    void goesOnFarBeyondTwoGibibytes() throws IOException {
        long rows = (1L << 31) + 5;
        try (NpyWriter writer = NpyWriter.begin(out(), NpyType.FLOAT32, rows, 2)) {
            writer.writeRows(rows - 3, 1, new double[] {1, 2}, 0);
        }
        try (NpyWriter writer = NpyWriter.resume(out(), rows - 2, NpyType.FLOAT32, rows, 2)) {
            writer.writeRows(rows - 2, 2, new double[] {3, 4, 5, 6}, 0);
            writer.commit();
        }

        try (NpyReader reader = NpyReader.open(out())) {
            double[] last = new double[6];
            reader.readRows(rows - 3, 3, last, 0);
            assertThat(last).containsExactly(1, 2, 3, 4, 5, 6);
        } finally {
            Files.delete(out());
        }
    }

    @Test
    void journalsAreReplacedAsAWhole() throws IOException {
        Map<String, String> run = Map.of("seed", "7");
        long[] sums = {Long.MIN_VALUE, Double.doubleToLongBits(0.1)};
        new Journal(run, 10, 3, Map.of("out.npy", 5L), Map.of("sums", sums)).write(out());
        new Journal(run, 10, 4, Map.of("out.npy", 5L), Map.of("sums", sums)).write(out());

        Journal read = Journal.read(out()).orElseThrow();
        assertThat(read.complete()).isEqualTo(4);
        assertThat(read.total()).isEqualTo(10);
        assertThat(read.states().get("sums")).containsExactly(sums);
        assertThat(read.differences(Map.of("seed", "8", "points", "p.npy")))
                .containsExactlyInAnyOrder("seed: 7 there, 8 here", "points: none there, p.npy here");

        Files.writeString(Journal.of(out()), "{\"format\":1,\"run\":{},\"total\":10,");
        assertThatThrownBy(() -> Journal.read(out()))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("out.npy.journal: expected the journal of an unfinished run");
        Files.writeString(
                Journal.of(out()),
                "{\"format\":9,\"run\":{},\"total\":10,\"complete\":1,\"rows\":{},\"states\":{},\"checksum\":\"\"}");
        assertThatThrownBy(() -> Journal.read(out())).hasMessageContaining("got format 9");

        Journal.delete(out());
        assertThat(Journal.read(out())).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    /** Whatever is changed in a journal, it is never trusted. */
    @Test
    void journalsAreWholeOrRefused() throws IOException {
        long[] sums = {3, Double.doubleToLongBits(0.1)};
        new Journal(Map.of("seed", "7"), 10, 3, Map.of("out.npy", 5L), Map.of("sums", sums)).write(out());
        byte[] bytes = Files.readAllBytes(Journal.of(out()));
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            for (int change : new int[] {'0', '1', '}', 0x80, ' '}) {
                byte[] damaged = bytes.clone();
                damaged[i] = (byte) change;
                Files.write(Journal.of(out()), damaged);
                refused += isRefused(sums) ? 1 : 0;
            }
        }
        for (int length = 0; length < bytes.length - 1; length++) {
            Files.write(Journal.of(out()), java.util.Arrays.copyOf(bytes, length));
            assertThat(isRefused(sums)).isTrue();
        }
        assertThat(refused).isGreaterThan(3 * bytes.length);
    }

    /** A journal that isn't refused must say what was written: only white space was changed, or nothing. */
    private boolean isRefused(long... sums) {
        try {
            Journal read = Journal.read(out()).orElseThrow();
            assertThat(read.run()).isEqualTo(Map.of("seed", "7"));
            assertThat(read.rows()).isEqualTo(Map.of("out.npy", 5L));
            assertThat(read.states().get("sums")).isEqualTo(sums);
            assertThat(new long[] {read.complete(), read.total()}).isEqualTo(new long[] {3, 10});
            return false;
        } catch (DataFileException e) {
            assertThat(e.getMessage()).contains("out.npy.journal: expected ", "delete it to begin anew");
            return true;
        }
    }

    @Test
    void filesAreKnownAgainByTheirContent() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "abc");
        // The example of FIPS 180-2, appendix B.1.
        assertThat(Fingerprint.of(file))
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(Fingerprint.of(
                        List.of(ByteBuffer.wrap(new byte[] {'a'}), ByteBuffer.wrap(new byte[] {'b', 'c'}))));
        assertThat(Fingerprint.whole(file)).contains(Fingerprint.of(file));
    }

    @Test
    void largeFilesAreKnownByTheirEnds() throws IOException {
        Path file = folder.resolve("large");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 300L << 20);
        }
        String before = Fingerprint.of(file);
        assertThat(before).startsWith((300L << 20) + 1 + " bytes of ").contains(", ends sha256:");
        assertThat(Fingerprint.whole(file)).isEmpty();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {2}), 300L << 20);
        }
        assertThat(Fingerprint.of(file)).isNotEqualTo(before);
    }
}
