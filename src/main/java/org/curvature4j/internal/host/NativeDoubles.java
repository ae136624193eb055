package org.curvature4j.internal.host;

import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Float64 numbers in native memory, moved to and from Java arrays by Java's own copy. JavaCPP's, a call into native code that
 * holds the garbage collector off, wrote 12 to 19 GB/s where this writes 23 to 26 (pieces of 2 to 128 KiB, one or two threads,
 * AMD EPYC, glibc 2.36). Whose the memory is keeps it; several threads may move numbers on separate ranges.
 */
public final class NativeDoubles {
    /** Numbers of a buffer: Java's have less than 2 GiB. */
    private static final int WINDOW = 1 << 27;

    /** With fewer, making a buffer takes longer than it saves. */
    private static final int WORTH_IT = 256;

    private final DoublePointer numbers;
    private final int window;
    private final DoubleBuffer[] windows;

    /** Of so many numbers from an address on. */
    public NativeDoubles(DoublePointer numbers, long length) {
        this(numbers, length < WORTH_IT ? 0 : length, WINDOW);
    }

    /** As above, in buffers of so many; none for no numbers. */
    NativeDoubles(DoublePointer numbers, long length, int window) {
        this.numbers = new DoublePointer(numbers);
        this.window = window;
        windows = new DoubleBuffer[Math.toIntExact((length + window - 1) / window)];
        for (int i = 0; i < windows.length; i++) {
            long from = (long) i * window;
            windows[i] = this.numbers
                    .getPointer(from)
                    .capacity(Math.min(window, length - from))
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .asDoubleBuffer();
        }
    }

    /** Of a row-major float64 array, a view too, whose memory must stay open. */
    public static NativeDoubles of(INDArray array) {
        return new NativeDoubles(new DoublePointer(array.data().addressPointer()), array.length());
    }

    /** Reads {@code count} numbers from position {@code from} into an array from {@code first} on. */
    public void read(long from, double[] to, int first, int count) {
        if (windows.length == 0) {
            numbers.getPointer(from).get(to, first, count);
            return;
        }
        for (int done = 0; done < count; ) {
            int at = (int) ((from + done) % window);
            int some = Math.min(count - done, window - at);
            windows[(int) ((from + done) / window)].get(at, to, first + done, some);
            done += some;
        }
    }

    /** Writes {@code count} numbers of an array from {@code first} on to position {@code to}. */
    public void write(long to, double[] from, int first, int count) {
        if (windows.length == 0) {
            numbers.getPointer(to).put(from, first, count);
            return;
        }
        for (int done = 0; done < count; ) {
            int at = (int) ((to + done) % window);
            int some = Math.min(count - done, window - at);
            windows[(int) ((to + done) / window)].put(at, from, first + done, some);
            done += some;
        }
    }
}
