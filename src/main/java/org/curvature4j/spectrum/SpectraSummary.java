package org.curvature4j.spectrum;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a batch of spectra comes to: counts by class and extremes with the index of their matrix. Filled one spectrum at
 * a time, so that a stream of tiles can be summed up on the way; used by one thread at a time.
 */
public final class SpectraSummary {

    /**
     * A number and where it was found.
     *
     * @param value the number; NaN if there was none
     * @param index of the matrix, the smallest of a tie; -1 if there was none
     */
    public record Extreme(double value, long index) {
        private static final Extreme NONE = new Extreme(Double.NaN, -1);

        private Extreme orLarger(double other, long at) {
            return other > value || isFirst(other, at) ? new Extreme(other, at) : this;
        }

        private Extreme orSmaller(double other, long at) {
            return other < value || isFirst(other, at) ? new Extreme(other, at) : this;
        }

        private boolean isFirst(double other, long at) {
            return index < 0 ? !Double.isNaN(other) : other == value && at < index;
        }
    }

    private final Map<Classification, Long> counts = new EnumMap<>(Classification.class);
    private Extreme smallest = Extreme.NONE;
    private Extreme largest = Extreme.NONE;
    private Extreme worstCondition = Extreme.NONE;

    /**
     * Adds one spectrum, in any order.
     *
     * @param index of the matrix in the batch
     * @param values its eigenvalues, ascending
     * @param tolerance magnitude up to which an eigenvalue counts as zero
     * @param errorBound how far an eigenvalue may lie from the true one
     */
    public void add(long index, double[] values, double tolerance, double errorBound) {
        counts.merge(Classification.of(values, tolerance, errorBound), 1L, Long::sum);
        if (values.length > 0) {
            smallest = smallest.orSmaller(values[0], index);
            largest = largest.orLarger(values[values.length - 1], index);
            worstCondition = worstCondition.orLarger(ConditionNumber.effective(values, tolerance), index);
        }
    }

    /** How many spectra fell into each class; every class is there, in the order of the enum. */
    public Map<Classification, Long> counts() {
        Map<Classification, Long> map = new EnumMap<>(Classification.class);
        for (Classification classification : Classification.values()) {
            map.put(classification, counts.getOrDefault(classification, 0L));
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

    /** The largest {@link SymmetricSpectrum#effectiveConditionNumber()} of all. */
    public Extreme worstCondition() {
        return worstCondition;
    }
}
