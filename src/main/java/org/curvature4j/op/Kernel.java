package org.curvature4j.op;

/**
 * A computation on single numbers: the closed vocabulary that engines compute functions with, beside the moves, sums and
 * products of {@link Kernels}. A dialect, such as Java's or ND4J's, spells each one that isn't composed of others.
 */
public sealed interface Kernel permits Elementwise, Comparison, Select, Cast {

    /** Whether every correct implementation gives the same bits, so that it may be computed ahead of an engine. */
    boolean isExact();
}
