package org.curvature4j.bench;

import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A computation whose results are new arrays each time, freed when they are released.
 *
 * @param function the prepared function, closed at the end
 * @param call computes new results
 * @param shown gives them for others to see
 */
record FreshResults(AutoCloseable function, Supplier<List<INDArray>> call, Supplier<List<INDArray>> shown)
        implements Computation {
    FreshResults(AutoCloseable function, Supplier<List<INDArray>> call) {
        this(function, call, call);
    }

    @Override
    public List<INDArray> compute() {
        return call.get();
    }

    @Override
    public List<INDArray> results() {
        return shown.get();
    }

    @Override
    public void close() {
        Closing.close(function);
    }
}
