package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Products;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Derivatives to third order where some are infinite and others aren't, in either mode and by every engine, against
 * closed forms: an infinity of one element or factor stays out of derivatives that it has no part in.
 */
class OverflowingFactorsTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    /**
     * Products of factors.
     *
     * @param factors of each result, as indices into the point
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Products(
            String name,
            double[] point,
            List<List<Integer>> factors,
            BiFunction<SameDiff, SDVariable, SDVariable> graph) {
        @Override
        public String toString() {
            return name + " at " + Arrays.toString(point);
        }

        /** What multiplying exactly gives for each result, differentiated by each choice of this many elements. */
        double[] derivative(int order) {
            int n = point.length;
            int choices = (int) Math.pow(n, order);
            double[] result = new double[factors.size() * choices];
            for (int i = 0; i < result.length; i++) {
                List<Integer> left = new ArrayList<>(factors.get(i / choices));
                boolean isThere = true;
                for (int k = 0, rest = i % choices; k < order; k++, rest /= n) {
                    isThere &= left.remove((Integer) (rest % n));
                }
                BigDecimal product = left.stream()
                        .map(index -> new BigDecimal(point[index]))
                        .reduce(BigDecimal.ONE, BigDecimal::multiply);
                result[i] = isThere ? product.doubleValue() : 0;
            }
            return result;
        }
    }

    static List<Products> products() {
        List<Products> cases = new ArrayList<>();
        double[][] points = {{1e200, 1e200, 1, 2}, {2, 0, 3, 0, 5}, {-1e200, 3, 1e200}, {0, 0, 2}};
        for (double[] point : points) {
            int n = point.length;
            List<Integer> all = IntStream.range(0, n).boxed().toList();
            for (int kind = 0; kind < (n == 3 ? 4 : 1); kind++) {
                boolean exclusive = kind % 2 == 1;
                boolean reverse = kind / 2 == 1;
                List<List<Integer>> running = all.stream()
                        .map(i -> all.stream()
                                .filter(j -> (reverse ? j > i : j < i) || (!exclusive && j.equals(i)))
                                .toList())
                        .toList();
                String name = "cumprod" + (exclusive ? " exclusive" : "") + (reverse ? " reverse" : "");
                cases.add(new Products(name, point, running, (sd, x) -> sd.cumprod(x, exclusive, reverse, 0)));
            }
            cases.add(new Products("prod", point, List.of(all), (sd, x) -> sd.prod(x)));
            int[] ids = IntStream.range(0, n).map(i -> i == n - 1 ? 1 : 0).toArray();
            List<List<Integer>> segments = List.of(all.subList(0, n - 1), List.of(n - 1));
            cases.add(new Products(
                    "segment_prod",
                    point,
                    segments,
                    (sd, x) -> sd.segmentProd(x, sd.constant(Nd4j.createFromArray(ids)))));
            cases.add(new Products(
                    "unsorted_segment_prod",
                    point,
                    segments,
                    (sd, x) -> sd.unsortedSegmentProd(x, sd.constant(Nd4j.createFromArray(ids)), 2)));
            cases.add(new Products(
                    "scatter_mul",
                    point,
                    List.of(all),
                    (sd, x) -> sd.scatterMul(
                            sd.constant(Nd4j.ones(DataType.DOUBLE, 1)),
                            sd.constant(Nd4j.createFromArray(new int[n])),
                            x)));
        }
        return cases;
    }

    private static Graph graph(BiFunction<SameDiff, SDVariable, SDVariable> function, int size) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, size);
        String output = function.apply(sd, x).name();
        return SameDiffImport.graph(sd, List.of(output), Map.of("x", Shape.of(size)), ImportRules.standard());
    }

    @ParameterizedTest
    @MethodSource("products")
    void everyDerivativeIsTheProductOfTheOtherFactors(Products products) {
        Graph function = graph(products.graph(), products.point().length);
        check("value", function, products.point(), products.derivative(0));
        for (DerivativeMode first : new DerivativeMode[] {DerivativeMode.FORWARD, DerivativeMode.REVERSE}) {
            Graph jacobian = Derivatives.jacobian(function, first);
            check(first.toString(), jacobian, products.point(), products.derivative(1));
            for (DerivativeMode second : new DerivativeMode[] {DerivativeMode.FORWARD, DerivativeMode.REVERSE}) {
                Graph curvature = Derivatives.jacobian(jacobian, second);
                check(first + ", " + second, curvature, products.point(), products.derivative(2));
            }
        }
        Graph curvature =
                Derivatives.jacobian(Derivatives.jacobian(function, DerivativeMode.REVERSE), DerivativeMode.FORWARD);
        Graph third = Derivatives.jacobian(curvature, DerivativeMode.FORWARD);
        check("third", third, products.point(), products.derivative(3));
        if (products.factors().size() == 1) {
            checkHessians(function, products.point(), products.derivative(2));
        }
    }

    @Test
    void entropyAtZeroCurvesInItsOwnElementOnly() {
        double[] point = {1, 0, 0.5, 0.25};
        Graph entropy = graph((sd, x) -> sd.math.entropy(x, 0), 4);
        double[] hessian = {-1, 0, 0, 0, 0, -INF, 0, 0, 0, 0, -2, 0, 0, 0, 0, -4};
        checkHessians(entropy, point, hessian);
        double[] third = new double[64];
        third[0] = 1;
        third[21] = INF;
        third[42] = 4;
        third[63] = 16;
        check("third", Derivatives.jacobian(Derivatives.hessian(entropy), DerivativeMode.FORWARD), point, third);
    }

    /** Any change of equal numbers, however small, becomes a deviation of 1; only a single number always deviates by 0. */
    @Test
    void standardizedNumbersThatDontDeviateHaveNoDerivative() {
        Graph three = graph((sd, x) -> sd.math.standardize(x, 0), 3);
        double[] point = {2, 2, 2};
        double[] none = IntStream.range(0, 9).mapToDouble(i -> Double.NaN).toArray();
        check("value", three, point, 0, 0, 0);
        check("forward", Derivatives.jacobian(three, DerivativeMode.FORWARD), point, none);
        check("reverse", Derivatives.jacobian(three, DerivativeMode.REVERSE), point, none);
        Graph one = graph((sd, x) -> sd.math.standardize(x, 0), 1);
        check("one", Derivatives.jacobian(one, DerivativeMode.FORWARD), new double[] {2}, 0);
    }

    private static void checkHessians(Graph function, double[] point, double[] expected) {
        check("hessian", Derivatives.hessian(function), point, expected);
        check("structured hessian", Derivatives.structuredHessian(function), point, expected);
    }

    /** Few factors: their rounding is a few units in the last place. */
    private static void check(String what, Graph graph, double[] point, double... expected) {
        for (Engine engine : Engine.values()) {
            EngineRunner.evaluate(engine, graph, point).ifPresent(actual -> {
                assertThat(actual).hasSameSizeAs(expected);
                for (int i = 0; i < expected.length; i++) {
                    boolean close = Math.abs(actual[i] - expected[i]) <= 8 * Math.ulp(expected[i]);
                    assertThat(close || Double.compare(actual[i], expected[i]) == 0)
                            .as("%s by %s: element %s is %s, not %s", what, engine, i, actual[i], expected[i])
                            .isTrue();
                }
            });
        }
    }
}
