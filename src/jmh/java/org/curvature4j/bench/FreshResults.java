package org.curvature4j.bench;

import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A computation whose results are new arrays each time, freed when they are released.
 *
 * @param function the prepared function, closed at the end
 * @param call computes new results
 */
record FreshResults(AutoCloseable function, Supplier<List<INDArray>> call) implements Computation {
    @Override
    public List<INDArray> compute() {
        return call.get();
    }

    @Override
    public void release(List<INDArray> old) {
        old.forEach(INDArray::close);
    }

    @Override
    public void close() {
        Closing.close(function);
    }
}
