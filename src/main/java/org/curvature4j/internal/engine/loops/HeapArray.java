package org.curvature4j.internal.engine.loops;

import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;

/**
 * A row-major array inside a Java array. Integers and booleans are numbers too, true being 1.
 *
 * @param from where it begins
 * @param fixed whether its numbers never change once the plan is made
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HeapArray(double[] values, int from, Shape shape, boolean fixed) {

    int size() {
        return Math.toIntExact(shape.size());
    }

    int to() {
        return from + size();
    }

    Strides strides() {
        return Strides.of(shape).after(from);
    }
}
