package org.curvature4j.spectrum;

/**
 * A matrix can't be decomposed: what the native library returned doesn't fit the matrix, and neither does what Java code
 * found in its place, or neither converged.
 */
public final class UnverifiedResultException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** @param message of what no result fits, for people */
    public UnverifiedResultException(String message) {
        super(message);
    }
}
