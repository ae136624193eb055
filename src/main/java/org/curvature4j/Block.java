package org.curvature4j;

import org.curvature4j.graph.Shape;

/**
 * Where one tensor lies in the flat vector that derivatives are taken with respect to.
 *
 * @param name of the placeholder or variable
 * @param shape of the tensor, laid out row-major
 * @param offset of its first number
 */
public record Block(String name, Shape shape, long offset) {
    /** How many numbers it takes. */
    public long size() {
        return shape.size();
    }
}
