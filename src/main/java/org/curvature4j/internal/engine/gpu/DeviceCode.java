package org.curvature4j.internal.engine.gpu;

import java.util.List;
import org.curvature4j.internal.engine.tile.TileSize;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Queue;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How devices compute a function of points, a tile of them at once, in planes: number k of point i of a tile at [k * size + i].
 * A point's results are the same bits in any tile.
 */
public interface DeviceCode {
    /** Numbers of a point. */
    int inputs();

    /** Numbers of a result. */
    int outputs();

    /** What the size of a tile is a multiple of. */
    int unit();

    /** Points of a tile that is not made smaller, since nothing would be gained. */
    int least();

    /** The tile beyond which nothing is gained, its bytes those of {@link #bytes}, of its points and of its results. */
    TileSize.Comfort comfort();

    /** Bytes of the device's memory that a tile takes beside its points and its results. */
    long bytes(int size);

    /**
     * Prepares the computation of tiles by way of a queue; to be closed, once the queue is done.
     *
     * @param points planes that are there before {@link Computation#run}
     * @param results planes that it fills
     * @throws org.curvature4j.internal.gpu.driver.DriverException if the device lacks the memory, or refuses otherwise
     */
    Computation open(Queue queue, int size, Buffer points, Buffer results);

    /** For one thread at a time. */
    interface Computation extends AutoCloseable {
        /** Copies values of the inputs after the first, the same for all points. */
        default void feed(List<INDArray> feeds) {}

        /** Queues the computation of the first points of a tile. */
        void run(int count);

        /**
         * Looks, once the queue was waited for, whether results are what they seem.
         *
         * @throws IllegalArgumentException if an index was refused
         */
        default void check() {}

        @Override
        default void close() {}
    }
}
