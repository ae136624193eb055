package org.curvature4j;

/** What there is to compute of a function at a point of n numbers. */
public enum Quantity {
    /** The function's result: [m]. */
    VALUE("value"),
    /** The gradient of a function with one result: [n]. */
    GRADIENT("gradient"),
    /** The Jacobian, in the mode with fewer products: [m, n]. */
    JACOBIAN("Jacobian"),
    /** The Laplacian of a function with one result, the trace of the Hessian: []. */
    LAPLACIAN("Laplacian"),
    /** The Hessian of a function with one result: [n, n], symmetric to the last bit. */
    HESSIAN("Hessian");

    private final String words;

    Quantity(String words) {
        this.words = words;
    }

    /** What it is called. */
    String words() {
        return words;
    }
}
