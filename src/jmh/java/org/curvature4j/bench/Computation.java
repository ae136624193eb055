package org.curvature4j.bench;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A workload ready to be computed again and again: its function prepared, its inputs loaded. */
interface Computation extends AutoCloseable {
    /** Computes nothing. */
    Computation NONE = new FreshResults(() -> {}, List::of);

    /** Computes everything anew; {@link #release} takes the results back. */
    List<INDArray> compute();

    /** Takes results back that nobody needs any more. */
    void release(List<INDArray> results);

    @Override
    void close();
}
