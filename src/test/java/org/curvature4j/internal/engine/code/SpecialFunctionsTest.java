package org.curvature4j.internal.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.curvature4j.op.HighPrecision.ulps;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.curvature4j.op.HighPrecision;
import org.junit.jupiter.api.Test;

/** The logarithm of the gamma function, cube roots, powers and logarithms of two, against sixty digits. */
class SpecialFunctionsTest {
    /** Where the gamma function is smallest. */
    private static final double SMALLEST = 1.4616321449683622;

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
                    DoubleStream.of(random(100, 0, 3)),
                    DoubleStream.of(random(100, 3, 20)),
                    magnitudes(60, 1.3, 15),
                    near(1),
                    near(2),
                    near(SMALLEST)
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
    void cubeRoots() {
        assertWithin(1, x -> Math.cbrt(x), magnitudes(150, -300, 300).toArray(), x -> {
            BigDecimal root = new BigDecimal(Math.cbrt(x.doubleValue()));
            // A step of Newton's method from sixteen digits has thirty.
            BigDecimal error = root.pow(3).subtract(x);
            return root.subtract(error.divide(root.pow(2).multiply(BigDecimal.valueOf(3)), HighPrecision.DIGITS));
        });
    }

    @Test
    void powersOfTwo() {
        double[] arguments = DoubleStream.concat(
                        DoubleStream.of(random(200, -1074, 1024)), DoubleStream.of(random(200, -2, 2)))
                .toArray();
        assertWithin(2, Binary::exp2, arguments, x -> HighPrecision.exp(x.multiply(HighPrecision.LOG_2)));
        assertThat(Binary.exp2(1024)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Binary.exp2(-1080)).isZero();
        assertThat(Binary.exp2(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Binary.exp2(Double.NaN)).isNaN();
    }

    @Test
    void logarithmsToBaseTwo() {
        double[] arguments = Arrays.stream(
                        new DoubleStream[] {magnitudes(150, -323, 308), DoubleStream.of(random(200, 0.3, 3)), near(1)})
                .flatMapToDouble(stream -> stream)
                .toArray();
        assertWithin(2, Binary::log2, arguments, x -> HighPrecision.log(x)
                .divide(HighPrecision.LOG_2, HighPrecision.DIGITS));
        assertThat(Binary.log2(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Binary.log2(-1)).isNaN();
        assertThat(Binary.log2(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void exactAtPowersOfTwo() {
        for (int k = -1074; k < 1024; k++) {
            assertThat(Binary.exp2(k)).isEqualTo(Math.scalb(1.0, k));
            assertThat(Binary.log2(Math.scalb(1.0, k))).isEqualTo(k);
        }
    }
}
