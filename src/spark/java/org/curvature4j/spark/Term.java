package org.curvature4j.spark;

import java.io.Serializable;
import org.curvature4j.operator.LinearOperator;

/** What a partition adds to a sum, as a function of a vector. */
@FunctionalInterface
interface Term extends AutoCloseable {
    /** Writes the result, before it is weighted. */
    void apply(double[] vector, double[] result);

    @Override
    default void close() {}

    /** The products of an operator, which is closed with the term. */
    static Term of(LinearOperator operator) {
        return new Term() {
            @Override
            public void apply(double[] vector, double[] result) {
                operator.apply(vector, result);
            }

            @Override
            public void close() {
                operator.close();
            }
        };
    }

    /** Makes a term where the data are. */
    @FunctionalInterface
    interface Maker extends Serializable {
        /** @param point the parameters; empty where these are what the term is a function of */
        Term make(PartitionLoss loss, double[] point);
    }

    /** The loss at a point. */
    static Term value(PartitionLoss loss, double[] none) {
        return (point, result) -> result[0] = loss.objective().value(point);
    }

    /** Its gradient at a point. */
    static Term gradient(PartitionLoss loss, double[] none) {
        return (point, result) -> System.arraycopy(loss.objective().gradient(point), 0, result, 0, result.length);
    }

    /** The gradient, and behind it the loss. */
    static Term valueAndGradient(PartitionLoss loss, double[] none) {
        return (point, result) -> {
            double[] gradient = new double[point.length];
            result[gradient.length] = loss.objective().valueAndGradient(point, gradient);
            System.arraycopy(gradient, 0, result, 0, gradient.length);
        };
    }

    /** The Hessian's products. */
    static Term hessian(PartitionLoss loss, double[] point) {
        return of(loss.objective().hessian(point));
    }
}
