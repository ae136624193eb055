package org.curvature4j.plot;

import org.curvature4j.internal.text.Arguments;

/**
 * A named stretch of a flat parameter vector, for the axes of a heat map.
 *
 * @param name what stands at the axis, for instance a variable's name
 * @param size number of consecutive parameters, at least 1
 */
public record ParameterBlock(String name, int size) {

    /** @throws IllegalArgumentException if the size isn't positive */
    public ParameterBlock {
        Arguments.requireGiven("name", name);
        Arguments.refuseIf(size < 1, "block " + name, "a size of at least 1", size);
    }
}
