package org.curvature4j.graph;

/** What is known of a value before it is computed: element type and shape. */
public record TensorType(DType dtype, Shape shape) {

    /** The type of this element type and these sizes. */
    public static TensorType of(DType dtype, long... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    /** The same elements in another shape. */
    public TensorType withShape(Shape newShape) {
        return new TensorType(dtype, newShape);
    }

    /** The same shape of other elements. */
    public TensorType withDType(DType newDType) {
        return new TensorType(newDType, shape);
    }

    /** How many axes there are. */
    public int rank() {
        return shape.rank();
    }

    /** How many elements there are. */
    public long size() {
        return shape.size();
    }

    @Override
    public String toString() {
        return dtype.name().toLowerCase(java.util.Locale.ROOT) + shape;
    }
}
