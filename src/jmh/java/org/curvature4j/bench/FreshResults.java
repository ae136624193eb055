package org.curvature4j.bench;

import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A computation whose results are new arrays each time, freed when they are released.
 *
 * @param function the prepared function, closed at the end
 * @param results calls it
 */
record FreshResults(AutoCloseable function, Supplier<List<INDArray>> results) implements Computation {
    @Override
    public List<INDArray> compute() {
        return results.get();
    }

    @Override
    public void release(List<INDArray> old) {
        old.forEach(INDArray::close);
    }

    @Override
    public void close() {
        try {
            function.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("close: " + e.getMessage(), e);
        }
    }
}
