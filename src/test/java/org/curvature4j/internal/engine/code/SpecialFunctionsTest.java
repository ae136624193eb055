package org.curvature4j.internal.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.curvature4j.internal.engine.code.HighPrecision.ulps;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gamma functions, cube roots, powers and logarithms of two and the cardinal sine, against sixty digits. */
class SpecialFunctionsTest {
    /** The zero of the digamma function, where the gamma function is smallest. */
    private static final double ZERO = 1.4616321449683623;

    private static double[] random(int count, double from, double to) {
        return new SplittableRandom(21).doubles(count, from, to).toArray();
    }

    private static DoubleStream magnitudes(int count, double from, double to) {
        return DoubleStream.of(random(count, from, to)).map(exponent -> Math.pow(10, exponent));
    }

    private static DoubleStream near(double point) {
        return DoubleStream.concat(
                magnitudes(60, -15, -1).map(x -> point + x),
                magnitudes(60, -15, -1).map(x -> point - x));
    }

    private static double[] positive() {
        return Arrays.stream(new DoubleStream[] {
                    magnitudes(60, -100, -1),
                    DoubleStream.of(random(200, 0, 3)),
                    DoubleStream.of(random(100, 3, 20)),
                    magnitudes(60, 1.3, 15),
                    near(1),
                    near(2),
                    near(ZERO)
                })
                .flatMapToDouble(stream -> stream)
                .toArray();
    }

    private static void assertWithin(
            double ulps, DoubleUnaryOperator function, double[] arguments, UnaryOperator<BigDecimal> truth) {
        for (double x : arguments) {
            assertThat(ulps(function.applyAsDouble(x), truth.apply(HighPrecision.of(x))))
                    .as("%s", x)
                    .isLessThanOrEqualTo(ulps);
        }
    }

    @Test
    void logarithmOfTheGammaFunction() {
        assertWithin(3, LogGamma::value, positive(), HighPrecision::logGamma);
        assertThat(LogGamma.value(1)).isZero();
        assertThat(LogGamma.value(2)).isZero();
    }

    @Test
    void digamma() {
        assertWithin(3, Digamma::of, positive(), x -> HighPrecision.polygamma(0, x));
    }

    /** Three units and the exponentiation's one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 15})
    void polygamma(int order) {
        double[] moderate = DoubleStream.of(positive()).filter(x -> x > 1e-15).toArray();
        assertWithin(5, x -> Polygamma.of(order, x), moderate, x -> HighPrecision.polygamma(order, x));
    }

    /** Where terms cancel, in units of the terms. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6})
    void belowZero(int order) {
        SplittableRandom random = new SplittableRandom(22);
        for (double x : DoubleStream.concat(random.doubles(150, -20, 0), random.doubles(20, -1000, -20))
                .toArray()) {
            double truth = HighPrecision.polygamma(order, HighPrecision.of(x)).doubleValue();
            double size = Math.abs(Polygamma.of(order, Math.abs(x - Math.rint(x)))) + Math.abs(truth);
            assertThat(Polygamma.of(order, x)).as("%s", x).isCloseTo(truth, within(6 * Math.ulp(size)));
        }
    }

    @Test
    void poles() {
        assertThat(Digamma.of(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Digamma.of(-0.0)).isEqualTo(Double.POSITIVE_INFINITY);
        for (double pole : new double[] {-1, -2, -17, -1e17}) {
            assertThat(Digamma.of(pole)).isNaN();
            assertThat(Polygamma.of(2, pole)).isNaN();
            assertThat(Polygamma.of(1, pole)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(Polygamma.of(3, pole)).isEqualTo(Double.POSITIVE_INFINITY);
        }
        assertThat(Polygamma.of(1, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Polygamma.of(2, 0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void farAndNotANumber() {
        assertThat(Digamma.of(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Polygamma.of(1, Double.POSITIVE_INFINITY)).isZero();
        assertThat(Polygamma.of(1, 1e200)).isCloseTo(1e-200, within(1e-215));
        assertThat(Polygamma.of(1, 1e-200)).isEqualTo(Double.POSITIVE_INFINITY);
        for (int order = 0; order < 4; order++) {
            assertThat(Polygamma.of(order, Double.NaN)).isNaN();
            assertThat(Polygamma.of(order, Double.NEGATIVE_INFINITY)).isNaN();
        }
        assertThat(Polygamma.of(0.5, 1)).isNaN();
        assertThat(Polygamma.of(-1, 1)).isNaN();
    }

    /** Where a power of the argument or a factorial leaves the range of numbers and their product doesn't. */
    @Test
    void ordersBeyondFactorials() {
        double truth = HighPrecision.polygamma(160, HighPrecision.of(100.5)).doubleValue();
        assertThat(Polygamma.of(160, 100.5)).isCloseTo(truth, within(1e-11 * Math.abs(truth)));
        double large = HighPrecision.polygamma(180, HighPrecision.of(300.25)).doubleValue();
        assertThat(Polygamma.of(180, 300.25)).isCloseTo(large, within(1e-11 * Math.abs(large)));
    }

    @Test
    void cubeRoots() {
        assertWithin(1, x -> Math.cbrt(x), magnitudes(300, -300, 300).toArray(), x -> {
            BigDecimal root = new BigDecimal(Math.cbrt(x.doubleValue()));
            // A step of Newton's method from sixteen digits has thirty.
            BigDecimal error = root.pow(3).subtract(x);
            return root.subtract(error.divide(root.pow(2).multiply(BigDecimal.valueOf(3)), HighPrecision.DIGITS));
        });
    }

    @Test
    void powersOfTwo() {
        double[] arguments = DoubleStream.concat(
                        DoubleStream.of(random(400, -1074, 1024)), DoubleStream.of(random(400, -2, 2)))
                .toArray();
        assertWithin(2, Binary::power, arguments, x -> HighPrecision.exp(x.multiply(HighPrecision.LOG_2)));
        assertThat(Binary.power(1024)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Binary.power(-1080)).isZero();
        assertThat(Binary.power(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Binary.power(Double.NaN)).isNaN();
    }

    @Test
    void logarithmsToBaseTwo() {
        double[] arguments = Arrays.stream(
                        new DoubleStream[] {magnitudes(300, -323, 308), DoubleStream.of(random(400, 0.3, 3)), near(1)})
                .flatMapToDouble(stream -> stream)
                .toArray();
        assertWithin(2, Binary::logarithm, arguments, x -> HighPrecision.log(x)
                .divide(HighPrecision.LOG_2, HighPrecision.DIGITS));
        assertThat(Binary.logarithm(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Binary.logarithm(-1)).isNaN();
        assertThat(Binary.logarithm(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void exactAtPowersOfTwo() {
        for (int k = -1074; k < 1024; k++) {
            assertThat(Binary.power(k)).isEqualTo(Math.scalb(1.0, k));
            assertThat(Binary.logarithm(Math.scalb(1.0, k))).isEqualTo(k);
        }
    }

    private static BigDecimal sinc(BigDecimal x) {
        BigDecimal y = x.multiply(HighPrecision.PI);
        return HighPrecision.sin(y).divide(y, HighPrecision.DIGITS);
    }

    @Test
    void cardinalSine() {
        double[] arguments = Arrays.stream(new DoubleStream[] {
                    DoubleStream.of(random(400, -3, 3)),
                    DoubleStream.of(random(200, -100, 100)),
                    magnitudes(200, -30, 0)
                })
                .flatMapToDouble(stream -> stream)
                .toArray();
        assertWithin(2, x -> Sinc.of(0, x), arguments, SpecialFunctionsTest::sinc);
        assertThat(Sinc.of(0, 0)).isEqualTo(1);
        assertThat(Sinc.of(0, 1)).isZero();
        assertThat(Sinc.of(0, -7)).isZero();
        assertThat(Sinc.of(0, Double.POSITIVE_INFINITY)).isZero();
        assertThat(Sinc.of(0, Double.NaN)).isNaN();
    }

    /** Its Taylor series, differentiated: the sum of (-1)^k pi^(2k) x^(2k-n) / ((2k + 1) (2k - n)!) over 2k from n on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 12})
    void derivativesOfTheCardinalSine(int order) {
        for (double x : DoubleStream.concat(DoubleStream.of(random(100, -6, 6)), magnitudes(40, -20, 0))
                .toArray()) {
            BigDecimal truth = BigDecimal.ZERO;
            BigDecimal exact = HighPrecision.of(x);
            BigDecimal term = HighPrecision.PI.pow(order);
            for (int m = 0; m < 150; m++) {
                int power = order + m;
                if (power % 2 == 0) {
                    BigDecimal signed = power % 4 == 0 ? term : term.negate();
                    truth = truth.add(signed.divide(BigDecimal.valueOf(power + 1L), HighPrecision.DIGITS));
                }
                term = term.multiply(exact.multiply(HighPrecision.PI), HighPrecision.MANY)
                        .divide(BigDecimal.valueOf(m + 1L), HighPrecision.MANY);
            }
            double largest = Math.pow(Math.PI, order) / (order + 1);
            assertThat(Sinc.of(order, x)).as("%s", x).isCloseTo(truth.doubleValue(), within(8 * Math.ulp(largest)));
        }
    }
}
