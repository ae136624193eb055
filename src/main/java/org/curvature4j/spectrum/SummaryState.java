package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.spectrum.SpectraSummary.Extreme;

/**
 * A {@link SpectraSummary} as whole numbers: the format; the counts by class, in the order of the enum; the three
 * extremes, bits and index; then of each bin of the histogram that isn't empty its place and count, ascending.
 */
final class SummaryState {

    /** "C4J" and the number of the layout, which changes with the classes and the histogram's bins too. */
    private static final long FORMAT = 0x43_34_4a_01L;

    private static final int CLASSES = Classification.values().length;
    private static final int EXTREMES = 1 + CLASSES;
    private static final int BINS = EXTREMES + 3 * 2;

    private SummaryState() {}

    static long[] write(SpectraSummary summary) {
        EigenvalueHistogram histogram = summary.histogram();
        long[] state = new long[BINS + 2 * histogram.bins().size()];
        int at = 0;
        state[at++] = FORMAT;
        for (long count : summary.counts().values()) {
            state[at++] = count;
        }
        for (Extreme extreme : List.of(summary.smallest(), summary.largest(), summary.worstCondition())) {
            state[at++] = Double.doubleToLongBits(extreme.value());
            state[at++] = extreme.index();
        }
        for (int place = -EigenvalueHistogram.BINS; place <= EigenvalueHistogram.BINS; place++) {
            if (histogram.count(place) > 0) {
                state[at++] = place;
                state[at++] = histogram.count(place);
            }
        }
        return state;
    }

    static SpectraSummary read(long[] state) {
        require(state.length >= BINS && state[0] == FORMAT && (state.length - BINS) % 2 == 0);
        long[] counts = Arrays.copyOfRange(state, 1, EXTREMES);
        require(Arrays.stream(counts).allMatch(count -> count >= 0));
        EigenvalueHistogram histogram = new EigenvalueHistogram();
        long previous = -EigenvalueHistogram.BINS - 1L;
        for (int at = BINS; at < state.length; at += 2) {
            long place = state[at];
            require(place > previous && place <= EigenvalueHistogram.BINS && state[at + 1] > 0);
            histogram.add((int) place, state[at + 1]);
            previous = place;
        }
        return new SpectraSummary(counts, extreme(state, 0), extreme(state, 1), extreme(state, 2), histogram);
    }

    private static Extreme extreme(long[] state, int which) {
        Extreme extreme =
                new Extreme(Double.longBitsToDouble(state[EXTREMES + 2 * which]), state[EXTREMES + 2 * which + 1]);
        require(Double.isNaN(extreme.value()) ? extreme.index() == -1 : extreme.index() >= 0);
        return extreme;
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("summary: expected the state of a summary of spectra, got other numbers"
                    + " (was it damaged, or written by another version?)");
        }
    }
}
