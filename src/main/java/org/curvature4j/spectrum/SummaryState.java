package org.curvature4j.spectrum;

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

    private SummaryState() {}

    static long[] write(SpectraSummary summary) {
        StateWriter state = new StateWriter();
        state.add(FORMAT);
        summary.counts().values().forEach(state::add);
        for (Extreme extreme : List.of(summary.smallest(), summary.largest(), summary.worstCondition())) {
            state.add(extreme.value());
            state.add(extreme.index());
        }
        EigenvalueHistogram histogram = summary.histogram();
        for (int place = -EigenvalueHistogram.BINS; place <= EigenvalueHistogram.BINS; place++) {
            if (histogram.count(place) > 0) {
                state.add(place);
                state.add(histogram.count(place));
            }
        }
        return state.state();
    }

    static SpectraSummary read(long[] numbers) {
        StateReader state = new StateReader("a summary of spectra", numbers);
        state.require(state.next() == FORMAT);
        long[] counts = new long[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            counts[i] = state.next(0, Long.MAX_VALUE);
        }
        Extreme smallest = extreme(state);
        Extreme largest = extreme(state);
        Extreme worst = extreme(state);
        EigenvalueHistogram histogram = new EigenvalueHistogram();
        long previous = -EigenvalueHistogram.BINS - 1L;
        while (!state.isAtEnd()) {
            previous = state.next(previous + 1, EigenvalueHistogram.BINS);
            histogram.add((int) previous, state.next(1, Long.MAX_VALUE));
        }
        return new SpectraSummary(counts, smallest, largest, worst, histogram);
    }

    private static Extreme extreme(StateReader state) {
        Extreme extreme = new Extreme(state.nextDouble(), state.next());
        state.require(Double.isNaN(extreme.value()) ? extreme.index() == -1 : extreme.index() >= 0);
        return extreme;
    }
}
