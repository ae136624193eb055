package org.curvature4j.io;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The bytes of an array in this machine's memory, as buffers of at most {@link #WINDOW} bytes, without a copy. On CUDA
 * the array is brought to the host before it is read, and marked as newer there after it was written.
 */
final class HostMemory {
    /** Far below what one Java buffer holds, and a multiple of every element size. */
    static final int WINDOW = 1 << 28;

    private HostMemory() {}

    /** Shows the bytes of a plain, non-empty array to a reader, window after window. */
    static void read(INDArray array, Consumer<ByteBuffer> reader) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        windows(array, bytes -> reader.accept(bytes.asReadOnlyBuffer().order(ByteOrder.nativeOrder())));
    }

    /** Has a writer fill the bytes of a plain, non-empty array, window after window. */
    static void write(INDArray array, Consumer<ByteBuffer> writer) {
        windows(array, writer);
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }

    private static void windows(INDArray array, Consumer<ByteBuffer> visitor) {
        try {
            BytePointer start = new BytePointer(array.data().addressPointer());
            long bytes = array.length() * array.dataType().width();
            for (long from = 0; from < bytes; from += WINDOW) {
                BytePointer window = start.getPointer(BytePointer.class, from);
                window.capacity(Math.min(WINDOW, bytes - from));
                visitor.accept(window.asBuffer().order(ByteOrder.nativeOrder()));
            }
        } finally {
            Reference.reachabilityFence(array);
        }
    }
}
