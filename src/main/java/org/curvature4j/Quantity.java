package org.curvature4j;

/** What there is to compute of a function at a point. */
public enum Quantity {
    /** The function's result: [m]. */
    VALUE,
    /** The gradient of a function with one result: [n]. */
    GRADIENT,
    /** The Jacobian, in the mode with fewer products: [m, n]. */
    JACOBIAN,
    /** The Hessian of a function with one result: [n, n], symmetric to the last bit. */
    HESSIAN
}
