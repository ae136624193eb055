package org.curvature4j.internal.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.curvature4j.op.HighPrecision.magnitude;
import static org.curvature4j.op.HighPrecision.ulps;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.curvature4j.op.HighPrecision;
import org.junit.jupiter.api.Test;

/** The error functions against their Taylor series, in as many digits as cancel in it and forty more. */
class ErrorFunctionTest {
    private static final MathContext DIGITS = digits(27);
    /** erfc(x) is subnormal from here on, where an ulp is no measure of relative error. */
    private static final double SUBNORMAL = 26.54;

    private static final BigDecimal TWO_OVER_SQRT_PI =
            BigDecimal.valueOf(2).divide(HighPrecision.pi(DIGITS).sqrt(DIGITS), DIGITS);

    /** Terms grow to e^(x^2), and erfc(x) is as small as e^(-x^2). */
    private static MathContext digits(double x) {
        return new MathContext(40 + (int) (x * x), RoundingMode.HALF_EVEN);
    }

    /** 2 / sqrt(pi) sum of (-1)^k x^(2k+1) / (k! (2k+1)): Abramowitz and Stegun 7.1.5. */
    private static BigDecimal erf(double x) {
        MathContext digits = digits(x);
        BigDecimal exact = new BigDecimal(x);
        BigDecimal square = exact.multiply(exact, digits);
        BigDecimal term = exact;
        BigDecimal sum = exact;
        // Until a term doesn't reach the last digit of the sum.
        for (int k = 1; k < x * x || magnitude(term) > magnitude(sum) - digits.getPrecision(); k++) {
            term = term.multiply(square, digits).divide(BigDecimal.valueOf(-k), digits);
            sum = sum.add(term.divide(BigDecimal.valueOf(2L * k + 1), digits), digits);
        }
        return sum.multiply(TWO_OVER_SQRT_PI, digits);
    }

    private static double[] arguments(int count, double below) {
        SplittableRandom random = new SplittableRandom(5);
        return DoubleStream.concat(
                        random.doubles(count, -below, below),
                        random.doubles(count / 4, -320, 0).map(exponent -> Math.pow(10, exponent)))
                .toArray();
    }

    @Test
    void erfIsWithinTwoUlps() {
        for (double x : arguments(400, 6)) {
            assertThat(ulps(PlainMath.erf(x), erf(x))).as("erf(%s)", x).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void erfcIsWithinTwoUlps() {
        for (double x : arguments(100, SUBNORMAL)) {
            BigDecimal truth = BigDecimal.ONE.subtract(erf(x));
            assertThat(ulps(PlainMath.erfc(x), truth)).as("erfc(%s)", x).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void specialValues() {
        assertThat(PlainMath.erf(Double.NaN)).isNaN();
        assertThat(PlainMath.erfc(Double.NaN)).isNaN();
        assertThat(Double.doubleToRawLongBits(PlainMath.erf(-0.0))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(PlainMath.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(PlainMath.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(PlainMath.erfc(Double.POSITIVE_INFINITY)).isZero();
        assertThat(PlainMath.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
        assertThat(PlainMath.erfc(28)).isZero();
        assertThat(PlainMath.erf(Double.MIN_NORMAL)).isEqualTo(Double.MIN_NORMAL * 2 / Math.sqrt(Math.PI));
    }
}
