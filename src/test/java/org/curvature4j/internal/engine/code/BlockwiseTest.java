package org.curvature4j.internal.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.curvature4j.op.HighPrecision.ulps;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.curvature4j.op.HighPrecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions over arrays: of many to the last bit as of one, and those within two units in the last place. */
class BlockwiseTest {
    private static final Map<String, Blockwise> FUNCTIONS = Map.of(
            "exp", ArrayFunctions.EXP,
            "log", ArrayFunctions.LOG,
            "sigmoid", ArrayFunctions.SIGMOID,
            "softplus", ArrayFunctions.SOFTPLUS,
            "sin", ArrayFunctions.SIN,
            "cos", ArrayFunctions.COS,
            "tanh", ArrayFunctions.TANH);

    private static final double[] SPECIAL = {
        Double.NaN,
        0.0,
        -0.0,
        1e16,
        -1e300,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        708,
        -708,
        709.7,
        -745,
        1
    };

    private static double[] random(int count, double from, double to) {
        return new SplittableRandom(11).doubles(count, from, to).toArray();
    }

    private static DoubleStream magnitudes(int count, double from, double to) {
        return DoubleStream.of(random(count, from, to)).map(exponent -> Math.pow(10, exponent));
    }

    private static double[] concatenated(DoubleStream... streams) {
        return Arrays.stream(streams).flatMapToDouble(stream -> stream).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "log", "sigmoid", "softplus", "sin", "cos", "tanh"})
    void ofManyIsThatOfEachToTheLastBit(String name) {
        Blockwise function = FUNCTIONS.get(name);
        double[] ordinary = random(3000, -30, 30);
        double[] mixed = ordinary.clone();
        for (int i = 0; i < mixed.length; i += 97) {
            mixed[i] = SPECIAL[i % SPECIAL.length];
        }
        for (double[] x : new double[][] {ordinary, mixed, SPECIAL}) {
            double[] expected = DoubleStream.of(x).map(function::of).toArray();
            double[] actual = new double[x.length + 3];
            function.of(x, 0, actual, 3, x.length);
            assertThat(Arrays.copyOfRange(actual, 3, actual.length)).isEqualTo(expected);
            double[] inPlace = x.clone();
            function.of(inPlace, 1, inPlace, 1, x.length - 1);
            assertThat(Arrays.copyOfRange(inPlace, 1, x.length)).isEqualTo(Arrays.copyOfRange(expected, 1, x.length));
        }
    }

    private static void assertWithinTwoUlps(String name, double[] arguments, UnaryOperator<BigDecimal> truth) {
        Blockwise function = FUNCTIONS.get(name);
        for (double x : arguments) {
            assertThat(ulps(function.of(x), truth.apply(HighPrecision.of(x))))
                    .as("%s(%s)", name, x)
                    .isLessThanOrEqualTo(2);
        }
    }

    /** Sizes below 745 and above 709 are where results are subnormal, or overflow. */
    private static double[] exponents() {
        return concatenated(
                DoubleStream.of(random(150, -745, 709.7)),
                DoubleStream.of(random(200, -20, 20)),
                DoubleStream.of(random(250, -1, 1)),
                DoubleStream.of(random(50, -745, -707)),
                magnitudes(60, -300, 0),
                magnitudes(60, -300, 0).map(x -> -x));
    }

    @Test
    void exponentials() {
        assertWithinTwoUlps("exp", exponents(), HighPrecision::exp);
        assertThat(ArrayFunctions.EXP.of(0)).isEqualTo(1);
        assertThat(ArrayFunctions.EXP.of(-746)).isZero();
        assertThat(ArrayFunctions.EXP.of(710)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void logarithms() {
        double[] arguments = concatenated(
                magnitudes(200, -323, 308),
                DoubleStream.of(random(400, 0.3, 3)),
                magnitudes(80, -16, -1).map(x -> 1 + x),
                magnitudes(80, -16, -1).map(x -> 1 - x));
        assertWithinTwoUlps("log", arguments, HighPrecision::log);
        assertThat(ArrayFunctions.LOG.of(1)).isZero();
        assertThat(ArrayFunctions.LOG.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ArrayFunctions.LOG.of(-1)).isNaN();
        assertThat(ArrayFunctions.LOG.of(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void sigmoids() {
        double[] arguments = DoubleStream.of(exponents()).filter(x -> x > -709).toArray();
        assertWithinTwoUlps("sigmoid", arguments, x -> {
            BigDecimal e = HighPrecision.exp(x.negate());
            return BigDecimal.ONE.divide(e.add(BigDecimal.ONE), HighPrecision.DIGITS);
        });
        assertThat(ArrayFunctions.SIGMOID.of(0)).isEqualTo(0.5);
        assertThat(ArrayFunctions.SIGMOID.of(1e4)).isEqualTo(1);
        assertThat(ArrayFunctions.SIGMOID.of(-1e4)).isZero();
    }

    /** log(1 + t) of a small t is t - t^2 / 2 + t^3 / 3 to sixty digits. */
    @Test
    void softpluses() {
        assertWithinTwoUlps("softplus", exponents(), x -> {
            BigDecimal t = HighPrecision.exp(x.abs().negate());
            if (t.doubleValue() < 1e-20) {
                BigDecimal series = t.subtract(t.multiply(t).divide(BigDecimal.valueOf(2)));
                return x.max(BigDecimal.ZERO).add(series);
            }
            return x.max(BigDecimal.ZERO).add(HighPrecision.log(t.add(BigDecimal.ONE)));
        });
        assertThat(ArrayFunctions.SOFTPLUS.of(1e300)).isEqualTo(1e300);
        assertThat(ArrayFunctions.SOFTPLUS.of(Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
        assertThat(ArrayFunctions.SOFTPLUS.of(-1e4)).isZero();
    }

    /** Among them the numbers next to multiples of a quarter of a turn, where a sine or a cosine nearly vanishes. */
    private static double[] angles() {
        SplittableRandom random = new SplittableRandom(12);
        return concatenated(
                DoubleStream.of(random(300, -100, 100)),
                DoubleStream.of(random(300, -3.2, 3.2)),
                magnitudes(100, -300, 9),
                random.ints(300, -600_000_000, 600_000_000).mapToDouble(k -> k * (Math.PI / 2)));
    }

    @Test
    void sines() {
        assertWithinTwoUlps("sin", angles(), HighPrecision::sin);
        assertThat(Double.doubleToRawLongBits(ArrayFunctions.SIN.of(-0.0))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(ArrayFunctions.SIN.of(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(ArrayFunctions.SIN.of(1e300)).isEqualTo(Math.sin(1e300));
        assertThat(ArrayFunctions.SIN.of(Double.POSITIVE_INFINITY)).isNaN();
        assertThat(DoubleStream.of(angles()).map(ArrayFunctions.SIN::of)).allMatch(sine -> Math.abs(sine) <= 1);
    }

    @Test
    void cosines() {
        assertWithinTwoUlps("cos", angles(), HighPrecision::cos);
        assertThat(ArrayFunctions.COS.of(0)).isEqualTo(1);
        assertThat(ArrayFunctions.COS.of(1e300)).isEqualTo(Math.cos(1e300));
        assertThat(ArrayFunctions.COS.of(Double.NEGATIVE_INFINITY)).isNaN();
        assertThat(DoubleStream.of(angles()).map(ArrayFunctions.COS::of)).allMatch(cosine -> Math.abs(cosine) <= 1);
    }

    @Test
    void oddAndEven() {
        for (double x : angles()) {
            assertThat(ArrayFunctions.SIN.of(-x)).isEqualTo(-ArrayFunctions.SIN.of(x));
            assertThat(ArrayFunctions.COS.of(-x)).isEqualTo(ArrayFunctions.COS.of(x));
        }
    }

    private static double tanhUlps(double x) {
        double truth = StrictMath.tanh(x);
        return Math.abs(ArrayFunctions.TANH.of(x) - truth) / Math.ulp(truth);
    }

    @Test
    void hyperbolicTangents() {
        double[] arguments = concatenated(
                magnitudes(100_000, -300, 3),
                DoubleStream.of(random(200_000, -25, 25)),
                DoubleStream.of(19.1, 20, 40, 354, 355, 356, 710, 1e10, 9.9e14, 1.1e15, 1e300));
        assertThat(DoubleStream.of(arguments).map(BlockwiseTest::tanhUlps).max().orElseThrow())
                .isLessThanOrEqualTo(2);
        assertThat(DoubleStream.of(arguments))
                .allMatch(x -> ArrayFunctions.TANH.of(-x) == -ArrayFunctions.TANH.of(x)
                        && Math.abs(ArrayFunctions.TANH.of(x)) <= 1);
        assertThat(ArrayFunctions.TANH.of(19.1)).isEqualTo(1);
        assertThat(ArrayFunctions.TANH.of(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(Double.doubleToRawLongBits(ArrayFunctions.TANH.of(-0.0)))
                .isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(ArrayFunctions.TANH.of(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    }
}
