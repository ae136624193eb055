package org.curvature4j.internal.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.curvature4j.op.Arithmetic;
import org.junit.jupiter.api.Test;

class ElementaryTest {
    private static final int SAMPLES = 200_000;

    /** Arguments of every magnitude from 1e-300 to 1e3, both signs, and evenly over the interesting interval. */
    private static DoubleStream arguments() {
        SplittableRandom random = new SplittableRandom(3);
        DoubleStream magnitudes = random.doubles(SAMPLES, -300, 3)
                .map(exponent -> Math.pow(10, exponent))
                .map(x -> random.nextBoolean() ? x : -x);
        return DoubleStream.concat(magnitudes, random.doubles(SAMPLES, -25, 25));
    }

    private static double worst(DoubleUnaryOperator actual, DoubleUnaryOperator expected) {
        return arguments()
                .map(x -> {
                    double truth = expected.applyAsDouble(x);
                    return Math.abs(actual.applyAsDouble(x) - truth) / Math.ulp(truth);
                })
                .max()
                .orElseThrow();
    }

    @Test
    void tanhIsWithinTwoUlpsOfTheStrictOne() {
        assertThat(worst(Elementary::tanh, StrictMath::tanh)).isLessThanOrEqualTo(2);
    }

    @Test
    void tanhIsOddAndNeverAboveOne() {
        assertThat(arguments()).allSatisfy(x -> {
            assertThat(Elementary.tanh(-x)).isEqualTo(-Elementary.tanh(x));
            assertThat(Math.abs(Elementary.tanh(x))).isLessThanOrEqualTo(1);
        });
        assertThat(DoubleStream.of(19.1, 20, 40, 354, 355, 356, 710, 1e10, 9.9e14, 1.1e15, 1e300))
                .allSatisfy(x -> assertThat(Elementary.tanh(x)).isEqualTo(1));
    }

    // isEqualTo compares bits, in milliseconds; containsExactly takes a minute for as many.
    @Test
    void tanhOfManyIsThatOfEachToTheLastBit() {
        double[] special = {Double.NaN, 0.0, -0.0, 1e16, -1e300, Double.POSITIVE_INFINITY, Double.MIN_VALUE};
        double[] ordinary = arguments().toArray();
        double[] mixed = ordinary.clone();
        for (int i = 0; i < mixed.length; i += 1009) {
            mixed[i] = special[i % special.length];
        }
        for (double[] x : new double[][] {ordinary, mixed, special}) {
            double[] expected = DoubleStream.of(x).map(Elementary::tanh).toArray();
            double[] actual = new double[x.length + 3];
            Elementary.tanh(x, 0, actual, 3, x.length);
            assertThat(Arrays.copyOfRange(actual, 3, actual.length)).isEqualTo(expected);
            double[] inPlace = x.clone();
            Elementary.tanh(inPlace, 1, inPlace, 1, x.length - 1);
            assertThat(Arrays.copyOfRange(inPlace, 1, x.length)).isEqualTo(Arrays.copyOfRange(expected, 1, x.length));
        }
    }

    @Test
    void sigmoidIsWithinTwoUlpsOfItsFormula() {
        assertThat(worst(Elementary::sigmoid, x -> 1 / (1 + StrictMath.exp(-x))))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void softplusIsWithinTwoUlpsOfItsFormula() {
        assertThat(worst(Elementary::softplus, x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)))))
                .isLessThanOrEqualTo(2);
    }

    /** Four ulps: two of the function, two of the formula that it is held to. */
    @Test
    void acoshIsThatOfItsSeriesNearOneAndOfItsLogarithmFarAway() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1000; i++) {
            double t = Math.pow(10, -15 + 11 * random.nextDouble());
            double x = 1 + t;
            double exact = x - 1;
            double series = Math.sqrt(2 * exact) * (1 - exact / 12 * (1 - 9 * exact / 40 * (1 - 25 * exact / 84)));
            assertThat(Elementary.acosh(x)).isCloseTo(series, within(4 * Math.ulp(series)));
            double far = Math.pow(10, 10 + 290 * random.nextDouble());
            double logarithm = StrictMath.log(far) + StrictMath.log(2);
            assertThat(Elementary.acosh(far)).isCloseTo(logarithm, within(4 * Math.ulp(logarithm)));
        }
    }

    @Test
    void roundsHalvesAwayFromZero() {
        assertThat(DoubleStream.of(0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, -0.49999999999999994, 1e16, -0.2)
                        .map(Arithmetic::round))
                .containsExactly(1.0, -1.0, 2.0, 3.0, -3.0, 0.0, -0.0, 1e16, -0.0);
        assertThat(Arithmetic.round(Double.NaN)).isNaN();
        assertThat(Arithmetic.round(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void specialValues() {
        assertThat(Elementary.tanh(Double.NaN)).isNaN();
        assertThat(Elementary.tanh(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Elementary.tanh(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(Double.doubleToRawLongBits(Elementary.tanh(-0.0))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(Elementary.tanh(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(Elementary.sigmoid(-1000)).isZero();
        assertThat(Elementary.softplus(1000)).isEqualTo(1000);
        assertThat(Elementary.softplus(Double.NaN)).isNaN();
    }
}
