package org.curvature4j.curvature;

import org.curvature4j.PreparedDerivatives;
import org.curvature4j.PreparedFunction;
import org.curvature4j.Quantities;
import org.curvature4j.Quantity;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.optimize.Objective;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function from a graph, with one result, as an objective to minimise: value, gradient and Hessian-vector products are
 * prepared once. Points are the function's, laid out by its blocks. Owns native memory, which closing frees; Hessians handed
 * out work until then.
 */
public final class GraphObjective implements Objective {
    /** Up to so many numbers a Hessian as a whole is computed by a function of its own, and not by n products. */
    private static final int MOST_WHOLE = 2000;

    private final TensorFunction function;
    private final int size;
    private final PreparedFunction values;
    private final PreparedDerivatives slopes;
    private final PreparedFunction products;
    private final DataType type;
    private @Nullable PreparedDerivatives all;
    private boolean closed;

    private GraphObjective(TensorFunction function) {
        this.function = function;
        this.size = Math.toIntExact(function.inputSize());
        this.values = function.prepare();
        this.slopes = function.prepare(Quantity.VALUE, Quantity.GRADIENT);
        this.products = function.hessianVectorProduct().prepare();
        // A result has the type of the points.
        try (INDArray origin = HostArray.create(DataType.DOUBLE, size);
                INDArray result = values.at(origin)) {
            this.type = result.dataType();
        }
    }

    /**
     * Prepares a function.
     *
     * @param function with one result; what it was fed stays as it is
     * @throws IllegalArgumentException if it has several results
     */
    public static GraphObjective of(TensorFunction function) {
        if (function.outputSize() != 1) {
            throw new IllegalArgumentException("objective: expected a function with one result, got one with "
                    + function.outputSize() + " (FunctionBuilder.component picks one)");
        }
        return new GraphObjective(function);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public double value(double[] point) {
        return values.at(point)[0];
    }

    @Override
    public double[] gradient(double[] point) {
        return slopes.at(point).gradient();
    }

    @Override
    public double valueAndGradient(double[] point, double[] gradient) {
        return taken(slopes.at(point), gradient);
    }

    private static double taken(Quantities<double[]> computed, double[] gradient) {
        System.arraycopy(computed.gradient(), 0, gradient, 0, gradient.length);
        return computed.value()[0];
    }

    @Override
    public double valueGradientAndHessian(double[] point, double[] gradient, double[] hessian) {
        if (size > MOST_WHOLE) {
            return Objective.super.valueGradientAndHessian(point, gradient, hessian);
        }
        Quantities<double[]> computed = all().at(point);
        System.arraycopy(computed.hessian(), 0, hessian, 0, hessian.length);
        return taken(computed, gradient);
    }

    @Override
    public LinearOperator hessian(double[] point) {
        Arguments.requireLength("point", size, point.length);
        return new PointHessian(point.clone());
    }

    /** What computes the values, for people. */
    public String describe() {
        return values.describePoint();
    }

    @Override
    public synchronized void close() {
        closed = true;
        Resources parts = Resources.of(values, slopes, products);
        if (all != null) {
            parts.add(all);
        }
        parts.close();
    }

    @Override
    public String toString() {
        return "objective " + function;
    }

    private synchronized PreparedDerivatives all() {
        if (closed) {
            throw Lifetime.closed("objective");
        }
        PreparedDerivatives prepared = all;
        if (prepared == null) {
            prepared = function.prepare(Quantity.VALUE, Quantity.GRADIENT, Quantity.HESSIAN);
            all = prepared;
        }
        return prepared;
    }

    /** The Hessian at one point. Holds the point as an array of ND4J, which closing frees. */
    private final class PointHessian extends LinearOperator {
        private final double[] place;
        private final INDArray point;
        private final Lifetime lifetime;

        PointHessian(double[] place) {
            super(size, size, true);
            this.place = place;
            this.point = HostArray.copyOf(place, type, size);
            this.lifetime = new Lifetime("Hessian", point::close);
        }

        @Override
        protected void multiply(double[] vector, double[] product) {
            lifetime.enter();
            try (INDArray direction = HostArray.copyOf(vector, type, size);
                    INDArray result = products.call(point, direction);
                    HostArray source = HostArray.reading("product", result)) {
                source.read(0, product, size);
            } finally {
                lifetime.exit();
            }
        }

        @Override
        public double[] toDense() {
            return size <= MOST_WHOLE ? all().at(place).hessian() : super.toDense();
        }

        @Override
        public void close() {
            lifetime.close();
        }
    }
}
