package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Extremum;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Sum;
import org.hipparchus.special.Erf;
import org.hipparchus.util.FastMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values to the last digits, near zero and far from it, and the values that aren't ordinary numbers. */
class OpAccuracyTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    static final double[] SPECIAL = {
        Double.NaN,
        0.0,
        -0.0,
        INFINITY,
        -INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        1e-310,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        1,
        -1,
        0.5,
        -0.5,
        1.5,
        -2.5,
        710,
        -710,
        800,
        -800,
        1e200
    };

    /** Of these it isn't worth a kernel to give a zero the sign that Java gives it. */
    private static final Set<Elementwise> SIGN_OF_ZERO_OPEN =
            EnumSet.of(Elementwise.SIGN, Elementwise.TANH, Elementwise.MAX, Elementwise.MIN);

    /** The functions as Java has them, for special arguments. */
    private static final Map<Elementwise, DoubleUnaryOperator> UNARY = Map.ofEntries(
            Map.entry(Elementwise.NEG, x -> -x),
            Map.entry(Elementwise.ABS, Math::abs),
            Map.entry(Elementwise.SIGN, Math::signum),
            Map.entry(Elementwise.FLOOR, Math::floor),
            Map.entry(Elementwise.CEIL, Math::ceil),
            Map.entry(Elementwise.ROUND, x -> Math.copySign(Math.floor(Math.abs(x) + 0.5), x)),
            Map.entry(Elementwise.EXP, Math::exp),
            Map.entry(Elementwise.EXP2, x -> Math.pow(2, x)),
            Map.entry(Elementwise.EXPM1, Math::expm1),
            Map.entry(Elementwise.LOG, Math::log),
            Map.entry(Elementwise.LOG2, x -> Math.log(x) / Math.log(2)),
            Map.entry(Elementwise.LOG1P, Math::log1p),
            Map.entry(Elementwise.SQRT, Math::sqrt),
            Map.entry(Elementwise.CBRT, Math::cbrt),
            Map.entry(Elementwise.SIN, Math::sin),
            Map.entry(Elementwise.COS, Math::cos),
            Map.entry(Elementwise.TAN, Math::tan),
            Map.entry(Elementwise.ASIN, Math::asin),
            Map.entry(Elementwise.ACOS, Math::acos),
            Map.entry(Elementwise.ATAN, Math::atan),
            Map.entry(Elementwise.SINH, Math::sinh),
            Map.entry(Elementwise.COSH, Math::cosh),
            Map.entry(Elementwise.TANH, Math::tanh),
            Map.entry(Elementwise.ASINH, FastMath::asinh),
            Map.entry(Elementwise.ACOSH, x -> x < 1 ? Double.NaN : FastMath.acosh(x)),
            Map.entry(Elementwise.ATANH, FastMath::atanh),
            Map.entry(Elementwise.ERF, x -> Math.abs(x) < 1e-10 ? x * (2 / Math.sqrt(Math.PI)) : Erf.erf(x)),
            Map.entry(Elementwise.ERFC, Erf::erfc),
            Map.entry(Elementwise.ERFINV, Erf::erfInv),
            Map.entry(Elementwise.LGAMMA, x -> x <= 0 && x == Math.rint(x) ? INFINITY : LogGamma.value(x)),
            Map.entry(Elementwise.SIGMOID, x -> 1 / (1 + Math.exp(-x))),
            Map.entry(Elementwise.SOFTPLUS, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))));

    private static final Map<Elementwise, DoubleBinaryOperator> BINARY = Map.of(
            Elementwise.ADD, (x, y) -> x + y,
            Elementwise.SUB, (x, y) -> x - y,
            Elementwise.MUL, (x, y) -> x * y,
            Elementwise.DIV, (x, y) -> x / y,
            // IEEE 754 and C have 1 where Java has NaN.
            Elementwise.POW, (x, y) -> x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y),
            Elementwise.ATAN2, Math::atan2,
            Elementwise.MAX, Math::max,
            Elementwise.MIN, Math::min);

    static Stream<Elementwise> unary() {
        return Arrays.stream(Elementwise.values()).filter(op -> op.arity() == 1);
    }

    static Stream<Elementwise> binary() {
        return Arrays.stream(Elementwise.values()).filter(op -> op.arity() == 2);
    }

    static Stream<Elementwise> smooth() {
        return unary().filter(op -> Exact.functions().containsKey(op));
    }

    private static double[] compute(Op op, DType dtype, double[]... operands) {
        GraphBuilder builder = new GraphBuilder();
        TensorType type = TensorType.of(dtype, operands[0].length);
        List<Node> inputs = IntStream.range(0, operands.length)
                .mapToObj(i -> builder.input("x" + i, type))
                .toList();
        List<Tensor> arguments =
                Arrays.stream(operands).map(values -> Tensor.of(type, values)).toList();
        return Plan.evaluate(builder.build(List.of(builder.apply(op, inputs))), arguments)
                .get(0)
                .values();
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void isRightToTheLastDigits(Elementwise op) {
        check(op, DType.FLOAT64, 300, 5e-16);
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void isRightToTheLastDigitsInFloat32(Elementwise op) {
        check(op, DType.FLOAT32, 30, 2.5e-7);
    }

    private static DoubleUnaryOperator exact(Elementwise op) {
        return Objects.requireNonNull(UNARY.get(op), () -> op + ": expected a row in UNARY, got none");
    }

    private static void check(Elementwise op, DType dtype, double largest, double tolerance) {
        double[] points = magnitudes(largest)
                .map(dtype::round)
                .filter(x -> Double.isFinite(exact(op).applyAsDouble(x)))
                .toArray();
        double[] actual = compute(op, dtype, points);
        assertThat(points.length).isGreaterThan(100);
        for (int i = 0; i < points.length; i++) {
            double expected = Exact.value(op, points[i]);
            assertThat(actual[i])
                    .as(op + " at " + points[i])
                    .isCloseTo(expected, within(tolerance * Math.abs(expected)));
        }
    }

    /** Both signs, from 1e-16 on, densely between 0.1 and 10. */
    private static DoubleStream magnitudes(double largest) {
        DoubleStream sparse = IntStream.rangeClosed(-64, 16).mapToDouble(i -> Math.pow(10, i / 4.0));
        DoubleStream dense = IntStream.rangeClosed(1, 150).mapToDouble(i -> i * 0.0667);
        return DoubleStream.concat(sparse, dense).filter(x -> x <= largest).flatMap(x -> DoubleStream.of(x, -x));
    }

    @ParameterizedTest
    @MethodSource("unary")
    void treatsSpecialArgumentsAsJavaDoes(Elementwise op) {
        double[] actual = compute(op, DType.FLOAT64, SPECIAL);
        for (int i = 0; i < SPECIAL.length; i++) {
            double expected = exact(op).applyAsDouble(SPECIAL[i]);
            assertSame(op, String.valueOf(SPECIAL[i]), actual[i], expected);
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void treatsPairsOfSpecialArgumentsAsJavaDoes(Elementwise op) {
        int count = SPECIAL.length;
        double[] left = new double[count * count];
        double[] right = new double[count * count];
        for (int i = 0; i < left.length; i++) {
            left[i] = SPECIAL[i / count];
            right[i] = SPECIAL[i % count];
        }
        double[] actual = compute(op, DType.FLOAT64, left, right);
        for (int i = 0; i < left.length; i++) {
            double expected = BINARY.get(op).applyAsDouble(left[i], right[i]);
            assertSame(op, left[i] + ", " + right[i], actual[i], expected);
        }
    }

    static void assertSame(Elementwise op, String arguments, double actual, double expected) {
        if (!(actual == 0 && expected == 0 && SIGN_OF_ZERO_OPEN.contains(op))) {
            assertSame(op + "(" + arguments + ")", actual, expected);
        }
    }

    /** Equal to a few units in the last place, and to the sign of a zero. */
    private static void assertSame(String what, double actual, double expected) {
        double tolerance = 4e-15 * Math.abs(expected);
        if (!(expected != 0 && Math.abs(actual - expected) <= tolerance)) {
            assertThat(what + " = " + actual).isEqualTo(what + " = " + expected);
        }
    }

    @Test
    void aLargestElementIsNaNWhereOneIs() {
        double[][] rows = {{1, Double.NaN, 3}, {-INFINITY, -INFINITY, -INFINITY}, {INFINITY, 1, 2}, {-0.0, -1, -2}};
        double[] expected = {Double.NaN, -INFINITY, INFINITY, -0.0};
        for (int i = 0; i < rows.length; i++) {
            assertSame("max", compute(new Extremum.Largest(List.of(0)), DType.FLOAT64, rows[i])[0], expected[i]);
        }
    }

    @Test
    void aSumOfSpecialValuesFollowsTheirArithmetic() {
        double[][] rows = {{1, Double.NaN, 3}, {INFINITY, 1, 2}, {INFINITY, -INFINITY, 0}, {1e308, 1e308, 0}};
        double[] expected = {Double.NaN, INFINITY, Double.NaN, INFINITY};
        for (int i = 0; i < rows.length; i++) {
            assertSame("sum", compute(new Sum(List.of(0)), DType.FLOAT64, rows[i])[0], expected[i]);
        }
    }

    @Test
    void aCastRoundsTowardsZeroAndKeepsSpecialValues() {
        assertThat(compute(new Cast(DType.INT64), DType.FLOAT64, new double[] {1.9, -1.9, 0.5, -0.0}))
                .containsExactly(1, -1, 0, 0);
        assertThat(compute(new Cast(DType.BOOL), DType.FLOAT64, new double[] {0, -0.0, 0.3, -2, INFINITY}))
                .containsExactly(0, 0, 1, 1, 1);
        double[] narrow = compute(
                new Cast(DType.FLOAT32), DType.FLOAT64, new double[] {Double.NaN, INFINITY, -INFINITY, 1e39, 0.1});
        assertThat(narrow).containsExactly(Double.NaN, INFINITY, -INFINITY, INFINITY, 0.1f);
    }
}
