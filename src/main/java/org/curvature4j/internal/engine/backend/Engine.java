package org.curvature4j.internal.engine.backend;

import java.util.Locale;

/**
 * How a function of single points is computed. All agree to rounding. Where is a {@link DeviceChoice}: on a GPU
 * {@link #FUSED} and {@link #LOOPS} are code for it.
 */
public enum Engine {
    /** {@link #FUSED} where it can, else {@link #LOOPS} where it can; else {@link #PLAN}. */
    AUTO,
    /** Code generated for the function: small functions of floating numbers. */
    FUSED,
    /** Loops over tiles of the batch: float64 functions whose operations have code. */
    LOOPS,
    /** ND4J operations on tiles of the batch: anything, on the CPU or by ND4J's CUDA library. */
    PLAN,
    /** The exported graph, run by SameDiff: slow, never chosen by itself, for comparison. */
    SAMEDIFF;

    /** The name in settings and on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
