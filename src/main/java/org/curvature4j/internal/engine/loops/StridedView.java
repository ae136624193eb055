package org.curvature4j.internal.engine.loops;

import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;

/** Elements of a Java array, and how they lie in it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StridedView(double[] values, Strides strides) {

    /** All of an array. */
    static StridedView of(HeapArray array) {
        return new StridedView(array.values(), array.strides());
    }

    /** An array repeated over a shape. */
    static StridedView over(HeapArray array, Shape shape) {
        return new StridedView(array.values(), array.strides().broadcast(shape));
    }
}
