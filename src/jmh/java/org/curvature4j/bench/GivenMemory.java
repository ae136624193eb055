package org.curvature4j.bench;

import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A computation whose results go to the same array each time.
 *
 * @param function the prepared function, closed at the end
 * @param target the array
 * @param call computes into it
 */
record GivenMemory(AutoCloseable function, INDArray target, Consumer<INDArray> call) implements Computation {
    @Override
    public List<INDArray> compute() {
        call.accept(target);
        return List.of(target);
    }

    @Override
    public void release(List<INDArray> results) {
        // Used again.
    }

    @Override
    public void close() {
        target.close();
        Closing.close(function);
    }
}
