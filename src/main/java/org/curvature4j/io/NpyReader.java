package org.curvature4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.Checksum;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.io.StoredFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads ranges of rows (indices of the first axis) from a {@code .npy} file of any size: format versions 1 to 3, the
 * types of {@link NpyType} in either byte order, C and Fortran order. A 0-d array has one row.
 *
 * <p>Any number of threads may read at once. Interrupting a thread while it reads closes the file for all of them; that
 * is Java's rule for channels.
 */
public final class NpyReader implements PointSource {
    /** Bytes read at once where the destination can't take them directly: small enough to stay in a core's cache. */
    private static final int BLOCK = 1 << 18;

    private final Path file;
    private final ByteRanges content;
    private final NpyHeader header;
    private final long[] rowShape;
    private final long rows;
    private final long rowLength;

    private NpyReader(Path file, ByteRanges content, NpyHeader header) {
        this.file = file;
        this.content = content;
        this.header = header;
        long[] shape = header.shape();
        this.rowShape = RowRanges.shape(shape);
        this.rows = shape.length == 0 ? 1 : shape[0];
        this.rowLength = RowRanges.product(rowShape);
    }

    /**
     * Opens a file and checks its header and length.
     *
     * @return the reader; the caller closes it
     * @throws DataFileException if there is no such file, or it isn't a {@code .npy} file of a supported type, or it is
     *     damaged, too short or too long
     */
    public static NpyReader open(Path file) {
        StoredFile.require(file, "a .npy file");
        if (Files.isDirectory(file)) {
            throw new DataFileException(file, "expected a .npy file, got a folder");
        }
        try {
            return of(file, ByteRanges.of(FileChannel.open(file, StandardOpenOption.READ)));
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    /**
     * Takes what a file holds that isn't on a disk, and checks its header and length.
     *
     * @param name for messages
     * @param content closed with the reader, or here where it isn't taken
     * @return the reader; the caller closes it
     * @throws DataFileException if it isn't a {@code .npy} file of a supported type, or can't be read
     */
    public static NpyReader of(Path name, ByteRanges content) {
        try {
            return new NpyReader(name, content, NpyHeader.read(content, name));
        } catch (IOException e) {
            DataFileException failure = new DataFileException(name, "can't be read", e);
            Resources.of(content).closeAfter(failure);
            throw failure;
        } catch (RuntimeException e) {
            Resources.of(content).closeAfter(e);
            throw e;
        }
    }

    /** The array's shape. */
    @Override
    public long[] shape() {
        return header.shape();
    }

    /** Whether the file holds the array in Fortran order; what is read comes in C order all the same. */
    public boolean fortranOrder() {
        return header.fortranOrder();
    }

    @Override
    public NpyType type() {
        return header.type();
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long[] rowShape() {
        return rowShape.clone();
    }

    @Override
    public long rowLength() {
        return rowLength;
    }

    /**
     * Adds the bytes of all rows, as they are in the file, to a checksum.
     *
     * @throws DataFileException if they can't be read
     */
    public void addTo(Checksum sum) {
        try {
            RowRanges.addTo(sum, content, header.dataStart(), content.size());
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    /**
     * The whole array.
     *
     * @return a new array in C order of the file's shape and type, owned by the caller
     */
    public INDArray read() {
        return readShape(0, rows, header.shape());
    }

    @Override
    public INDArray readRows(long first, long count) {
        RowRanges.checkRange(first, count, rows);
        return readShape(first, count, RowRanges.of(count, rowShape));
    }

    @Override
    public void readRows(long first, long count, double[] into, int offset) {
        RowRanges.checkRange(first, count, rows);
        int elements = RowRanges.checkRoom(count, rowLength, into.length - (long) offset);
        if (header.fortranOrder()) {
            int[] next = {offset};
            copyOut(first, count, window -> {
                int some = window.remaining() / type().bytes();
                type().toDoubles(window, into, next[0], some, file.toString());
                next[0] += some;
            });
            return;
        }
        int step = BLOCK / type().bytes();
        ByteBuffer block =
                ByteBuffer.allocate(Math.min(elements, step) * type().bytes()).order(ByteOrder.nativeOrder());
        for (int done = 0; done < elements; done += step) {
            int some = Math.min(step, elements - done);
            block.clear().limit(some * type().bytes());
            fill(first * rowLength + done, block);
            type().toDoubles(block.flip(), into, offset + done, some, file.toString());
        }
    }

    /**
     * Rows as bytes of the file's type, in C order and this machine's byte order.
     *
     * @param into takes the rows from its position on, which moves past them; a direct buffer is filled without a copy
     * @throws IllegalArgumentException if there are no such rows, or the buffer is too short
     */
    public void readRows(long first, long count, ByteBuffer into) {
        RowRanges.checkRange(first, count, rows);
        int elements = RowRanges.checkRoom(count, rowLength, into.remaining() / type().bytes());
        if (header.fortranOrder()) {
            copyOut(first, count, into::put);
            return;
        }
        int limit = into.limit();
        into.limit(into.position() + elements * type().bytes());
        fill(first * rowLength, into);
        into.limit(limit);
    }

    private INDArray readShape(long first, long count, long[] shape) {
        INDArray array = Nd4j.createUninitializedDetached(type().dataType(), 'c', shape);
        if (array.isEmpty()) {
            return array;
        }
        if (header.fortranOrder()) {
            INDArray reversed = Nd4j.createUninitializedDetached(type().dataType(), 'c', reversed(shape));
            long[] next = {0};
            HostMemory.write(reversed, window -> next[0] = fillColumns(first, count, next[0], window));
            array.assign(reversed.permute(reversedAxes(shape.length)));
            reversed.close();
        } else {
            long[] next = {first * rowLength};
            HostMemory.write(array, window -> {
                int elements = window.remaining() / type().bytes();
                fill(next[0], window);
                next[0] += elements;
            });
        }
        return array;
    }

    /** Reads rows of a Fortran-order file into an array of their own and hands out its bytes. */
    private void copyOut(long first, long count, Consumer<ByteBuffer> taker) {
        INDArray array = readRows(first, count);
        if (!array.isEmpty()) {
            HostMemory.read(array, taker);
            array.close();
        }
    }

    /**
     * Fills a buffer with rows of a Fortran-order file in file order: {@code count} neighbours of each column.
     *
     * @param next the first element wanted, counted within the chosen rows
     * @return the first element not read
     */
    private long fillColumns(long first, long count, long next, ByteBuffer into) {
        if (count == rows) {
            long end = next + into.remaining() / type().bytes();
            fill(next, into);
            return end;
        }
        int limit = into.limit();
        while (into.position() < limit) {
            long within = next % count;
            int some = (int) Math.min(count - within, (limit - into.position()) / type().bytes());
            into.limit(into.position() + some * type().bytes());
            fill(next / count * rows + first + within, into);
            next += some;
        }
        return next;
    }

    /** Fills the buffer from its position to its limit with the file's elements from {@code element} on. */
    private void fill(long element, ByteBuffer into) {
        int start = into.position();
        int limit = into.limit();
        long position = header.dataStart() + element * type().bytes();
        try {
            while (into.position() < limit) {
                // For a buffer on the heap Java keeps a direct one of the size asked for, for as long as the thread
                // lives.
                into.limit(into.isDirect() ? limit : Math.min(limit, into.position() + BLOCK));
                if (content.read(into, position + into.position() - start) < 0) {
                    throw new DataFileException(file, "ends early: it was shortened while being read");
                }
            }
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
        ByteBuffer read = into.duplicate().order(ByteOrder.nativeOrder()).flip().position(start);
        if (type() == NpyType.BOOL) {
            checkBooleans(read, element);
        } else if (header.order() != ByteOrder.nativeOrder()) {
            type().swapBytes(read);
        }
    }

    /** Native code may do anything with a boolean that is neither 0 nor 1. */
    private void checkBooleans(ByteBuffer read, long element) {
        for (int i = read.position(); i < read.limit(); i++) {
            if ((read.get(i) & ~1) != 0) {
                throw new DataFileException(
                        file,
                        "expected booleans of 0 or 1, got " + (read.get(i) & 0xff) + " at element "
                                + (element + i - read.position()) + " (damaged file)");
            }
        }
    }

    private static long[] reversed(long[] shape) {
        return IntStream.range(0, shape.length)
                .mapToLong(axis -> shape[shape.length - 1 - axis])
                .toArray();
    }

    private static int[] reversedAxes(int rank) {
        return IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new DataFileException(file, "can't be closed", e);
        }
    }

    @Override
    public String toString() {
        return file + ": " + Arrays.toString(shape()) + " " + type();
    }
}
