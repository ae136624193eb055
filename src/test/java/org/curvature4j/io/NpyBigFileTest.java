package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.curvature4j.internal.io.AtomicFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than 2^31 elements and more than 2 GiB, in sparse files that take no room on the disk. */
class NpyBigFileTest {
    private static final long ROWS = (1L << 31) + 11;

    @TempDir
    private Path folder;

    @Test
    void farRowsAreReadWhereTheyLie() throws IOException {
        Path file = folder.resolve("big.npy");
        byte[] header = NpyHeader.bytes(NpyType.FLOAT64, ROWS, 3);
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE))) {
            channel.write(ByteBuffer.wrap(header));
            ByteBuffer last = ByteBuffer.wrap(new byte[] {0x40, 0x09, 0x21, (byte) 0xfb, 0x54, 0x44, 0x2d, 0x18});
            NpyType.FLOAT64.swapBytes(last);
            channel.write(last, header.length + 24 * ROWS - 8);
        }

        try (NpyReader reader = NpyReader.open(file)) {
            assertThat(reader.rows()).isEqualTo(ROWS);
            double[] row = new double[6];
            reader.readRows(ROWS - 2, 2, row, 0);
            assertThat(row).containsExactly(0, 0, 0, 0, 0, Math.PI);
            assertThat(reader.readRows(ROWS - 1, 1).toDoubleVector()).containsExactly(0, 0, Math.PI);
            assertThat(reader.readRows(1L << 30, 2).sumNumber().doubleValue()).isZero();
        }
    }

    @Test
    void farRowsAreWrittenWhereTheyBelong() throws IOException {
        Path file = folder.resolve("big.npy");
        try (NpyWriter writer = NpyWriter.create(file, NpyType.UINT8, ROWS)) {
            writer.writeRows(ROWS - 1, ByteBuffer.wrap(new byte[] {42}));
        }
        assertThat(file).doesNotExist();
        assertThat(folder).isEmptyDirectory();

        try (AtomicFile sparse = AtomicFile.create(file)) {
            sparse.channel().write(ByteBuffer.wrap(NpyHeader.bytes(NpyType.UINT8, ROWS)));
            sparse.channel().write(ByteBuffer.wrap(new byte[] {42}), 128 + ROWS - 1);
            sparse.commit();
        }
        try (NpyReader reader = NpyReader.open(file)) {
            assertThat(reader.readRows(ROWS - 1, 1).getInt(0)).isEqualTo(42);
        }
    }
}
