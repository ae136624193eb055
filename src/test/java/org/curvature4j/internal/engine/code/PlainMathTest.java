package org.curvature4j.internal.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.curvature4j.op.HighPrecision.MANY;
import static org.curvature4j.op.HighPrecision.PI;
import static org.curvature4j.op.HighPrecision.cos;
import static org.curvature4j.op.HighPrecision.exp;
import static org.curvature4j.op.HighPrecision.log;
import static org.curvature4j.op.HighPrecision.sin;
import static org.curvature4j.op.HighPrecision.ulps;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.curvature4j.op.HighPrecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions from plain operations, against sixty digits, and where numbers are special against {@link StrictMath}. */
class PlainMathTest {
    private static final int COUNT = 300;

    private static final double[] EDGES = {
        0.0,
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1e-300,
        -0x1p-55,
        0x1p-27,
        -0.4375,
        0.5,
        -0.5,
        0.9999999999999999,
        1,
        -1,
        1.0000000000000002,
        1.5,
        2,
        -2.4375,
        19.1,
        -37.5,
        40,
        -40,
        708,
        709.7827128933840,
        709.79,
        710.4758,
        711,
        -745.13,
        -746,
        1e9,
        1e22,
        -1e308,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    private static final Map<String, DoubleUnaryOperator> OWN = Map.ofEntries(
            Map.entry("exp", PlainMath::exp),
            Map.entry("expm1", PlainMath::expm1),
            Map.entry("log", PlainMath::log),
            Map.entry("log1p", PlainMath::log1p),
            Map.entry("cbrt", PlainMath::cbrt),
            Map.entry("sin", PlainMath::sin),
            Map.entry("cos", PlainMath::cos),
            Map.entry("tan", PlainMath::tan),
            Map.entry("asin", PlainMath::asin),
            Map.entry("acos", PlainMath::acos),
            Map.entry("atan", PlainMath::atan),
            Map.entry("sinh", PlainMath::sinh),
            Map.entry("cosh", PlainMath::cosh),
            Map.entry("tanh", PlainMath::tanh));

    private static final Map<String, DoubleUnaryOperator> STRICT = Map.ofEntries(
            Map.entry("exp", StrictMath::exp),
            Map.entry("expm1", StrictMath::expm1),
            Map.entry("log", StrictMath::log),
            Map.entry("log1p", StrictMath::log1p),
            Map.entry("cbrt", StrictMath::cbrt),
            Map.entry("sin", StrictMath::sin),
            Map.entry("cos", StrictMath::cos),
            Map.entry("tan", StrictMath::tan),
            Map.entry("asin", StrictMath::asin),
            Map.entry("acos", StrictMath::acos),
            Map.entry("atan", StrictMath::atan),
            Map.entry("sinh", StrictMath::sinh),
            Map.entry("cosh", StrictMath::cosh),
            Map.entry("tanh", StrictMath::tanh));

    private static BigDecimal half(BigDecimal x) {
        return x.divide(BigDecimal.valueOf(2));
    }

    private static BigDecimal inverse(BigDecimal x) {
        return BigDecimal.ONE.divide(x, MANY);
    }

    /** A step of Newton's method for sin y = x s, cos y = x c turned back by y: from sixteen digits to thirty. */
    private static BigDecimal atan(BigDecimal x) {
        BigDecimal y = new BigDecimal(StrictMath.atan(x.doubleValue()));
        BigDecimal above = sin(y).subtract(x.multiply(cos(y), MANY));
        return y.subtract(above.divide(cos(y).add(x.multiply(sin(y), MANY)), MANY));
    }

    private static BigDecimal asin(BigDecimal x) {
        return atan(x.divide(BigDecimal.ONE.subtract(x.multiply(x)).sqrt(MANY), MANY));
    }

    private static final Map<String, UnaryOperator<BigDecimal>> TRUTH = Map.of(
            "expm1", x -> exp(x).subtract(BigDecimal.ONE),
            "log1p", x -> log(x.add(BigDecimal.ONE)),
            "tan", x -> sin(x).divide(cos(x), MANY),
            "asin", PlainMathTest::asin,
            "acos", x -> half(PI).subtract(asin(x)),
            "atan", PlainMathTest::atan,
            "sinh", x -> half(exp(x).subtract(inverse(exp(x)))),
            "cosh", x -> half(exp(x).add(inverse(exp(x)))));

    private static double[] numbers(double from, double to) {
        SplittableRandom random = new SplittableRandom(12);
        DoubleStream small = random.doubles(COUNT / 4, -12, 0).map(power -> to * Math.pow(2, power));
        return DoubleStream.concat(random.doubles(COUNT, from, to), small).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "expm1, -38, 10",
        "expm1, -1, 1",
        "log1p, -0.999, 3",
        "log1p, 0, 1e6",
        "tan, -2, 2",
        "tan, 0, 1e9",
        "tan, 1e9, 1e15",
        "asin, -0.999999, 0.999999",
        "acos, -0.999999, 0.999999",
        "atan, -5, 5",
        "sinh, -3, 3",
        "sinh, -300, 300",
        "cosh, -3, 3",
        "cosh, -300, 300"
    })
    void isWithinTwoUlps(String name, double from, double to) {
        UnaryOperator<BigDecimal> truth = TRUTH.get(name);
        for (double x : numbers(from, to)) {
            assertThat(ulps(OWN.get(name).applyAsDouble(x), truth.apply(HighPrecision.of(x))))
                    .as("%s(%s)", name, x)
                    .isLessThanOrEqualTo(2);
        }
    }

    private static void assertLike(String function, double actual, double expected, double... x) {
        if (Double.isFinite(expected) && expected != 0) {
            assertThat(Math.abs(actual - expected) / Math.ulp(expected))
                    .as("%s of %s: %s for %s", function, Arrays.toString(x), actual, expected)
                    .isLessThanOrEqualTo(2);
        } else {
            assertThat(actual).as("%s of %s", function, Arrays.toString(x)).isEqualTo(Double.valueOf(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exp", "expm1", "log", "log1p", "cbrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
                "tanh"
            })
    void isTheFunctionOfAllNumbers(String name) {
        SplittableRandom random = new SplittableRandom(13);
        DoubleStream all = random.longs(3000).mapToDouble(Double::longBitsToDouble);
        DoubleStream.concat(DoubleStream.of(EDGES), all)
                .forEach(x -> assertLike(
                        name, OWN.get(name).applyAsDouble(x), STRICT.get(name).applyAsDouble(x), x));
    }

    private static void assertLikeForPairs(String name, DoubleBinaryOperator own, DoubleBinaryOperator strict) {
        for (double x : EDGES) {
            for (double y : EDGES) {
                assertLike(name, own.applyAsDouble(x, y), strict.applyAsDouble(x, y), x, y);
            }
        }
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 3000; i++) {
            double x = Double.longBitsToDouble(random.nextLong());
            double y = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextDouble(-5, 5);
            assertLike(name, own.applyAsDouble(x, y), strict.applyAsDouble(x, y), x, y);
        }
    }

    @Test
    void anglesAndPowersAreThoseOfAllNumbers() {
        assertLikeForPairs("atan2", PlainMath::atan2, StrictMath::atan2);
        assertLikeForPairs("pow", PlainMath::pow, StrictMath::pow);
    }

    @Test
    void powersAreWithinTwoUlps() {
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < COUNT; i++) {
            double x = Math.exp(random.nextDouble(-1, 1) * (i % 2 == 0 ? 300 : 0.3));
            double y = random.nextDouble(-700, 700) / Math.log(x);
            BigDecimal truth = exp(HighPrecision.of(y).multiply(log(HighPrecision.of(x)), MANY));
            assertThat(ulps(PlainMath.pow(x, y), truth)).as("%s^%s", x, y).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void logarithmsOfTheGammaFunctionOnBothSidesOfZero() {
        double[] positive = numbers(0, 12);
        for (double x : DoubleStream.concat(DoubleStream.of(positive), DoubleStream.of(numbers(12, 1e6)))
                .toArray()) {
            assertThat(ulps(PlainMath.lgamma(x), HighPrecision.logGamma(HighPrecision.of(x))))
                    .as("lgamma(%s)", x)
                    .isLessThanOrEqualTo(2);
        }
        for (double x : positive) {
            // gamma(x) gamma(-x) = -pi / (x sin pi x): DLMF 5.5.3.
            BigDecimal exact = HighPrecision.of(x);
            BigDecimal product =
                    exact.multiply(sin(PI.multiply(exact, MANY)), MANY).abs();
            BigDecimal truth = log(PI.divide(product, MANY)).subtract(HighPrecision.logGamma(exact));
            double error = Math.abs(PlainMath.lgamma(-x) - truth.doubleValue());
            assertThat(error)
                    .as("lgamma(%s)", -x)
                    .isLessThanOrEqualTo(2 * Math.max(Math.ulp(1.0), Math.ulp(truth.doubleValue())));
        }
        assertThat(PlainMath.lgamma(-3)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PlainMath.lgamma(-0.0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PlainMath.lgamma(1)).isZero();
        assertThat(PlainMath.lgamma(2)).isZero();
        assertThat(PlainMath.lgamma(Double.MAX_VALUE)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PlainMath.lgamma(Double.NEGATIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PlainMath.lgamma(Double.NaN)).isNaN();
    }
}
