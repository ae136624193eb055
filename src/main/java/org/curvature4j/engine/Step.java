package org.curvature4j.engine;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A prepared operation on fixed arrays: running it allocates nothing. */
interface Step extends AutoCloseable {
    void run();

    @Override
    default void close() {}

    /** Prepares a step once its arrays exist. */
    interface Binding {
        Step bind(List<INDArray> inputs, INDArray output);
    }

    /** A step before memory is assigned: what it reads, what it writes, how it is prepared. */
    record Instruction(List<Slot> inputs, Slot output, Binding binding) {}
}
