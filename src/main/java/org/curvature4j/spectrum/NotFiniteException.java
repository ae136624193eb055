package org.curvature4j.spectrum;

/** A matrix has an entry that is NaN or infinite, so that it has no eigenvalues. */
public final class NotFiniteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NotFiniteException(String message) {
        super(message);
    }
}
