package org.curvature4j.krylov;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Which eigenpairs to find and how. Immutable; start from {@link #top} or one of its neighbours and change what differs:
 * {@code LanczosOptions.top(20).tolerance(1e-6).seed(3)}.
 */
public final class LanczosOptions {
    private static final double DEFAULT_TOLERANCE = 1e-10;

    final SpectrumEnd end;
    final int count;
    double tolerance = DEFAULT_TOLERANCE;
    int basisSize;
    int mostProducts;
    int plainSteps;
    boolean measured;
    boolean vectors = true;
    long seed;
    double @Nullable [] start;
    int threads = Runtime.getRuntime().availableProcessors();
    LanczosProgress progress = LanczosProgress.NONE;

    private LanczosOptions(SpectrumEnd end, int count) {
        this.end = end;
        this.count = count;
        basisSize = Math.multiplyExact(2, Math.addExact(count, 10));
        mostProducts = Math.multiplyExact(100, Math.addExact(count, 10));
    }

    /** The {@code count} largest eigenvalues, at least 1. */
    public static LanczosOptions top(int count) {
        return of(SpectrumEnd.TOP, count);
    }

    /** The {@code count} smallest eigenvalues, at least 1. */
    public static LanczosOptions bottom(int count) {
        return of(SpectrumEnd.BOTTOM, count);
    }

    /** {@code count} eigenvalues, at least 1: half of them from the top and half from the bottom, an odd one from the top. */
    public static LanczosOptions bothEnds(int count) {
        return of(SpectrumEnd.BOTH, count);
    }

    /** The {@code count} eigenvalues of largest magnitude, at least 1. */
    public static LanczosOptions largestMagnitude(int count) {
        return of(SpectrumEnd.MAGNITUDE, count);
    }

    /** {@code count} eigenvalues, at least 1, from an end. */
    public static LanczosOptions of(SpectrumEnd end, int count) {
        Arguments.refuseIf(count < 1, "count", "at least 1 eigenpair", count);
        return new LanczosOptions(end, count);
    }

    /**
     * The same with another tolerance, relative to the largest magnitude of a Ritz value: a pair has converged when its
     * residual is at most that. 1e-10 by default; rounding stops residuals near 1e-15.
     *
     * @param relative above 0 and below 1
     */
    public LanczosOptions tolerance(double relative) {
        Arguments.refuseIf(!(relative > 0 && relative < 1), "tolerance", "a number between 0 and 1", relative);
        return with(copy -> copy.tolerance = relative);
    }

    /**
     * The same with this many vectors kept at once, and one more: what sets the memory. 2 (count + 10) by default. Larger
     * ones take fewer products, up to a point.
     *
     * @param size at least count + 4
     */
    public LanczosOptions basisSize(int size) {
        Arguments.refuseIf(size < count + 4, "basis size", "at least " + (count + 4) + forPairs(), size);
        return with(copy -> copy.basisSize = size);
    }

    /**
     * The same with this many products at most, 100 (count + 10) by default. Where they are used up, the result says
     * which pairs have converged.
     *
     * @param products at least count
     */
    public LanczosOptions mostProducts(int products) {
        Arguments.refuseIf(products < count, "most products", "at least " + count + forPairs(), products);
        return with(copy -> copy.mostProducts = products);
    }

    /**
     * The same by one plain Lanczos run of exactly this many products (of n, if n is less), neither restarted nor
     * verified: all vectors are kept, and copies of repeated eigenvalues are missed.
     *
     * @param steps at least count
     */
    public LanczosOptions plainSteps(int steps) {
        Arguments.refuseIf(steps < count, "plain steps", "at least " + count + forPairs(), steps);
        return with(copy -> copy.plainSteps = steps);
    }

    /** The same with residuals measured by one more product for each pair at the end, instead of by the recurrence. */
    public LanczosOptions measuredResiduals() {
        Arguments.refuseIf(!vectors, "measured residuals", "options with vectors", "values only");
        return with(copy -> copy.measured = true);
    }

    /** The same without vectors in the result. A plain run is faster then, and its values may differ in their last digits. */
    public LanczosOptions valuesOnly() {
        Arguments.refuseIf(measured, "values only", "options without measured residuals", "some, which take vectors");
        return with(copy -> copy.vectors = false);
    }

    /** The same with other random numbers, 0 by default. */
    public LanczosOptions seed(long number) {
        return with(copy -> copy.seed = number);
    }

    /**
     * The same begun from a vector of yours instead of a random one. Where it has nothing of a wanted eigenvector, a
     * verified search finds that later.
     *
     * @param vector n numbers, not all 0; copied
     */
    public LanczosOptions start(double... vector) {
        double[] own = vector.clone();
        return with(copy -> copy.start = own);
    }

    /** The same with this many threads at most for the work on vectors; results are the same bits for any number. */
    public LanczosOptions threads(int most) {
        Arguments.refuseIf(most < 1, "threads", "at least 1", most);
        return with(copy -> copy.threads = most);
    }

    /** The same with a listener. */
    public LanczosOptions progress(LanczosProgress listener) {
        return with(copy -> copy.progress = Objects.requireNonNull(listener));
    }

    /** A copy, changed before anybody sees it. */
    private LanczosOptions with(Consumer<LanczosOptions> change) {
        LanczosOptions copy = new LanczosOptions(end, count);
        copy.tolerance = tolerance;
        copy.basisSize = basisSize;
        copy.mostProducts = mostProducts;
        copy.plainSteps = plainSteps;
        copy.measured = measured;
        copy.vectors = vectors;
        copy.seed = seed;
        copy.start = start;
        copy.threads = threads;
        copy.progress = progress;
        change.accept(copy);
        return copy;
    }

    private String forPairs() {
        return " for " + count + " eigenpairs";
    }

    @Override
    public String toString() {
        return count + " eigenvalues (" + end.name().toLowerCase(Locale.ROOT) + ")" + (vectors ? " with vectors" : "")
                + " to " + Numbers.brief(tolerance) + ", basis of " + basisSize + ", at most " + mostProducts
                + " products, seed " + seed;
    }
}
