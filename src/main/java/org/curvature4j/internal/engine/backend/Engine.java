package org.curvature4j.internal.engine.backend;

import java.util.Locale;

/** What computes a function of single points. All agree to rounding. */
public enum Engine {
    /** On the CPU {@link #FUSED} where it can, else {@link #LOOPS} where it can; else {@link #PLAN}. */
    AUTO,
    /** Code generated for the function, on the CPU: small functions of floating numbers. */
    FUSED,
    /** Loops over Java arrays on tiles of the batch, on the CPU: float64 functions whose operations have code. */
    LOOPS,
    /** ND4J operations on tiles of the batch: anything, on CPU and CUDA. */
    PLAN,
    /** The exported graph, run by SameDiff: slow, never chosen by itself, for comparison. */
    SAMEDIFF;

    /** The name in settings and on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
