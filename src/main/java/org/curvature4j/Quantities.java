package org.curvature4j;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was computed of a function together, at one point or at a batch of B, made by {@link PreparedDerivatives}. Immutable,
 * but for the arrays, which are the caller's.
 *
 * @param <A> Java's arrays of numbers, row-major, or ND4J's
 */
public final class Quantities<A> {
    private final Map<Quantity, A> computed;

    Quantities(Map<Quantity, A> computed) {
        this.computed = new EnumMap<>(computed);
    }

    /**
     * One of them.
     *
     * @throws IllegalStateException if it wasn't asked for
     */
    public A get(Quantity quantity) {
        A found = computed.get(quantity);
        if (found == null) {
            throw new IllegalStateException(quantity.words() + ": expected one of " + computed.keySet()
                    + ", which were prepared, got another (name it in prepare)");
        }
        return found;
    }

    /** The value: [] or [B] of a function with one result, else [m] or [B, m]. */
    public A value() {
        return get(Quantity.VALUE);
    }

    /** The gradient: [n] or [B, n]. */
    public A gradient() {
        return get(Quantity.GRADIENT);
    }

    /** The Jacobian: [m, n] or [B, m, n]. */
    public A jacobian() {
        return get(Quantity.JACOBIAN);
    }

    /** The Laplacian: [] or [B]. */
    public A laplacian() {
        return get(Quantity.LAPLACIAN);
    }

    /** The Hessian, symmetric to the last bit: [n, n] or [B, n, n]. */
    public A hessian() {
        return get(Quantity.HESSIAN);
    }

    @Override
    public String toString() {
        return "computed together: " + computed.keySet();
    }
}
