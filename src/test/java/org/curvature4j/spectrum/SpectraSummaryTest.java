package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Summaries and histograms don't depend on the order of adding and merging, and survive being stored. */
class SpectraSummaryTest {
    private static final int COUNT = 500;

    @Test
    void countsByClassAndFindsExtremes() {
        SpectraSummary summary = new SpectraSummary();
        summary.add(7, new double[] {-1, 4}, 0, 0);
        summary.add(3, new double[] {2, 4}, 0, 0);
        summary.add(9, new double[] {-1, -0.5}, 0, 0);
        assertThat(summary.size()).isEqualTo(3);
        assertThat(summary.counts())
                .containsEntry(Classification.SADDLE, 1L)
                .containsEntry(Classification.CONVEX, 1L)
                .containsEntry(Classification.CONCAVE, 1L)
                .containsEntry(Classification.FLAT, 0L);
        assertThat(summary.smallest()).isEqualTo(new SpectraSummary.Extreme(-1, 7));
        assertThat(summary.largest()).isEqualTo(new SpectraSummary.Extreme(4, 3));
        assertThat(summary.worstCondition()).isEqualTo(new SpectraSummary.Extreme(4, 7));
        assertThat(summary.histogram().total()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void anyOrderInAnyPartsIsTheSame(int parts) {
        List<Integer> order = new ArrayList<>();
        SpectraSummary expected = new SpectraSummary();
        for (int i = 0; i < COUNT; i++) {
            order.add(i);
            add(expected, i);
        }
        Collections.shuffle(order, new Random(parts));
        SpectraSummary total = new SpectraSummary();
        for (int part = 0; part < parts; part++) {
            SpectraSummary some = new SpectraSummary();
            for (int k = part; k < COUNT; k += parts) {
                add(some, order.get(k));
            }
            total.merge(SpectraSummary.of(some.state()));
        }
        assertThat(total.state()).isEqualTo(expected.state());
        assertThat(total.histogram().bins()).isEqualTo(expected.histogram().bins());
        assertThat(total.smallest()).isEqualTo(expected.smallest());
    }

    @Test
    void anEmptyOneSurvivesToo() {
        SpectraSummary summary = SpectraSummary.of(new SpectraSummary().state());
        assertThat(summary.size()).isZero();
        assertThat(summary.smallest().index()).isEqualTo(-1);
        add(summary, 5);
        assertThat(summary.smallest().index()).isEqualTo(5);
    }

    @Test
    void refusesOtherNumbers() {
        SpectraSummary summary = new SpectraSummary();
        summary.add(0, new double[] {-1, 0, 2}, 0, 0);
        long[] state = summary.state();
        assertRefused(new long[0]);
        assertRefused(new long[state.length]);
        assertRefused(java.util.Arrays.copyOf(state, state.length - 1));
        for (int at : new int[] {0, 1, 10, state.length - 2, state.length - 1}) {
            long[] damaged = state.clone();
            damaged[at] = -Long.MAX_VALUE;
            assertRefused(damaged);
        }
    }

    @Test
    void everyNumberLiesInItsBin() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            assertInItsBin(Double.longBitsToDouble(random.nextLong()));
        }
        for (double value : new double[] {
            1, 1.124, 1.125, 1.126, 2, Double.MIN_VALUE, Double.MIN_NORMAL, Math.nextDown(1.0), Double.MAX_VALUE
        }) {
            assertInItsBin(value);
            assertInItsBin(-value);
        }
    }

    @Test
    void binsAscend() {
        EigenvalueHistogram histogram = new EigenvalueHistogram();
        for (double value : new double[] {1.3, -0.0, 1.25, -1.3, 0, 1e-320, 300}) {
            histogram.add(value);
        }
        assertThat(histogram.bins())
                .containsExactly(
                        new EigenvalueHistogram.Bin(-1.375, -1.25, 1),
                        new EigenvalueHistogram.Bin(0, 0, 2),
                        new EigenvalueHistogram.Bin(0, Double.MIN_NORMAL / 8, 1),
                        new EigenvalueHistogram.Bin(1.25, 1.375, 2),
                        new EigenvalueHistogram.Bin(288, 320, 1));
        assertThatThrownBy(() -> histogram.add(Double.NEGATIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("histogram: expected a finite number, got -Infinity");
    }

    private static void assertInItsBin(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return;
        }
        EigenvalueHistogram histogram = new EigenvalueHistogram();
        histogram.add(value);
        assertThat(histogram.bins()).hasSize(1);
        EigenvalueHistogram.Bin bin = histogram.bins().get(0);
        double inner = value > 0 ? bin.lower() : -bin.upper();
        double outer = value > 0 ? bin.upper() : -bin.lower();
        assertThat(Math.abs(value)).isGreaterThanOrEqualTo(inner).isLessThan(outer);
        assertThat(bin.count()).isEqualTo(1);
    }

    private static void assertRefused(long[] state) {
        assertThatThrownBy(() -> SpectraSummary.of(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("summary: expected the state of a summary of spectra, got other numbers");
    }

    /** Few different values, so that extremes tie. */
    private static void add(SpectraSummary summary, int index) {
        double low = index % 11 - 6;
        summary.add(index, new double[] {low, low + index % 3}, 0.5, 0.1);
    }
}
