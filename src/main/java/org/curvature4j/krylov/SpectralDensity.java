package org.curvature4j.krylov;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;

/**
 * The distribution of all n eigenvalues of a symmetric operator, by stochastic Lanczos quadrature: for a random vector v
 * of norm 1, v'f(A)v is on average the mean of f over the spectrum, and m Lanczos steps from v give a Gauss quadrature
 * for it, exact for polynomials up to degree 2 m - 1 (Ubaru, Chen, Saad: Fast estimation of tr(f(A)) via stochastic
 * Lanczos quadrature, SIAM J. Matrix Anal. Appl. 38 (2017), algorithm 1; Ghorbani, Krishnan, Xiao: An investigation into
 * neural net optimization via Hessian eigenvalue density, ICML 2019, section 2). Immutable.
 *
 * <p>Probes are uniform on the sphere. Reorthogonalisation, as often as it is needed, keeps copies of eigenvalues ("ghosts") out; a probe in an
 * invariant space ends early, and exactly. Up to 32 probes go in step, so that an operator can share the work of their
 * products, as many as an eighth of the heap holds the vectors of; each gives the same bits as alone. Probes whose vectors lie in a
 * device's memory go one by one.
 */
public final class SpectralDensity {
    /**
     * The factor by which a Gaussian falls over half the distance of two Ritz values, by which the default width is
     * set (Lin, Saad, Yang: Approximating spectral densities of large matrices, SIAM Review 58 (2016), section 3.2.3).
     */
    private static final double FALL = 1.25;

    /** Where all eigenvalues are one: the width as a share of it. */
    private static final double WIDTH_OF_ONE = 1e-3;

    /** Beyond this many widths a Gaussian is left out: it is 1e-31 of its peak there. */
    private static final double REACH = 12;

    /** What share of the heap the vectors of several probes may take. */
    private static final int SHARE_OF_HEAP = 8;

    /** Widths beyond the last Ritz value after which a Gaussian has fallen to 1e-9 of its peak. */
    private static final double REST = 6.5;

    private final int dimension;
    private final Probe[] probes;
    private final StepDistribution distribution;
    private final double width;

    private SpectralDensity(int dimension, Probe[] probes, double width) {
        this.dimension = dimension;
        this.probes = probes;
        distribution =
                StepDistribution.of(Arrays.stream(probes).map(Probe::whole).toArray(Quadrature[]::new));
        this.width = width > 0 ? width : defaultWidth();
    }

    /**
     * Estimates the density, with steps x probes products at most.
     *
     * @throws IllegalArgumentException if the operator isn't symmetric, or a product isn't finite
     */
    public static SpectralDensity of(LinearOperator operator, DensityOptions options) {
        return of(operator, options, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** @param bytes that the vectors of probes that go in step may take; those of one probe in any case */
    static SpectralDensity of(LinearOperator operator, DensityOptions options, long bytes) {
        return new SpectralDensity(operator.columns(), Probes.of(operator, options, bytes), 0);
    }

    /** Rows of the operator, n. */
    public int dimension() {
        return dimension;
    }

    /** Random vectors that were used. */
    public int probes() {
        return probes.length;
    }

    /** Products with the operator that were taken. */
    public int products() {
        return Arrays.stream(probes).mapToInt(Probe::products).sum();
    }

    /** The Ritz values of a probe, ascending, a new array. */
    public double[] nodes(int probe) {
        return probes[probe].whole().nodes().clone();
    }

    /** The weights of a probe's Ritz values, which add up to 1, a new array. */
    public double[] weights(int probe) {
        return probes[probe].whole().weights().clone();
    }

    /** The smallest Ritz value: at least the smallest eigenvalue, and near it. */
    public double smallest() {
        return distribution.smallest();
    }

    /** The largest Ritz value: at most the largest eigenvalue, and near it. */
    public double largest() {
        return distribution.largest();
    }

    /**
     * The standard deviation of the Gaussians that take the place of Ritz values, in units of the operator.
     *
     * <p>By default so that two of them at the mean distance d of m Ritz values, (largest - smallest) / m, run into each
     * other: a Gaussian has fallen by the factor 1.25 halfway between them, at d / (2 sqrt(2 ln 1.25)). Details that are
     * smaller, as in a bulk that is narrow beside its outliers, show with a smaller width.
     */
    public double width() {
        return width;
    }

    /** The same density with Gaussians of another standard deviation, above 0, in units of the operator. */
    public SpectralDensity withWidth(double standardDeviation) {
        if (!(standardDeviation > 0 && Double.isFinite(standardDeviation))) {
            throw new IllegalArgumentException("width: expected a finite number above 0, got " + standardDeviation);
        }
        return new SpectralDensity(dimension, probes, standardDeviation);
    }

    private double defaultWidth() {
        int steps = Arrays.stream(probes).mapToInt(Probe::products).max().orElseThrow();
        double distance = largest() / steps - smallest() / steps;
        double size = Math.max(Math.abs(largest()), Math.abs(smallest()));
        double resolved = distance / (2 * Math.sqrt(2 * Math.log(FALL)));
        if (resolved > Math.ulp(1.0) * steps * size) {
            return resolved;
        }
        return size > 0 ? WIDTH_OF_ONE * size : WIDTH_OF_ONE;
    }

    /**
     * The broadened density at some places: the share of the eigenvalues per unit of the operator, with integral 1. Its
     * peaks are as narrow as the width, so take the places at most that far apart.
     *
     * @param places any finite numbers
     * @return a new array
     */
    public double[] density(double... places) {
        double peak = 1 / (width * Math.sqrt(2 * Math.PI)) / probes.length;
        double[] sums = new double[places.length];
        for (Probe probe : probes) {
            double[] nodes = probe.whole().nodes();
            double[] weights = probe.whole().weights();
            for (int i = 0; i < nodes.length; i++) {
                for (int at = 0; at < places.length; at++) {
                    double distance = (places[at] - nodes[i]) / width;
                    if (Math.abs(distance) < REACH) {
                        sums[at] += weights[i] * peak * Math.exp(-0.5 * distance * distance);
                    }
                }
            }
        }
        return sums;
    }

    /** Evenly spaced places that hold all Ritz values and 6.5 widths beyond, a new array of {@code count}, at least 2. */
    public double[] grid(int count) {
        Arguments.refuseIf(count < 2, "grid", "at least 2 places", count);
        double first = smallest() - REST * width;
        double last = largest() + REST * width;
        double[] places = new double[count];
        Arrays.setAll(places, i -> first + (last / (count - 1) - first / (count - 1)) * i);
        return places;
    }

    /** The share of the eigenvalues up to a value, of the quadrature itself without broadening; {@link #bounds} bound it. */
    public double cumulative(double value) {
        return distribution.upTo(value);
    }

    /** As {@link #cumulative}, with how far the probes leave it open: one probe weighs the eigenvalues at random. */
    public SpectralSum share(double value) {
        return estimate(node -> node <= value ? 1 : 0, 1);
    }

    /**
     * Between which the share of the eigenvalues up to a value lies, as far as these probes see the spectrum: a Ritz value
     * stands for eigenvalues from the one before it to the one after (the separation theorem of Chebyshev, Markov and
     * Stieltjes: Szegoe, Orthogonal Polynomials, section 3.41). More steps bring the two together.
     *
     * @return the least and the largest share
     */
    public double[] bounds(double value) {
        double[] bounds = new double[2];
        for (Probe probe : probes) {
            double[] nodes = probe.whole().nodes();
            double[] weights = probe.whole().weights();
            // After a breakdown the eigenvalues that the probe sees are its Ritz values.
            boolean exact = nodes.length == dimension
                    || Arrays.equals(nodes, probe.partial().nodes());
            int below = (int) Arrays.stream(nodes).filter(node -> node <= value).count();
            int least = exact ? below : Math.max(0, below - 1);
            int most = exact ? below : Math.min(nodes.length, below + 1);
            bounds[0] += Arrays.stream(weights, 0, least).sum() / probes.length;
            bounds[1] += Arrays.stream(weights, 0, most).sum() / probes.length;
        }
        return bounds;
    }

    /**
     * How far the quadrature itself, without broadening, lies from a set of eigenvalues: the Wasserstein distance of
     * order 1, the mean distance over which shares would have to be moved, in units of the operator.
     *
     * @param eigenvalues any number from one up, in any order; not modified
     */
    public double wasserstein(double... eigenvalues) {
        if (eigenvalues.length == 0 || !Vectors.areFinite(eigenvalues)) {
            throw new IllegalArgumentException("eigenvalues: expected finite numbers, at least one");
        }
        return distribution.distance(StepDistribution.of(eigenvalues));
    }

    /** The mean of a power of the eigenvalues, 1 or higher. */
    public SpectralSum moment(int power) {
        Arguments.refuseIf(power < 1, "moment", "a power of at least 1", power);
        return estimate(value -> Math.pow(value, power), 1);
    }

    /**
     * A check on the quadratures: their first two moments against v'Av and |Av|^2 as measured by the first product of
     * each probe v. The largest difference, relative to |Av| and |Av|^2; rounding alone leaves about 1e-15.
     */
    public double momentError() {
        return Arrays.stream(probes).mapToDouble(Probe::momentError).max().orElseThrow();
    }

    /** The sum of the eigenvalues. */
    public SpectralSum trace() {
        return trace(value -> value);
    }

    /**
     * The sum of a function over all eigenvalues, tr f(A).
     *
     * @param function smooth on the spectrum, for the quadrature to be good
     */
    public SpectralSum trace(DoubleUnaryOperator function) {
        return estimate(function, dimension);
    }

    /**
     * The logarithm of the determinant of a positive definite operator.
     *
     * @throws IllegalStateException if a Ritz value isn't positive beyond rounding, as then an eigenvalue isn't
     */
    public SpectralSum logDeterminant() {
        double rounding = Math.ulp(1.0) * Math.max(Math.abs(largest()), Math.abs(smallest()));
        if (!(smallest() > rounding)) {
            throw new IllegalStateException(
                    "log-determinant: expected a positive definite operator, got a Ritz value of " + smallest()
                            + " (add a positive multiple of the identity, as in operator.plusIdentity(1e-3))");
        }
        return trace(Math::log);
    }

    /**
     * The effective dimension, the sum of lambda / (lambda + alpha): how many directions the data decide against a prior
     * of precision alpha.
     *
     * @param alpha above 0, in units of the operator
     * @throws IllegalStateException if a Ritz value is -alpha or less
     */
    public SpectralSum effectiveDimension(double alpha) {
        Arguments.refuseIf(!(alpha > 0 && Double.isFinite(alpha)), "alpha", "a finite number above 0", alpha);
        if (smallest() <= -alpha) {
            throw new IllegalStateException("effective dimension: expected eigenvalues above " + -alpha
                    + ", got a Ritz value of " + smallest() + " (choose a larger alpha, or a Gauss-Newton operator)");
        }
        return trace(value -> value / (value + alpha));
    }

    private SpectralSum estimate(DoubleUnaryOperator function, double factor) {
        double[] single = Arrays.stream(probes)
                .mapToDouble(probe -> factor * probe.whole().integral(function))
                .toArray();
        double[] partial = Arrays.stream(probes)
                .mapToDouble(probe -> factor * probe.partial().integral(function))
                .toArray();
        int count = probes.length;
        double mean = DoubleStream.of(single).sum() / count;
        double variance = IntStream.range(0, count)
                        .mapToDouble(i -> (single[i] - mean) * (single[i] - mean))
                        .sum()
                / (count - 1);
        double earlier = DoubleStream.of(partial).sum() / count;
        return new SpectralSum(mean, count > 1 ? Math.sqrt(variance / count) : Double.NaN, Math.abs(mean - earlier));
    }

    @Override
    public String toString() {
        return "density of " + dimension + " eigenvalues from " + Numbers.brief(smallest()) + " to "
                + Numbers.brief(largest()) + ", " + probes.length + " probes, " + products() + " products";
    }
}
