package org.curvature4j.curvature;

import java.util.List;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVector;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.operator.VectorSpace;
import org.curvature4j.operator.Vectors;

/** Vectors in the memory of the device that computes an operator's products. */
final class DeviceSpace extends VectorSpace<DeviceVector> {
    /** Between these a sum of squares has neither overflowed nor lost what vanished. */
    private static final double LEAST_SQUARE = 1e-250;

    private static final double MOST_SQUARE = 1e250;

    private final Product operator;
    private final DeviceVectors vectors;

    /** An operator's product where vectors are. */
    @FunctionalInterface
    interface Product {
        void evaluate(DeviceVectors vectors, DeviceVector vector, DeviceVector product);
    }

    /** @param vectors of that length, made for the operator; owned */
    DeviceSpace(Product operator, int length, DeviceVectors vectors) {
        super(length);
        this.operator = operator;
        this.vectors = vectors;
    }

    @Override
    public DeviceVector vector() {
        return vectors.vector();
    }

    @Override
    public void write(double[] numbers, DeviceVector vector) {
        vectors.write(numbers, vector);
    }

    @Override
    public double[] take(DeviceVector vector) {
        return vectors.read(vector);
    }

    @Override
    public void multiply(DeviceVector vector, DeviceVector product) {
        operator.evaluate(vectors, vector, product);
    }

    @Override
    public double dot(DeviceVector a, DeviceVector b) {
        return vectors.dot(a, b);
    }

    @Override
    public double norm(DeviceVector vector) {
        double square = vectors.dot(vector, vector);
        return square > LEAST_SQUARE && square < MOST_SQUARE ? Math.sqrt(square) : Vectors.norm(vectors.read(vector));
    }

    @Override
    public void add(double factor, DeviceVector x, DeviceVector y) {
        vectors.add(factor, x, y);
    }

    @Override
    public void scale(double factor, DeviceVector x, DeviceVector y) {
        vectors.scale(factor, x, y);
    }

    @Override
    public double[] dots(List<DeviceVector> some, DeviceVector vector) {
        return vectors.dots(some, vector);
    }

    @Override
    public void subtract(List<DeviceVector> some, double[] factors, DeviceVector vector) {
        vectors.subtract(some, factors, vector);
    }

    @Override
    public void combine(List<DeviceVector> some, double[] combinations, int kept) {
        vectors.combine(some, combinations, kept);
    }

    @Override
    public void close() {
        vectors.close();
    }
}
