package org.curvature4j.internal.host;

import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The numbers of an ND4J array in row-major order, moved in bulk to and from Java arrays of doubles.
 *
 * <p>The one place that touches ND4J's memory. Strided, permuted and offset arrays are copied first, so that
 * nothing below meets a view. Reading and writing are safe from several threads on separate ranges.
 */
public final class HostArray implements AutoCloseable {
    /** Numbers converted at a time. */
    private static final int BLOCK = 1 << 16;

    private final INDArray array;
    private final boolean ownCopy;
    private final @Nullable NativeDoubles doubles;
    private final @Nullable Stored stored;
    private final Lifetime lifetime = new Lifetime("numbers", this::free);

    private HostArray(String argument, INDArray array, boolean ownCopy) {
        this.array = array;
        this.ownCopy = ownCopy;
        boolean wide = array.dataType() == DataType.DOUBLE;
        boolean empty = array.isEmpty();
        doubles = wide && !empty
                ? new NativeDoubles(
                        new DoublePointer(array.data().pointer()), array.data().length())
                : null;
        stored = wide || empty
                ? null
                : new Stored(argument, array.dataType(), array.data().pointer());
    }

    /**
     * For reading the numbers of an array, which isn't modified and must stay open and unmodified meanwhile. Close it.
     *
     * @param argument what the array is, for messages
     * @throws IllegalArgumentException if it is closed, or an element isn't a number that float64 holds
     */
    public static HostArray reading(String argument, INDArray array) {
        requireNumbers(argument, array);
        INDArray plain = isPlain(array) ? array : outsideWorkspaces(() -> array.dup('c'));
        Nd4j.getAffinityManager().ensureLocation(plain, Location.HOST);
        HostArray opened = new HostArray(argument, plain, plain != array);
        try {
            if (opened.stored != null) {
                opened.stored.requireExact(array.length());
            }
            return opened;
        } catch (IllegalArgumentException e) {
            opened.close();
            throw e;
        }
    }

    /** All numbers of an array, row-major, a new Java array; see {@link #reading}. */
    public static double[] numbers(String argument, INDArray array) {
        try (HostArray source = reading(argument, array)) {
            double[] numbers = new double[Math.toIntExact(length(array))];
            source.read(0, numbers, numbers.length);
            return numbers;
        }
    }

    /**
     * A whole number as a number.
     *
     * @throws IllegalArgumentException if float64 doesn't hold it
     */
    public static double exact(String argument, long whole) {
        ElementType.INT64.requireExact(argument, whole);
        return whole;
    }

    /** How many elements an array has; ND4J says 1 of some that have none. */
    public static long length(INDArray array) {
        return array.isEmpty() ? 0 : array.length();
    }

    /** @throws IllegalArgumentException if there is no array, or it is closed */
    public static void requireOpen(String argument, INDArray array) {
        Arguments.requireGiven(argument, array);
        Arguments.refuseIf(array.wasClosed(), argument, "an open array", "a closed one");
    }

    /** @throws IllegalArgumentException if an array is closed, or of a type whose elements aren't numbers */
    public static void requireNumbers(String argument, INDArray array) {
        requireOpen(argument, array);
        ElementType.of(argument, array.dataType());
    }

    /**
     * The same numbers in another element type: rounded to a floating one, the same in another.
     *
     * @param type float64, float32, int64, int32 or bool
     * @return the array itself where it has the type, else a new row-major one, to be closed by the caller
     * @throws IllegalArgumentException if it is closed, or has an element that isn't a number that the type holds
     */
    public static INDArray as(String argument, INDArray array, DataType type) {
        requireNumbers(argument, array);
        if (array.dataType() == type) {
            return array;
        }
        try (HostArray source = reading(argument, array)) {
            INDArray typed = create(type, array.shape());
            HostArray target = new HostArray(argument, typed, false);
            long length = length(array);
            double[] block = new double[(int) Math.min(BLOCK, length)];
            for (long from = 0; from < length; from += BLOCK) {
                int some = (int) Math.min(BLOCK, length - from);
                source.read(from, block, some);
                target.write(from, block, some);
            }
            target.finish();
            return typed;
        }
    }

    /** A new row-major array, outside any workspace that is open, with unspecified contents. */
    public static INDArray create(DataType dataType, long... shape) {
        long length = 1;
        for (long size : shape) {
            length = Math.multiplyExact(length, size);
        }
        return LargeArrays.areMadeFor(dataType, length)
                ? LargeArrays.create(dataType, length, shape)
                : outsideWorkspaces(() -> Nd4j.createUninitialized(dataType, shape));
    }

    /** Runs this so that its arrays outlive any workspace that the caller has open. */
    public static <T> T outsideWorkspaces(Supplier<T> task) {
        MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        try {
            return task.get();
        } finally {
            outside.close();
        }
    }

    /** A new array with these numbers in row-major order. */
    public static INDArray copyOf(double[] numbers, DataType dataType, long... shape) {
        INDArray array = create(dataType, shape);
        HostArray target = writing(array);
        target.write(0, numbers, numbers.length);
        target.finish();
        return array;
    }

    /** A new row-major array with another one's elements, outside any workspace that is open. */
    public static INDArray copyOf(INDArray array) {
        return copyOf(array, 1);
    }

    /** As {@link #copyOf(INDArray)}, by so many threads where it is large. */
    public static INDArray copyOf(INDArray array, int threads) {
        boolean floating = array.dataType() == DataType.DOUBLE || array.dataType() == DataType.FLOAT;
        if (!floating || array.isEmpty()) {
            return outsideWorkspaces(() -> array.dup('c'));
        }
        INDArray copy = create(array.dataType(), array.shape());
        copy(array, copy, threads);
        return copy;
    }

    /**
     * Copies elements between arrays of one shape, converted as {@link #as} does; ND4J's own copy is slow for large ones.
     *
     * @param argument what the first array is, for messages
     */
    public static void copy(String argument, INDArray from, INDArray to) {
        if (!java.util.Arrays.equals(from.shape(), to.shape())) {
            throw new IllegalArgumentException(argument + ": expected shape " + java.util.Arrays.toString(to.shape())
                    + ", got " + java.util.Arrays.toString(from.shape()));
        }
        copyNumbers(argument, from, to, 1);
    }

    /**
     * Copies elements between arrays of one length and any shapes, converted as {@link #as} does, in row-major order.
     *
     * @param argument what the first array is, for messages
     * @param to row-major
     * @param threads that share the copying of a large array
     */
    public static void copyNumbers(String argument, INDArray from, INDArray to, int threads) {
        INDArray typed = as(argument, from, to.dataType());
        try {
            if (isDirect(typed, to)) {
                copy(typed, to, threads);
            } else {
                INDArray plain = isPlain(typed) ? typed : outsideWorkspaces(() -> typed.dup('c'));
                copy(plain.reshape('c', to.shape()), to, threads);
                if (plain != typed) {
                    plain.close();
                }
            }
        } finally {
            if (typed != from) {
                typed.close();
            }
        }
    }

    private static boolean isDirect(INDArray from, INDArray to) {
        return Nd4j.getEnvironment().isCPU() && isRowMajor(from) && isRowMajor(to);
    }

    private static void copy(INDArray from, INDArray to, int threads) {
        if (from.isEmpty()) {
            return;
        }
        if (isDirect(from, to)) {
            long width = from.dataType().width();
            BytePointer source = new BytePointer(from.data().addressPointer());
            BytePointer target = new BytePointer(to.data().addressPointer());
            Workers.run(
                    from.length(),
                    BLOCK,
                    threads,
                    () -> (first, count) -> Pointer.memcpy(
                            target.getPointer(first * width), source.getPointer(first * width), count * width));
        } else {
            to.assign(from);
        }
    }

    /** For writing an array that {@link #create} made; call {@link #finish} at the end. */
    public static HostArray writing(INDArray array) {
        requireNumbers("numbers", array);
        Arguments.refuseIf(
                !isPlain(array), "numbers", "a row-major array of its own to write", "a view or other strides");
        return new HostArray("numbers", array, false);
    }

    /** Reads {@code count} numbers from position {@code from}. */
    public void read(long from, double[] target, int count) {
        read(from, target, 0, count);
    }

    /** As {@link #read(long, double[], int)}, to a position in the target; safe for several threads. */
    public void read(long from, double[] target, int to, int count) {
        lifetime.enter();
        try {
            if (doubles != null) {
                doubles.read(from, target, to, count);
            } else if (stored != null) {
                stored.read(from, target, to, count);
            }
        } finally {
            lifetime.exit();
        }
    }

    /** Reads all numbers, where they are many by so many threads. */
    public void readAll(double[] target, int threads) {
        if (threads == 1 || target.length <= BLOCK) {
            read(0, target, target.length);
        } else {
            Workers.run(target.length, BLOCK, threads, () -> (from, count) -> read(from, target, (int) from, count));
        }
    }

    /** Writes {@code length} numbers to a position, where they are many by so many threads. */
    public void writeAll(long to, double[] source, int length, int threads) {
        if (threads == 1 || length <= BLOCK) {
            write(to, source, length);
        } else {
            Workers.run(length, BLOCK, threads, () -> (from, count) -> write(to + from, source, (int) from, count));
        }
    }

    /** Writes {@code count} numbers from position {@code from}. */
    public void write(long from, double[] source, int count) {
        write(from, source, 0, count);
    }

    /** As {@link #write(long, double[], int)}, of a position in the source; safe for several threads. */
    public void write(long from, double[] source, int first, int count) {
        lifetime.requireOpen();
        if (doubles != null) {
            doubles.write(from, source, first, count);
        } else if (stored != null) {
            stored.write(from, source, first, count);
        }
    }

    /**
     * Whether the elements of an array, of any type, lie in row-major order from the start of its memory. Where axes of
     * size 1 step to doesn't matter; ND4J's own test refuses some arrays with such axes that it made itself.
     */
    public static boolean isPlain(INDArray array) {
        if (array.isEmpty()) {
            return true;
        }
        return array.offset() == 0 && array.data().offset() == 0 && isRowMajor(array);
    }

    private static boolean isRowMajor(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    /** Tells the backend that the numbers in host memory are the valid ones. */
    public void finish() {
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }

    /** Frees the copy, if one was made; the array itself stays the caller's. */
    @Override
    public void close() {
        lifetime.close();
    }

    private void free() {
        if (ownCopy) {
            array.close();
        }
    }
}
