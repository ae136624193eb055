package org.curvature4j.graph;

/** What is known of a value before it is computed: element type and shape. */
public record TensorType(DType dtype, Shape shape) {

    public static TensorType of(DType dtype, long... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    public TensorType withShape(Shape newShape) {
        return new TensorType(dtype, newShape);
    }

    public TensorType withDType(DType newDType) {
        return new TensorType(newDType, shape);
    }

    public int rank() {
        return shape.rank();
    }

    public long size() {
        return shape.size();
    }

    @Override
    public String toString() {
        return dtype.name().toLowerCase(java.util.Locale.ROOT) + shape;
    }
}
