package org.curvature4j.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A computation whose results go to the same Java array each time. */
final class JavaArrays implements Computation {
    private final AutoCloseable function;
    private final Consumer<double[]> call;
    private final double[] target;
    private final long[] shape;

    /**
     * @param function the prepared function, closed at the end
     * @param call computes into the array that it is given
     * @param shape of the result
     */
    JavaArrays(AutoCloseable function, Consumer<double[]> call, long... shape) {
        this.function = function;
        this.call = call;
        this.target = new double[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        this.shape = shape;
    }

    @Override
    public List<INDArray> compute() {
        call.accept(target);
        return List.of();
    }

    @Override
    public List<INDArray> results() {
        compute();
        return List.of(Nd4j.createFromArray(target).reshape(shape));
    }

    @Override
    public void close() {
        Closing.close(function);
    }
}
