package org.curvature4j.optimize;

/** Why a minimisation ended. */
public enum EndReason {
    /** The gradient is as small as asked for, and no negative curvature was found where it is looked for. */
    GRADIENT_SMALL("the gradient is as small as asked for"),
    /** The gradient is small and the curvature negative, and no step along it lowers the value. */
    SADDLE("a saddle whose negative curvature leads nowhere lower in this precision"),
    /** So many iterations as allowed were made. */
    ITERATIONS("no iterations were left"),
    /** No step makes the value or the gradient smaller, in the precision of the values. */
    NO_PROGRESS("no step makes the value smaller in its precision"),
    /** The value fell below the limit set for it: there is no minimum in this direction. */
    UNBOUNDED("the value falls without bound");

    private final String words;

    EndReason(String words) {
        this.words = words;
    }

    /** The reason in a clause. */
    public String words() {
        return words;
    }
}
