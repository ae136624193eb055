package org.curvature4j.spectrum;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.curvature4j.internal.text.Numbers;

/**
 * What a batch of spectra comes to: counts by class, extremes with the index of their matrix, and a histogram of all
 * eigenvalues. Filled one spectrum at a time, so that a stream of tiles can be summed up on the way, in fixed memory.
 *
 * <p>The order of adding and merging doesn't matter: the same spectra give the same summary on any number of threads, in
 * tiles of any size, and when a run was interrupted and went on from {@link #state()}. Used by one thread at a time.
 */
public final class SpectraSummary {

    /**
     * A number and where it was found.
     *
     * @param value the number; NaN if there was none
     * @param index of the matrix, the smallest of a tie; -1 if there was none
     */
    public record Extreme(double value, long index) {
        static final Extreme NONE = new Extreme(Double.NaN, -1);

        Extreme orLarger(double other, long at) {
            return other > value || isFirst(other, at) ? new Extreme(other, at) : this;
        }

        Extreme orSmaller(double other, long at) {
            return other < value || isFirst(other, at) ? new Extreme(other, at) : this;
        }

        private boolean isFirst(double other, long at) {
            return index < 0 ? !Double.isNaN(other) : other == value && at < index;
        }
    }

    /** Further below 1 than rounding of a product and a quotient reaches. */
    private static final double SURELY_LESS = 1 - 0x1p-50;

    private final long[] counts;
    private final EigenvalueHistogram histogram;
    private Extreme smallest;
    private Extreme largest;
    private Extreme worstCondition;

    /** An empty one. */
    public SpectraSummary() {
        this(
                new long[Classification.values().length],
                Extreme.NONE,
                Extreme.NONE,
                Extreme.NONE,
                new EigenvalueHistogram());
    }

    /** Takes the array and the histogram over. */
    SpectraSummary(
            long[] counts, Extreme smallest, Extreme largest, Extreme worstCondition, EigenvalueHistogram histogram) {
        this.counts = counts;
        this.smallest = smallest;
        this.largest = largest;
        this.worstCondition = worstCondition;
        this.histogram = histogram;
    }

    /**
     * The summary that had this state.
     *
     * @param state as {@link #state()} gave it
     * @throws IllegalArgumentException if it is no such state, or one of a version that this library doesn't read
     */
    public static SpectraSummary of(long[] state) {
        return SummaryState.read(state);
    }

    /**
     * Adds one spectrum, in any order.
     *
     * @param index of the matrix in the batch
     * @param values its eigenvalues, ascending
     * @param tolerance magnitude up to which an eigenvalue counts as zero
     * @param errorBound how far an eigenvalue may lie from the true one
     */
    public void add(long index, double[] values, double tolerance, double errorBound) {
        addSpectrum(index, values, 0, values.length, tolerance, errorBound);
        histogram.addAll(values, values.length);
    }

    /**
     * Adds the spectra of a block, one after the other.
     *
     * @param first index of the first matrix
     * @param count how many
     * @param values their eigenvalues, ascending in each
     * @param errorBounds one for each
     */
    void addAll(long first, int count, int order, double[] values, double[] errorBounds, SpectrumOptions options) {
        for (int i = 0; i < count; i++) {
            double tolerance = options.toleranceFor(errorBounds[i]);
            addSpectrum(first + i, values, i * order, (i + 1) * order, tolerance, errorBounds[i]);
        }
        histogram.addAll(values, count * order);
    }

    private void addSpectrum(long index, double[] values, int start, int end, double tolerance, double errorBound) {
        counts[place(Classification.ofAscending(values, start, end, tolerance, errorBound))]++;
        if (start == end) {
            return;
        }
        double first = values[start];
        double last = values[end - 1];
        // Nearly all say no here; NaN, where there was none, says yes.
        if (!(first > smallest.value)) {
            smallest = smallest.orSmaller(first, index);
        }
        if (!(last < largest.value)) {
            largest = largest.orLarger(last, index);
        }
        double high = Math.max(Math.abs(first), Math.abs(last));
        double sure = tolerance + errorBound;
        double low = SummaryKernel.least(values, start, 1, end - start, high, sure);
        // Few divisions: not for ratios of 1, which plane saddles have everywhere, nor far below the largest until now.
        boolean alike = low == high && worstCondition.value >= 1 && index > worstCondition.index;
        if (high > sure && !alike && !(high < worstCondition.value * low * SURELY_LESS)) {
            worstCondition = worstCondition.orLarger(high / low, index);
        }
    }

    /** Adds all that another one has; of a tie between extremes the smallest index stays. */
    public void merge(SpectraSummary other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        smallest = smallest.orSmaller(other.smallest.value, other.smallest.index);
        largest = largest.orLarger(other.largest.value, other.largest.index);
        worstCondition = worstCondition.orLarger(other.worstCondition.value, other.worstCondition.index);
        histogram.merge(other.histogram);
    }

    /** How many spectra were added. */
    public long size() {
        long size = 0;
        for (long count : counts) {
            size += count;
        }
        return size;
    }

    /** How many spectra fell into each class; every class is there, in the order of the enum. */
    public Map<Classification, Long> counts() {
        Map<Classification, Long> map = new EnumMap<>(Classification.class);
        for (Classification classification : Classification.values()) {
            map.put(classification, counts[place(classification)]);
        }
        return Collections.unmodifiableMap(map);
    }

    /** The smallest eigenvalue of all. */
    public Extreme smallest() {
        return smallest;
    }

    /** The largest eigenvalue of all. */
    public Extreme largest() {
        return largest;
    }

    /** The largest {@link Spectrum#effectiveConditionNumber()} of all. */
    public Extreme worstCondition() {
        return worstCondition;
    }

    /** Where the eigenvalues lie; not a copy. */
    public EigenvalueHistogram histogram() {
        return histogram;
    }

    /**
     * All that this summary knows, to be kept in a file and given to {@link #of}; equal summaries have equal states.
     * Fifteen numbers, and two for each bin of the histogram that isn't empty.
     */
    public long[] state() {
        return SummaryState.write(this);
    }

    /** Once a matrix, so that a map's boxed numbers would show; the array never leaves this package. */
    @SuppressWarnings("EnumOrdinal") // the places are fixed by the states in files, and by ClassKernel
    private static int place(Classification classification) {
        return classification.ordinal();
    }

    @Override
    public String toString() {
        return "spectra of " + size() + " matrices: eigenvalues from " + Numbers.brief(smallest.value) + " to "
                + Numbers.brief(largest.value);
    }
}
