package org.curvature4j.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Checksum;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.io.PartialFile;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Writes a {@code .npy} file of known shape by ranges of rows (indices of the first axis), in any order and from several
 * threads at once, of any size. The file appears at {@link #commit}, when every row was written once; closed before, it
 * leaves nothing behind. The bytes are those that NumPy writes. A 0-d array has one row.
 *
 * <p>A writer that {@link #begin} or {@link #resume} made works on {@code <name>.partial} beside the target, which stays
 * when it is closed or the program dies, so that a long computation can go on.
 */
public final class NpyWriter implements AutoCloseable {
    /** Bytes converted or gathered at once: big enough that the calls cost nothing, small enough for any machine. */
    private static final int BLOCK = 1 << 20;

    private final NpyContent content;
    private final Path target;
    private final NpyType type;
    private final long[] rowShape;
    private final long rows;
    private final long rowLength;
    private final AtomicLong rowsWritten = new AtomicLong();
    /** Java keeps a direct buffer for each thread that writes one on the heap; these are shared by all threads. */
    private final ConcurrentLinkedDeque<ByteBuffer> blocks = new ConcurrentLinkedDeque<>();

    private NpyWriter(NpyContent content, Path target, NpyType type, long[] shape) {
        this.content = content;
        this.target = target;
        this.type = type;
        this.rowShape = RowRanges.shape(shape);
        this.rows = shape.length == 0 ? 1 : shape[0];
        this.rowLength = RowRanges.product(rowShape);
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
        checkShape(type, shape);
        return new NpyWriter(NpyContent.begin(target, false, type, shape), target, type, shape);
    }

    /**
     * Begins a file that can be gone on with, in place of one that was begun before; parameters and errors as in
     * {@link #create}.
     *
     * @throws DataFileException also if another run is writing to it
     */
    public static NpyWriter begin(Path target, NpyType type, long... shape) {
        checkShape(type, shape);
        return new NpyWriter(NpyContent.begin(target, true, type, shape), target, type, shape);
    }

    /**
     * Goes on with a file that was begun.
     *
     * @param complete how many rows count as written, the first ones
     * @throws DataFileException if there is none of that type and shape, it is shorter than its complete rows, or another
     *     run is writing to it
     */
    public static NpyWriter resume(Path target, long complete, NpyType type, long... shape) {
        checkShape(type, shape);
        NpyWriter writer = new NpyWriter(NpyContent.resume(target, complete, type, shape), target, type, shape);
        writer.rowsWritten.set(complete);
        return writer;
    }

    /** Where a file that was begun grows until it is complete. */
    public static Path partial(Path target) {
        return PartialFile.of(target);
    }

    private static void checkShape(NpyType type, long... shape) {
        String problem = NpyHeader.problem(shape, type);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("npy: " + problem);
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
                ? !Arrays.equals(rowShape, RowRanges.shape(array.shape()))
                : array.rank() != 0 || rows != 1 || rowShape.length != 0;
        Arguments.refuseIf(
                wrongShape, "npy rows", "shape [count" + joined(rowShape) + "]", Arrays.toString(array.shape()));
        if (array.dataType() != type.dataType()) {
            throw new IllegalArgumentException("npy rows: expected type " + type.dataType() + ", got "
                    + array.dataType() + " (cast it with castTo)");
        }
        long count = array.rank() == 0 ? 1 : array.size(0);
        RowRanges.checkRange(first, count, rows);
        if (array.isEmpty()) {
            rowsWritten.addAndGet(count);
        } else if (HostArray.isPlain(array)) {
            long[] next = {content.position(first)};
            HostMemory.read(array, window -> {
                int bytes = window.remaining();
                content.writeAt(next[0], window);
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
        RowRanges.checkRange(first, count, rows);
        int elements = RowRanges.checkRoom(count, rowLength, from.length - (long) offset);
        int step = BLOCK / type.bytes();
        int bytes = Math.min(step, elements) * type.bytes();
        ByteBuffer pooled = blocks.poll();
        ByteBuffer block = pooled != null && pooled.capacity() >= bytes
                ? pooled
                : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
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
            content.writeAt(content.position(first) + (long) done * type.bytes(), block);
        }
        blocks.push(block);
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
        RowRanges.checkRange(first, count, rows);
        content.writeAt(content.position(first), from);
        rowsWritten.addAndGet(count);
        return count;
    }

    /**
     * Forces the rows that were written to the disk.
     *
     * @throws DataFileException if the disk doesn't take them
     */
    public void force() {
        content.force();
    }

    /**
     * Adds the bytes of rows that were written to a checksum.
     *
     * @throws DataFileException if they can't be read
     * @throws IllegalArgumentException if there are no such rows
     */
    public void addTo(Checksum sum, long first, long count) {
        RowRanges.checkRange(first, count, rows);
        content.addTo(sum, first, count);
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
        content.commit();
    }

    /** Removes what was written, also of a file that was begun to be gone on with. */
    public void discard() {
        content.discard();
    }

    /** Without a commit before it: removes what was written, unless the file was begun to be gone on with. */
    @Override
    public void close() {
        content.close();
    }

    private static String joined(long[] shape) {
        StringBuilder text = new StringBuilder();
        for (long size : shape) {
            text.append(", ").append(size);
        }
        return text.toString();
    }
}
