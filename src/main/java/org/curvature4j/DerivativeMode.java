package org.curvature4j;

/** How a Jacobian is computed; the results agree to rounding. */
public enum DerivativeMode {
    /** A Jacobian-vector product for each element of the input: best where inputs are fewer than outputs. */
    FORWARD,
    /** A vector-Jacobian product for each element of the output. */
    REVERSE,
    /** The one with fewer products. */
    AUTO;

    /** Whether a function of so many inputs and outputs is differentiated by a jvp for each input. */
    public boolean isForward(long inputs, long outputs) {
        return this == FORWARD || (this == AUTO && inputs <= outputs);
    }
}
