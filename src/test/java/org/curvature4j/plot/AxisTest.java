package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, '0 0.2 0.4 0.6 0.8 1'",
        "-1, 1, '-1 -0.5 0 0.5 1'",
        "0.013, 0.087, '0.02 0.03 0.04 0.05 0.06 0.07 0.08'",
        "9990, 9999, '9990 9992 9994 9996 9998'",
        "-3, -1, '-3 -2.5 -2 -1.5 -1'",
        "0, 5e-9, '0 1 2 3 4 5'",
        "-2e150, 2e150, '-2 -1 0 1 2'",
        "0, 1e-310, '0 0.2 0.4 0.6 0.8 1'"
    })
    void ticksAtRoundNumbers(double start, double end, String labels) {
        Axis axis = Axis.linear("", start, end, 5);
        assertThat(String.join(" ", axis.ticks().stream().map(Axis.Tick::label).toList()))
                .isEqualTo(labels);
    }

    @Test
    void takesAPowerOfTenOutOfLargeAndSmallLabels() {
        assertThat(Axis.linear("size", 0, 5e-9, 5).title()).isEqualTo("size (×10⁻⁹)");
        assertThat(Axis.linear("size", -3e12, 0, 5).title()).isEqualTo("size (×10¹²)");
        assertThat(Axis.linear("size", 0, 9999, 5).title()).isEqualTo("size");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 11, 40, 999, 1000, 50_000})
    void countsInWholeNumbers(int count) {
        Axis axis = Axis.counting("direction", count, 12, 0.5);
        assertThat(axis.ticks()).isNotEmpty().hasSizeLessThan(26).allSatisfy(tick -> {
            assertThat(tick.at()).isBetween(1.0, (double) count).isEqualTo(Math.rint(tick.at()));
            assertThat(tick.label()).isEqualTo(Integer.toString((int) tick.at() - 1));
        });
    }

    /** Half an epoch is nothing: an axis of what is counted has its ticks where counts are, however short it is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 30, 1000})
    void labelsCountsByWholeNumbers(int last) {
        Axis axis = Axis.linear("epoch", -0.02 * last, 1.02 * last, 10).whole();
        assertThat(axis.ticks()).hasSizeGreaterThan(1).allMatch(tick -> tick.at() % 1 == 0);
        assertThat(axis.ticks().get(0).at()).isZero();
    }

    @Test
    void growsByDecadesOnBothSidesOfALinearMiddle() {
        Axis axis = Axis.symmetricLog("", -1000, 1000, 0, 9);
        assertThat(axis.fraction(0)).isEqualTo(0.5);
        double decade = axis.fraction(1) - axis.fraction(0);
        assertThat(axis.fraction(10) - axis.fraction(1)).isCloseTo(decade, within(1e-12));
        assertThat(axis.fraction(-100)).isCloseTo(0.5 - 3 * decade, within(1e-12));
        assertThat(axis.fraction(0.5)).isCloseTo(0.5 + decade / 2, within(1e-12));
        assertThat(axis.ticks()).extracting(Axis.Tick::label).contains("0", "10³", "-10³", "10⁰", "-10⁰");
    }

    @Test
    void spacesTheDecadesOfAVeryWideRange() {
        Axis axis = Axis.symmetricLog("", -1e150, 1e150, -150, 9);
        assertThat(axis.ticks())
                .hasSizeBetween(5, 13)
                .extracting(Axis.Tick::label)
                .contains("10¹⁵⁰", "-10¹⁵⁰");
    }

    @Test
    void countsBackwardsWhenReversed() {
        Axis rows = Axis.counting("row", 3, 3, 0.5).reversed();
        assertThat(rows.fraction(1)).isGreaterThan(rows.fraction(3));
    }
}
