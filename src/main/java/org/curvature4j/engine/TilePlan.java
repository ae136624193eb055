package org.curvature4j.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A function prepared for a tile, the batch last. Used by one thread at a time; owns its memory. */
interface TilePlan extends AutoCloseable {

    /** The first input, to be filled before {@link #run}. */
    HeapArray input();

    /** Copies the value of an input after the first. */
    void feed(int input, INDArray value);

    void run();

    /** The output, to be read after {@link #run}. */
    HeapArray output();

    @Override
    void close();
}
