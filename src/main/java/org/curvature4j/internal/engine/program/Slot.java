package org.curvature4j.internal.engine.program;

import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * A value of a plan: contiguous, row-major memory, of its own or inside another slot's. A slot inside another costs
 * nothing: reshaping, and slicing the leading axis, are no work.
 */
public final class Slot implements Kernels.Value {
    private final TensorType type;
    private final double @Nullable [] constant;
    private final @Nullable Slot base;
    private final long offset;

    private Slot(TensorType type, double @Nullable [] constant, @Nullable Slot base, long offset) {
        this.type = type;
        this.constant = constant;
        this.base = base;
        this.offset = offset;
    }

    /** Memory of its own. */
    static Slot fresh(TensorType type) {
        return new Slot(type, null, null, 0);
    }

    /** Memory of its own with known content: a value for each element, or one for all. */
    public static Slot constant(TensorType type, double[] values) {
        return new Slot(type, values, null, 0);
    }

    /** Memory inside this slot's, beginning at an element. */
    Slot inside(Shape shape, long from) {
        return new Slot(type.withShape(shape), null, root(), offset + from);
    }

    /** Whether another is the same memory, of the same type. */
    boolean isSame(Slot other) {
        return root() == other.root() && offset == other.offset && type.equals(other.type);
    }

    @Override
    public TensorType type() {
        return type;
    }

    /** The slot that owns the memory. */
    public Slot root() {
        return base == null ? this : base;
    }

    /** Where this slot begins in its root, in elements. */
    public long offset() {
        return offset;
    }

    public double @Nullable [] constant() {
        return constant;
    }
}
