package org.curvature4j.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.curvature4j.op.HighPrecision.ulps;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digamma function and its derivatives against sixty digits. */
class PolygammaTest {
    /** The zero of the digamma function. */
    private static final double ZERO = 1.4616321449683622;

    private static double[] values(int order, double... x) {
        return JavaKernels.values(new Polygamma(order), x);
    }

    private static DoubleStream magnitudes(int count, double from, double to) {
        return new SplittableRandom(21).doubles(count, from, to).map(exponent -> Math.pow(10, exponent));
    }

    private static DoubleStream near(double point) {
        return DoubleStream.concat(
                magnitudes(30, -15, -1).map(x -> point + x),
                magnitudes(30, -15, -1).map(x -> point - x));
    }

    private static double[] positive() {
        SplittableRandom random = new SplittableRandom(22);
        return Arrays.stream(new DoubleStream[] {
                    magnitudes(30, -15, -1),
                    random.doubles(100, 0, 3),
                    random.doubles(50, 3, 20),
                    magnitudes(30, 1.3, 15),
                    near(1),
                    near(2),
                    near(ZERO)
                })
                .flatMapToDouble(stream -> stream)
                .toArray();
    }

    /** The order adds the rounding of a power to each term. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 15})
    void isRightToAFewUlpsAboveZero(int order) {
        double[] x = positive();
        double[] actual = values(order, x);
        for (int i = 0; i < x.length; i++) {
            assertThat(ulps(actual[i], HighPrecision.polygamma(order, HighPrecision.of(x[i]))))
                    .as("%s", x[i])
                    .isLessThanOrEqualTo(4 + 2.0 * order);
        }
    }

    /** Where terms cancel, in units of the terms. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6})
    void isRightBelowZero(int order) {
        SplittableRandom random = new SplittableRandom(23);
        double[] x = DoubleStream.concat(random.doubles(80, -20, 0), random.doubles(20, -1000, -20))
                .toArray();
        double[] actual = values(order, x);
        for (int i = 0; i < x.length; i++) {
            double truth =
                    HighPrecision.polygamma(order, HighPrecision.of(x[i])).doubleValue();
            double term = values(order, Math.abs(x[i] - Math.rint(x[i])))[0];
            assertThat(actual[i])
                    .as("%s", x[i])
                    .isCloseTo(truth, within((16 + 4 * order) * Math.ulp(Math.abs(term) + Math.abs(truth))));
        }
    }

    @Test
    void poles() {
        assertThat(values(0, 0.0, -0.0)).containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertThat(values(0, -1, -2, -17, -1e17)).containsOnly(Double.NaN);
        assertThat(values(1, 0, -1, -2, -17, -1e17)).containsOnly(Double.POSITIVE_INFINITY);
        assertThat(values(2, -1, -2, -17, -1e17)).containsOnly(Double.NaN);
        assertThat(values(2, 0.0)).containsExactly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void farAndNotANumber() {
        assertThat(values(0, Double.POSITIVE_INFINITY)).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(values(0, 1e300)[0]).isCloseTo(Math.log(1e300), within(1e-12));
        assertThat(values(1, Double.POSITIVE_INFINITY)).containsExactly(0);
        assertThat(values(1, 1e200)[0]).isCloseTo(1e-200, within(1e-214));
        assertThat(values(1, 1e-200)).containsExactly(Double.POSITIVE_INFINITY);
        for (int order = 0; order < 4; order++) {
            assertThat(values(order, Double.NaN, Double.NEGATIVE_INFINITY)).containsOnly(Double.NaN);
        }
    }
}
