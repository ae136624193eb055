package org.curvature4j.optimize;

import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.LinearOperator;

/**
 * A function of n numbers that is to be made small, twice differentiable. Points aren't modified; results are new arrays.
 * Where it has no value it gives NaN or infinity, and an optimiser takes a shorter step.
 */
public interface Objective extends AutoCloseable {
    /** Numbers in a point, n. */
    int size();

    /** f(x). */
    double value(double[] point);

    /** The gradient at x, n numbers. */
    double[] gradient(double[] point);

    /**
     * Both at once, which may share work.
     *
     * @param gradient takes the gradient, n numbers
     * @return f(x)
     */
    default double valueAndGradient(double[] point, double[] gradient) {
        double[] computed = gradient(point);
        Arguments.requireLength("gradient", gradient.length, computed.length);
        System.arraycopy(computed, 0, gradient, 0, gradient.length);
        return value(point);
    }

    /** The Hessian at x, symmetric [n, n]; the optimiser closes it. */
    LinearOperator hessian(double[] point);

    /**
     * Both and the whole Hessian at once, which may share work: what a Newton step needs.
     *
     * @param gradient takes the gradient, n numbers
     * @param hessian takes the Hessian, symmetric, [n, n] row-major
     * @return f(x)
     */
    default double valueGradientAndHessian(double[] point, double[] gradient, double[] hessian) {
        try (LinearOperator operator = hessian(point)) {
            double[] computed = operator.toDense();
            System.arraycopy(computed, 0, hessian, 0, hessian.length);
        }
        return valueAndGradient(point, gradient);
    }

    /** Frees what the objective holds; nothing unless it says so. Its user closes it, optimisers don't. */
    @Override
    default void close() {}
}
