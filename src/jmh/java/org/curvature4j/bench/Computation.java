package org.curvature4j.bench;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A workload ready to be computed again and again: its function prepared, its inputs loaded. */
interface Computation extends AutoCloseable {
    /** Computes everything anew; {@link #release} takes back what it returns. */
    List<INDArray> compute();

    /** The results for others to see; {@link #release} takes them back. */
    default List<INDArray> results() {
        return compute();
    }

    /** Takes results back that nobody needs any more: frees them, unless they are used again. */
    default void release(List<INDArray> results) {
        results.forEach(INDArray::close);
    }

    @Override
    void close();
}
