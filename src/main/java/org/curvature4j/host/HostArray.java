package org.curvature4j.host;

import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
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

    private final INDArray array;
    private final boolean ownCopy;
    private final @Nullable DoublePointer doubles;
    private final @Nullable FloatPointer floats;

    private HostArray(INDArray array, boolean ownCopy) {
        this.array = array;
        this.ownCopy = ownCopy;
        boolean wide = array.dataType() == DataType.DOUBLE;
        boolean empty = array.isEmpty();
        doubles = wide && !empty ? new DoublePointer(array.data().pointer()) : null;
        floats = !wide && !empty ? new FloatPointer(array.data().pointer()) : null;
    }

    /**
     * For reading a float64 or float32 array, which isn't modified and must stay unmodified meanwhile. Close it.
     */
    public static HostArray reading(INDArray array) {
        if (isPlain(array)) {
            Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
            return new HostArray(array, false);
        }
        INDArray copy = outsideWorkspaces(() -> array.dup('c'));
        Nd4j.getAffinityManager().ensureLocation(copy, Location.HOST);
        return new HostArray(copy, true);
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
        boolean floating = array.dataType() == DataType.DOUBLE || array.dataType() == DataType.FLOAT;
        if (!floating || array.isEmpty()) {
            return outsideWorkspaces(() -> array.dup('c'));
        }
        INDArray copy = create(array.dataType(), array.shape());
        copy(array, copy);
        return copy;
    }

    /** Copies elements between arrays of one shape; ND4J's own copy is slow for large ones. */
    public static void copy(INDArray from, INDArray to) {
        boolean direct =
                Nd4j.getEnvironment().isCPU() && from.dataType() == to.dataType() && isRowMajor(from) && isRowMajor(to);
        if (direct) {
            Pointer.memcpy(
                    to.data().addressPointer(),
                    from.data().addressPointer(),
                    from.length() * from.dataType().width());
        } else {
            to.assign(from);
        }
    }

    /** For writing an array that {@link #create} made; call {@link #finish} at the end. */
    public static HostArray writing(INDArray array) {
        return new HostArray(array, false);
    }

    /** Reads {@code count} numbers from position {@code from}. */
    public void read(long from, double[] target, int count) {
        read(from, target, 0, count);
    }

    /** As {@link #read(long, double[], int)}, to a position in the target; safe for several threads. */
    public void read(long from, double[] target, int to, int count) {
        if (doubles != null) {
            doubles.getPointer(from).get(target, to, count);
        } else if (floats != null) {
            float[] narrow = new float[count];
            floats.getPointer(from).get(narrow, 0, count);
            for (int i = 0; i < count; i++) {
                target[to + i] = narrow[i];
            }
        }
    }

    /** Writes {@code count} numbers from position {@code from}. */
    public void write(long from, double[] source, int count) {
        write(from, source, 0, count);
    }

    /** As {@link #write(long, double[], int)}, of a position in the source; safe for several threads. */
    public void write(long from, double[] source, int first, int count) {
        if (doubles != null) {
            doubles.getPointer(from).put(source, first, count);
        } else if (floats != null) {
            float[] narrow = new float[count];
            for (int i = 0; i < count; i++) {
                narrow[i] = (float) source[first + i];
            }
            floats.getPointer(from).put(narrow, 0, count);
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
        if (ownCopy) {
            array.close();
        }
    }
}
