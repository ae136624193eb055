package org.curvature4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Checksum;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.io.PartialFile;
import org.curvature4j.internal.io.Unfinished;
import org.curvature4j.internal.text.Numbers;

/** The bytes of a {@code .npy} file that is being written: its header, and its rows by position. */
final class NpyContent implements AutoCloseable {
    /** For a buffer on the heap Java keeps a direct one of the size asked for, for as long as the thread lives. */
    private static final int MOST_AT_ONCE = 1 << 20;

    private final Unfinished file;
    private final Path target;
    private final long dataStart;
    private final long rows;
    private final long rowBytes;

    private NpyContent(Unfinished file, Path target, NpyType type, long[] shape) {
        this.file = file;
        this.target = target;
        this.dataStart = NpyHeader.bytes(type, shape).length;
        this.rows = shape.length == 0 ? 1 : shape[0];
        this.rowBytes = RowRanges.product(RowRanges.shape(shape)) * type.bytes();
    }

    /** Begins with the header. */
    static NpyContent begin(Path target, boolean lasting, NpyType type, long[] shape) {
        Unfinished file = lasting ? PartialFile.begin(target) : AtomicFile.create(target);
        NpyContent content = new NpyContent(file, target, type, shape);
        try {
            content.checkRoom(content.position(content.rows));
            content.writeAt(0, ByteBuffer.wrap(NpyHeader.bytes(type, shape)));
            return content;
        } catch (RuntimeException e) {
            content.discard();
            throw e;
        }
    }

    /** Goes on with what {@link #begin} left, of which the first rows are complete. */
    static NpyContent resume(Path target, long complete, NpyType type, long[] shape) {
        NpyContent content = new NpyContent(PartialFile.reopen(target), target, type, shape);
        try {
            RowRanges.checkRange(0, complete, content.rows);
            content.checkFound(complete, type, shape);
            content.checkRoom(content.position(content.rows) - content.position(complete));
            return content;
        } catch (IOException e) {
            content.close();
            throw new DataFileException(content.file.temporary(), "can't be read", e);
        } catch (RuntimeException e) {
            content.close();
            throw e;
        }
    }

    private void checkFound(long complete, NpyType type, long[] shape) throws IOException {
        byte[] header = NpyHeader.bytes(type, shape);
        ByteBuffer found = ByteBuffer.allocate(header.length);
        int read = 0;
        while (read >= 0 && found.hasRemaining()) {
            read = file.channel().read(found, found.position());
        }
        if (!Arrays.equals(found.array(), header) || file.channel().size() < position(complete)) {
            throw new DataFileException(
                    file.temporary(),
                    "expected at least " + complete + " rows of an array " + Arrays.toString(shape) + " of "
                            + type.code() + ", got something else (was it changed or shortened?)");
        }
    }

    /** Says at the start what would otherwise come up hours later. */
    private void checkRoom(long needed) {
        try {
            long free = Files.getFileStore(file.temporary()).getUsableSpace();
            if (free > 0 && free < needed) {
                throw new DataFileException(
                        target,
                        "can't be written: it needs " + Numbers.bytes(needed) + ", the disk has " + Numbers.bytes(free)
                                + " left");
            }
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /** Where a row begins. */
    long position(long row) {
        return dataStart + row * rowBytes;
    }

    /** Writes a buffer's bytes at a position of the file. */
    void writeAt(long position, ByteBuffer from) {
        long offset = position - from.position();
        int limit = from.limit();
        try {
            while (from.position() < limit) {
                from.limit(from.isDirect() ? limit : Math.min(limit, from.position() + MOST_AT_ONCE));
                file.channel().write(from, offset + from.position());
            }
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    void force() {
        try {
            file.channel().force(true);
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    void addTo(Checksum sum, long firstRow, long count) {
        try {
            RowRanges.addTo(sum, ByteRanges.of(file.channel()), position(firstRow), position(firstRow + count));
        } catch (IOException e) {
            throw new DataFileException(file.temporary(), "can't be read", e);
        }
    }

    void commit() {
        file.commit();
    }

    void discard() {
        if (file instanceof PartialFile lasting) {
            lasting.discard();
        } else {
            file.close();
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
