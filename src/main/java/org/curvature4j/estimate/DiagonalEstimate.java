package org.curvature4j.estimate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.curvature4j.internal.text.Arguments;

/** An estimated diagonal and how sure each of its numbers is. Immutable. */
public final class DiagonalEstimate {
    private final String method;
    private final double[] values;
    private final double[] standardErrors;
    private final int probes;
    private final int products;
    private final long seed;
    private final boolean exact;

    /** Takes the arrays over. */
    DiagonalEstimate(
            String method,
            double[] values,
            double[] standardErrors,
            int probes,
            int products,
            long seed,
            boolean exact) {
        this.method = method;
        this.values = values;
        this.standardErrors = standardErrors;
        this.probes = probes;
        this.products = products;
        this.seed = seed;
        this.exact = exact;
    }

    /** How it was estimated, in words. */
    public String method() {
        return method;
    }

    /** The n estimates; a new array. */
    public double[] values() {
        return values.clone();
    }

    /**
     * The estimated standard deviation of each value over seeds; 0 where nothing random entered, as everywhere if the
     * diagonal is exact. A new array.
     */
    public double[] standardErrors() {
        return standardErrors.clone();
    }

    /** Random vectors that the standard errors are taken from; 0 if none were needed. */
    public int probes() {
        return probes;
    }

    /** Products with the operator and its adjoint that were computed. */
    public int products() {
        return products;
    }

    /** What the random numbers came from. */
    public long seed() {
        return seed;
    }

    /** Whether the values are exact but for rounding: computed by products with unit vectors. */
    public boolean isExact() {
        return exact;
    }

    /**
     * Where one entry lies with this probability, by Student's t distribution as in {@link Estimate#confidenceInterval}.
     *
     * @param i which entry, counted from 0
     */
    public Estimate.Interval confidenceInterval(int i, double level) {
        return entry(i).confidenceInterval(level);
    }

    /** One entry with its standard error, as a number of its own. */
    public Estimate entry(int i) {
        Arguments.requireIndex("diagonal", i, values.length);
        return new Estimate("diagonal entry " + i, method, values[i], standardErrors[i], probes, products, seed, exact);
    }

    /** The estimate in two lines of text. */
    public String report() {
        DoubleStream all = Arrays.stream(values);
        return String.format(
                Locale.ROOT,
                "diagonal of %,d numbers, from %.6g to %.6g, %s%n%s, %,d products",
                values.length,
                all.min().orElse(Double.NaN),
                Arrays.stream(values).max().orElse(Double.NaN),
                exact
                        ? "exact but for rounding"
                        : String.format(
                                Locale.ROOT,
                                "standard errors up to %.2g",
                                Arrays.stream(standardErrors).max().orElse(0)),
                method + (exact ? "" : ", " + probes + " probes, seed " + seed),
                products);
    }

    @Override
    public String toString() {
        return report().lines().findFirst().orElse("");
    }
}
