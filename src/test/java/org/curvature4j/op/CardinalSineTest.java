package org.curvature4j.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cardinal sine and its derivatives against sixty digits. */
class CardinalSineTest {

    private static double[] values(int order, double... x) {
        return JavaKernels.values(new CardinalSine(order), x);
    }

    /** Densely about 0, among whole numbers, and far away. */
    private static double[] points() {
        SplittableRandom random = new SplittableRandom(31);
        return DoubleStream.concat(
                        DoubleStream.concat(random.doubles(150, -3, 3), random.doubles(50, -8, 8)),
                        random.doubles(50, -30, 0).map(exponent -> Math.pow(10, exponent)))
                .toArray();
    }

    @Test
    void isWithinThreeUlps() {
        double[] x = points();
        double[] actual = values(0, x);
        for (int i = 0; i < x.length; i++) {
            BigDecimal y = HighPrecision.of(x[i]).multiply(HighPrecision.PI);
            BigDecimal truth = HighPrecision.sin(y).divide(y, HighPrecision.DIGITS);
            assertThat(HighPrecision.ulps(actual[i], truth)).as("%s", x[i]).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void isOneAtZeroAndZeroAtOtherWholeNumbers() {
        assertThat(values(0, 0, -0.0, 1e-300, -1e-12)).containsOnly(1);
        assertThat(DoubleStream.of(values(0, 1, -1, 2, -7, 1e15, 1e300))).allMatch(value -> value == 0);
        assertThat(values(0, Double.NaN)[0]).isNaN();
    }

    /** The sum of (-1)^k pi^(2k) x^(2k-n) / ((2k + 1) (2k - n)!) over 2k from n on: its series, differentiated. */
    private static double derivative(int order, double x) {
        BigDecimal y = HighPrecision.of(x).multiply(HighPrecision.PI);
        BigDecimal term = HighPrecision.PI.pow(order);
        BigDecimal sum = BigDecimal.ZERO;
        for (int m = 0; m < 150; m++) {
            int power = order + m;
            if (power % 2 == 0) {
                BigDecimal signed = power % 4 == 0 ? term : term.negate();
                sum = sum.add(signed.divide(BigDecimal.valueOf(power + 1L), HighPrecision.MANY));
            }
            term = term.multiply(y, HighPrecision.MANY).divide(BigDecimal.valueOf(m + 1L), HighPrecision.MANY);
        }
        return sum.doubleValue();
    }

    /** In units of the largest value, pi^n / (n + 1). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12})
    void derivativesAreRightAtAndNearZeroAndFarFromIt(int order) {
        double[] x = points();
        double[] actual = values(order, x);
        double largest = Math.pow(Math.PI, order) / (order + 1);
        for (int i = 0; i < x.length; i++) {
            assertThat(actual[i])
                    .as("%s", x[i])
                    .isCloseTo(derivative(order, x[i]), within((8 + order * order) * Math.ulp(largest)));
        }
    }
}
