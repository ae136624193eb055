package org.curvature4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Writes a {@code .npy} file of known shape by ranges of rows (indices of the first axis), in any order and from several
 * threads at once, of any size. The file appears at {@link #commit}, when every row was written once; closed before, it
 * leaves nothing behind. The bytes are those that NumPy writes. A 0-d array has one row.
 */
public final class NpyWriter implements AutoCloseable {
    /** Bytes converted or gathered at once: big enough that the calls cost nothing, small enough for any machine. */
    private static final int BLOCK = 1 << 20;

    private final AtomicFile file;
    private final Path target;
    private final NpyType type;
    private final long[] rowShape;
    private final long rows;
    private final long rowLength;
    private final long dataStart;
    private final AtomicLong rowsWritten = new AtomicLong();

    private NpyWriter(AtomicFile file, Path target, NpyType type, long[] shape, long dataStart) {
        this.file = file;
        this.target = target;
        this.type = type;
        this.rowShape = Rows.shape(shape);
        this.rows = shape.length == 0 ? 1 : shape[0];
        this.rowLength = Rows.product(rowShape);
        this.dataStart = dataStart;
    }

    /**
     * Begins a file.
     *
     * @param target where it will appear
     * @param shape the array's shape; empty for a 0-d array
     * @return the writer; the caller closes it
     * @throws DataFileException if it can't be written there, or the disk has not that much room left
     * @throws IllegalArgumentException if no file can have that shape
     */
    public static NpyWriter create(Path target, NpyType type, long... shape) {
        String problem = NpyHeader.problem(shape, type);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("npy: " + problem);
        }
        byte[] header = NpyHeader.bytes(type, shape);
        AtomicFile file = AtomicFile.create(target);
        try {
            NpyWriter writer = new NpyWriter(file, target, type, shape, header.length);
            writer.checkRoom(header.length + writer.rows * writer.rowLength * type.bytes());
            writer.write(0, ByteBuffer.wrap(header));
            return writer;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Says at the start what would otherwise come up hours later. */
    private void checkRoom(long needed) {
        try {
            long free = Files.getFileStore(file.temporary()).getUsableSpace();
            if (free > 0 && free < needed) {
                throw new DataFileException(
                        target, "can't be written: it needs " + needed + " bytes, the disk has " + free + " left");
            }
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /**
     * Writes rows from {@code first} on.
     *
     * @param array shape [count, rest of the file's shape], or the file's own shape for a 0-d file; of the file's type,
     *     with any strides; not modified
     * @throws IllegalArgumentException if shape or type differ, or there are no such rows
     */
    public void writeRows(long first, INDArray array) {
        boolean wrongShape = rowShape.length + 1 == array.rank()
                ? !Arrays.equals(rowShape, Rows.shape(array.shape()))
                : array.rank() != 0 || rows != 1 || rowShape.length != 0;
        if (wrongShape) {
            throw new IllegalArgumentException(
                    "npy rows: expected shape [count" + joined(rowShape) + "], got " + Arrays.toString(array.shape()));
        }
        if (array.dataType() != type.dataType()) {
            throw new IllegalArgumentException("npy rows: expected type " + type.dataType() + ", got "
                    + array.dataType() + " (cast it with castTo)");
        }
        long count = array.rank() == 0 ? 1 : array.size(0);
        Rows.checkRange(first, count, rows);
        if (array.isEmpty()) {
            rowsWritten.addAndGet(count);
        } else if (HostMemory.isPlain(array)) {
            long[] next = {position(first)};
            HostMemory.read(array, window -> {
                int bytes = window.remaining();
                write(next[0], window);
                next[0] += bytes;
            });
            rowsWritten.addAndGet(count);
        } else {
            writeView(first, count, array);
        }
    }

    /** A view is copied into order a block at a time, so that a transposed giant needs no second giant. */
    private void writeView(long first, long count, INDArray view) {
        long step = Math.max(1, BLOCK / (rowLength * type.bytes()));
        for (long row = 0; row < count; row += step) {
            INDArray some = count <= step ? view : view.get(NDArrayIndex.interval(row, Math.min(count, row + step)));
            INDArray ordered = some.dup('c');
            writeRows(first + row, ordered);
            ordered.close();
        }
    }

    /**
     * Writes rows given as float64 into a file of floating point; float32 is rounded.
     *
     * @param from {@code count} rows in C order from {@code offset} on
     * @throws IllegalArgumentException if there are no such rows, the array is too short or the file holds integers
     */
    public void writeRows(long first, long count, double[] from, int offset) {
        if (type != NpyType.FLOAT64 && type != NpyType.FLOAT32) {
            throw new IllegalArgumentException("npy rows: expected a file of f8 or f4 for doubles, got " + type.code());
        }
        Rows.checkRange(first, count, rows);
        int elements = Rows.checkRoom(count, rowLength, from.length - (long) offset);
        int step = BLOCK / type.bytes();
        ByteBuffer block =
                ByteBuffer.allocate(Math.min(step, elements) * type.bytes()).order(ByteOrder.nativeOrder());
        for (int done = 0; done < elements; done += step) {
            int some = Math.min(step, elements - done);
            block.clear().limit(some * type.bytes());
            if (type == NpyType.FLOAT64) {
                block.asDoubleBuffer().put(from, offset + done, some);
            } else {
                for (int i = 0; i < some; i++) {
                    block.putFloat(4 * i, (float) from[offset + done + i]);
                }
            }
            write(position(first) + (long) done * type.bytes(), block);
        }
        rowsWritten.addAndGet(count);
    }

    /**
     * Writes rows given as bytes of the file's type, in C order and this machine's byte order.
     *
     * @param from whole rows between its position, which moves to its limit, and its limit
     * @return how many rows that were
     * @throws IllegalArgumentException if these are not whole rows, or there are no such rows
     */
    public long writeRows(long first, ByteBuffer from) {
        long rowBytes = rowLength * type.bytes();
        if (rowBytes == 0 || from.remaining() % rowBytes != 0) {
            throw new IllegalArgumentException(
                    "npy rows: expected whole rows of " + rowBytes + " bytes, got " + from.remaining() + " bytes");
        }
        long count = from.remaining() / rowBytes;
        Rows.checkRange(first, count, rows);
        write(position(first), from);
        rowsWritten.addAndGet(count);
        return count;
    }

    private long position(long row) {
        return dataStart + row * rowLength * type.bytes();
    }

    private void write(long position, ByteBuffer from) {
        long offset = position - from.position();
        int limit = from.limit();
        try {
            while (from.position() < limit) {
                // For a buffer on the heap Java keeps a direct one of the size asked for, for as long as the thread
                // lives.
                from.limit(from.isDirect() ? limit : Math.min(limit, from.position() + BLOCK));
                file.channel().write(from, offset + from.position());
            }
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /**
     * Completes the file.
     *
     * @throws IllegalStateException if not every row was written exactly once, judged by their number
     * @throws DataFileException if it can't be completed; a file that was there before stays
     */
    public void commit() {
        long written = rowsWritten.get();
        if (written != rows && rowLength != 0) {
            throw new IllegalStateException(
                    target + ": expected " + rows + " rows to be written before the commit, got " + written);
        }
        file.commit();
    }

    /** Without a commit before it: removes what was written. */
    @Override
    public void close() {
        file.close();
    }

    private static String joined(long[] shape) {
        StringBuilder text = new StringBuilder();
        for (long size : shape) {
            text.append(", ").append(size);
        }
        return text.toString();
    }
}
