package org.curvature4j.samediff;

import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One line of a table of imported operations.
 *
 * @param build makes the operation's outputs
 * @param order how many derivatives are compared with finite differences: 0 where there are none, or where a sample
 *     may fall on a jump
 * @param tolerance how far from ND4J's result ours may be, relative to the largest element
 */
record ImportCase(String name, int order, double tolerance, Function<Sample, SDVariable[]> build) {
    private static final double ROUNDING = 1e-12;

    /** Compared with ND4J's result, and its first two derivatives with finite differences. */
    static ImportCase smooth(String name, Function<Sample, SDVariable> build) {
        return new ImportCase(name, 2, ROUNDING, sample -> new SDVariable[] {build.apply(sample)});
    }

    /** Compared with ND4J's result only. */
    static ImportCase step(String name, Function<Sample, SDVariable> build) {
        return new ImportCase(name, 0, ROUNDING, sample -> new SDVariable[] {build.apply(sample)});
    }

    /** As {@link #smooth}, for an operation that ND4J computes with fewer digits than its operands have. */
    static ImportCase coarse(String name, double tolerance, Function<Sample, SDVariable> build) {
        return new ImportCase(name, 2, tolerance, sample -> new SDVariable[] {build.apply(sample)});
    }

    /** An operation with several outputs. */
    static ImportCase several(String name, Function<Sample, SDVariable[]> build) {
        return new ImportCase(name, 2, ROUNDING, build);
    }

    @Override
    public String toString() {
        return name;
    }
}
