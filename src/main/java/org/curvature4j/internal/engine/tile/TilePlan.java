package org.curvature4j.internal.engine.tile;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A function prepared for a tile, the batch last. Used by one thread at a time; owns its memory. */
public interface TilePlan extends AutoCloseable {

    /** Numbers in the first input. */
    int inputSize();

    /**
     * Fills the first input, before {@link #run}.
     *
     * @param rows the tile's points, batch first, row-major
     * @param tile how many
     */
    void points(double[] rows, int tile);

    /** Copies the value of an input after the first. */
    void feed(int input, INDArray value);

    void run();

    /** Numbers in the output. */
    int outputSize();

    /** Of how many of a tile's points results are best taken at once: of all, unless they pass through a cache that way. */
    default int piece(int tile) {
        return tile;
    }

    /**
     * Writes results after {@link #run}, batch first, row-major.
     *
     * @param first the first point whose results are written, a multiple of {@link #piece}
     * @param count of points, at most a piece
     */
    void results(int first, int count, double[] rows);

    @Override
    void close();
}
