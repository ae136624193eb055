package org.curvature4j.internal.host;

import java.lang.ref.Cleaner;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.buffer.DoubleBuffer;
import org.nd4j.linalg.cpu.nativecpu.buffer.FloatBuffer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Large arrays for results, in memory that nobody has touched. ND4J writes zeros to every array that it makes, those of
 * {@code createUninitialized} too, on one thread, which takes several times longer than to compute small Hessians. Here
 * the workers that write results are the first to touch their memory, in huge pages where the system has them.
 *
 * <p>Closing an array gives its memory back, as it does for ND4J's own; so does the garbage collector in the end. A little
 * of it is kept for the next result of that size: {@link SpareMemory}.
 */
final class LargeArrays {
    /** Smaller ones come from memory that the allocator has had before, and zeros are soon written. */
    private static final long WORTH_IT = 1 << 20;

    private static final Cleaner CLEANER = Cleaner.create();

    private LargeArrays() {}

    /** Whether {@link #create} makes arrays of this kind: on the CPU, of many numbers. */
    static boolean areMadeFor(DataType dataType, long length) {
        return (dataType == DataType.DOUBLE || dataType == DataType.FLOAT)
                && length >= WORTH_IT / dataType.width()
                && Nd4j.getEnvironment().isCPU();
    }

    /** A new row-major array of unspecified contents, to be closed by the caller. */
    static INDArray create(DataType dataType, long length, long... shape) {
        long bytes = Math.multiplyExact(length, (long) dataType.width());
        SpareMemory.Block memory = SpareMemory.take(bytes);
        DataBuffer buffer = dataType == DataType.DOUBLE ? new Doubles(memory, length) : new Floats(memory, length);
        return HostArray.outsideWorkspaces(() -> Nd4j.create(buffer, shape));
    }

    private static Cleaner.Cleanable freeing(DataBuffer buffer, SpareMemory.Block memory) {
        return CLEANER.register(buffer, new Freeing(memory));
    }

    private record Freeing(SpareMemory.Block memory) implements Runnable {
        @Override
        public void run() {
            SpareMemory.give(memory);
        }
    }

    private static final class Doubles extends DoubleBuffer {
        private static final long serialVersionUID = 1;
        private final transient Cleaner.Cleanable memory;

        Doubles(SpareMemory.Block memory, long length) {
            this(new DoublePointer(memory.start()).capacity(length), memory, length);
        }

        private Doubles(DoublePointer numbers, SpareMemory.Block memory, long length) {
            super(numbers, DoubleIndexer.create(numbers), length);
            this.memory = freeing(this, memory);
        }

        @Override
        protected void release() {
            super.release();
            memory.clean();
        }
    }

    private static final class Floats extends FloatBuffer {
        private static final long serialVersionUID = 1;
        private final transient Cleaner.Cleanable memory;

        Floats(SpareMemory.Block memory, long length) {
            this(new FloatPointer(memory.start()).capacity(length), memory, length);
        }

        private Floats(FloatPointer numbers, SpareMemory.Block memory, long length) {
            super(numbers, FloatIndexer.create(numbers), length);
            this.memory = freeing(this, memory);
        }

        @Override
        protected void release() {
            super.release();
            memory.clean();
        }
    }
}
