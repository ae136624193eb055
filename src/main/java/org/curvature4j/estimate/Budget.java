package org.curvature4j.estimate;

import org.curvature4j.internal.text.Arguments;
import org.curvature4j.stream.Progress;

/**
 * How much an estimate may cost, and which random numbers it takes. Immutable: {@code Budget.of(100).seed(7)}.
 *
 * @param products the most products with the operator (and its adjoint) that are computed
 * @param seed decides all random numbers; the same seed gives the same bits
 * @param progress hears of every product that is done
 */
public record Budget(int products, long seed, Progress progress) {
    public Budget {
        Arguments.refuseIf(products < 1, "products", "at least 1", products);
    }

    /** So many products, seed 0, nobody listening. */
    public static Budget of(int products) {
        return new Budget(products, 0, Progress.NONE);
    }

    /** The same with another seed. */
    public Budget seed(long other) {
        return new Budget(products, other, progress);
    }

    /** The same with somebody listening. */
    public Budget progress(Progress listener) {
        return new Budget(products, seed, listener);
    }

    void requireAtLeast(int least, String method) {
        if (products < least) {
            throw new IllegalArgumentException("products: expected at least " + least + " for " + method
                    + " and its standard error, got " + products);
        }
    }

    @Override
    public String toString() {
        return "at most " + products + " products, seed " + seed;
    }
}
