package org.curvature4j.bench;

import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A computation whose results go to the same Java array each time: one matrix of n rows and columns. */
final class JavaArrays implements Computation {
    private final AutoCloseable function;
    private final Consumer<double[]> call;
    private final double[] target;
    private final int n;

    /**
     * @param function the prepared function, closed at the end
     * @param n rows of the result
     * @param call computes into the array that it is given
     */
    JavaArrays(AutoCloseable function, int n, Consumer<double[]> call) {
        this.function = function;
        this.call = call;
        this.target = new double[n * n];
        this.n = n;
    }

    @Override
    public List<INDArray> compute() {
        call.accept(target);
        return List.of();
    }

    @Override
    public List<INDArray> results() {
        compute();
        return List.of(Nd4j.createFromArray(target).reshape(n, n));
    }

    @Override
    public void release(List<INDArray> results) {
        results.forEach(INDArray::close);
    }

    @Override
    public void close() {
        Closing.close(function);
    }
}
