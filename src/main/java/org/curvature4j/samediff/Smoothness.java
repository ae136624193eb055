package org.curvature4j.samediff;

/** How differentiable an operation is: what a user must know before reading a second derivative of it. */
public enum Smoothness {
    /** Every derivative exists inside the operation's domain. */
    SMOOTH("smooth"),
    /** Continuous, but a derivative jumps somewhere; at the jump one side or the average is taken, as noted. */
    KINKS("kinks"),
    /** Jumps somewhere. Derivatives are those between the jumps: zero for a comparison, which is constant there. */
    STEP("steps");

    private final String label;

    Smoothness(String label) {
        this.label = label;
    }

    /** The word that tables and reports show. */
    public String label() {
        return label;
    }
}
