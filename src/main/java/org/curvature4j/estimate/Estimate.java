package org.curvature4j.estimate;

import java.util.Locale;
import org.curvature4j.internal.text.Arguments;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * An estimated number and how sure it is. Immutable.
 *
 * <p>The true number lies within two standard errors about 95 times in 100 where there are many probes; with few the
 * standard error is itself uncertain, and {@link #confidenceInterval} widens by Student's factor.
 *
 * @param quantity what is estimated, in words
 * @param method how, in words
 * @param value the estimate
 * @param standardError the estimated standard deviation of the value over seeds; 0 if it is exact
 * @param probes random vectors that the standard error is taken from; 0 if none were needed
 * @param products products with the operator that were computed
 * @param seed what the random numbers came from
 * @param exact whether the value is exact but for rounding: computed by products with unit vectors
 */
public record Estimate(
        String quantity,
        String method,
        double value,
        double standardError,
        int probes,
        int products,
        long seed,
        boolean exact) {

    /**
     * Both ends of an interval.
     *
     * @param low the lower end
     * @param high the upper end
     */
    public record Interval(double low, double high) {
        /** Whether a number lies in it, the ends included. */
        public boolean contains(double number) {
            return number >= low && number <= high;
        }
    }

    /** The standard error by the magnitude of the value; 0 if the value is exact, infinite for a value of 0 that isn't. */
    public double relativeStandardError() {
        return standardError == 0 ? 0 : standardError / Math.abs(value);
    }

    /**
     * Where the true number lies with this probability, by Student's t distribution with {@code probes - 1} degrees of
     * freedom. Right as far as the probes' numbers are about normal: less so for few probes of an operator that one
     * eigenvalue dominates.
     *
     * @param level the probability, strictly between 0 and 1, such as 0.95
     */
    public Interval confidenceInterval(double level) {
        Arguments.refuseIf(!(level > 0 && level < 1), "level", "a number between 0 and 1", level);
        if (standardError == 0) {
            return new Interval(value, value);
        }
        double reach = standardError * new TDistribution(probes - 1).inverseCumulativeProbability((1 + level) / 2);
        return new Interval(value - reach, value + reach);
    }

    /** The estimate in two lines of text. */
    public String report() {
        if (exact) {
            return String.format(
                    Locale.ROOT,
                    "%s %.10g, exact but for rounding%n%s, %,d products",
                    quantity,
                    value,
                    method,
                    products);
        }
        Interval interval = confidenceInterval(0.95);
        return String.format(
                Locale.ROOT,
                "%s %.6g, standard error %.2g; with 95%% confidence from %.6g to %.6g%n%s, %,d probes, %,d products, seed %d",
                quantity,
                value,
                standardError,
                interval.low(),
                interval.high(),
                method,
                probes,
                products,
                seed);
    }

    @Override
    public String toString() {
        return report().lines().findFirst().orElse("");
    }
}
