package org.curvature4j.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.curvature4j.spectrum.Classification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MinimizerTest {
    private static final MinimizerOptions USUAL = MinimizerOptions.usual();
    private static final double[] CLASSIC = {-1.2, 1};

    private static void assertPoint(MinimizerResult result, double error, double... expected) {
        assertThat(result.converged()).as("%s", result).isTrue();
        assertThat(result.point()).usingComparatorWithPrecision(error).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource
    void allMethodsFindRosenbrocksMinimum(Method method) {
        MinimizerResult result = Minimizer.minimize(
                method,
                Landscapes.rosenbrock(2),
                CLASSIC,
                USUAL.mostIterations(method == Method.GRADIENT_DESCENT ? 100_000 : 100));

        assertPoint(result, method == Method.GRADIENT_DESCENT ? 1e-7 : 1e-8, 1, 1);
    }

    @ParameterizedTest
    @EnumSource(names = "GRADIENT_DESCENT", mode = EnumSource.Mode.EXCLUDE)
    void newtonsMethodsTakeTenDimensions(Method method) {
        double[] start = new double[10];
        Arrays.setAll(start, i -> i % 2 == 0 ? -1.2 : 1);

        MinimizerResult result =
                Minimizer.minimize(method, Landscapes.rosenbrock(10), start, USUAL.withClassification());

        assertThat(result.converged()).as("%s", result).isTrue();
        assertThat(result.spectrum().orElseThrow().classification()).isEqualTo(Classification.CONVEX);
        // There are two minima: the ones, and one near (-1, 1, ..., 1).
        assertThat(Math.abs(result.point()[1])).isCloseTo(1, within(0.01));
    }

    @Test
    void newtonTakesOneStepOnAQuadratic() {
        MinimizerResult result =
                Minimizer.minimize(Method.NEWTON, Landscapes.quadratic(1, 50, 1e4), new double[] {9, -7, 5}, USUAL);

        assertPoint(result, 1e-12, 0, 1, 2);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(result.trajectory().get(1).stepNorm()).isCloseTo(Math.sqrt(81 + 64 + 9), within(1e-12));
    }

    /** Value, gradient and Hessian of a step are asked for in one call. */
    @Test
    void newtonNeedsOneCallAStep() {
        Landscapes.Closed rosenbrock = Landscapes.rosenbrock(2);
        AtomicInteger calls = new AtomicInteger();
        Objective together = new Objective() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public double value(double[] point) {
                return rosenbrock.value(point);
            }

            @Override
            public double[] gradient(double[] point) {
                throw new AssertionError("the gradient by itself");
            }

            @Override
            public LinearOperator hessian(double[] point) {
                throw new AssertionError("the Hessian by itself");
            }

            @Override
            public double valueGradientAndHessian(double[] point, double[] gradient, double[] hessian) {
                calls.incrementAndGet();
                System.arraycopy(rosenbrock.gradient(point), 0, gradient, 0, 2);
                System.arraycopy(rosenbrock.hessian(point).toDense(), 0, hessian, 0, 4);
                return rosenbrock.value(point);
            }
        };

        MinimizerResult result = Minimizer.minimize(
                Method.NEWTON, together, CLASSIC, USUAL.withoutEscape().withClassification());

        assertPoint(result, 1e-8, 1, 1);
        assertThat(calls.get()).isEqualTo(result.iterations() + 1);
    }

    @Test
    void newtonsErrorsAreSquaredAtTheEnd() {
        List<double[]> points = new ArrayList<>();
        Landscapes.Closed rosenbrock = Landscapes.rosenbrock(2);
        Objective watched = new Landscapes.Closed(2, rosenbrock.f(), rosenbrock.slope(), x -> {
            points.add(x.clone());
            return rosenbrock.matrix().apply(x);
        });

        points.add(Minimizer.minimize(
                        Method.NEWTON, watched, CLASSIC, USUAL.withoutEscape().gradientTolerance(1e-12))
                .point());

        double[] errors = points.stream()
                .mapToDouble(x -> Vectors.norm(Vectors.difference(x, new double[] {1, 1})))
                .filter(error -> error < 0.02)
                .toArray();
        assertThat(errors.length).isGreaterThanOrEqualTo(2);
        for (int k = 0; k + 1 < errors.length; k++) {
            assertThat(errors[k + 1]).isLessThanOrEqualTo(50 * errors[k] * errors[k] + 1e-14);
        }
        assertThat(errors[errors.length - 1]).isLessThan(1e-12);
    }

    @Test
    void curvatureNeedsFarFewerIterationsThanTheGradient() {
        int newton = Minimizer.minimize(Method.NEWTON, Landscapes.rosenbrock(2), CLASSIC, USUAL)
                .iterations();
        MinimizerResult descent = Minimizer.minimize(
                Method.GRADIENT_DESCENT, Landscapes.rosenbrock(2), CLASSIC, USUAL.mostIterations(20 * newton));

        assertThat(newton).isLessThan(30);
        assertThat(descent.reason()).isEqualTo(EndReason.ITERATIONS);
        assertThat(descent.iterations()).isEqualTo(20 * newton);
    }

    @ParameterizedTest
    @EnumSource
    void findsBealesMinimum(Method method) {
        assertPoint(
                Minimizer.minimize(method, Landscapes.beale(), new double[] {1, 0.2}, USUAL.mostIterations(20_000)),
                1e-6,
                3,
                0.5);
    }

    @ParameterizedTest
    @EnumSource
    void findsOneOfHimmelblausMinimaFromAnywhere(Method method) {
        for (double x = -5; x <= 5; x += 2.5) {
            for (double y = -5; y <= 5; y += 2.5) {
                MinimizerResult result = Minimizer.minimize(
                        method, Landscapes.himmelblau(), new double[] {x, y}, USUAL.withClassification());

                assertThat(result.converged()).as("%s, %s: %s", x, y, result).isTrue();
                assertThat(result.value()).isCloseTo(0, within(1e-14));
                assertThat(result.spectrum().orElseThrow().classification()).isEqualTo(Classification.CONVEX);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesASaddleThatItStandsOn(Method method) {
        MinimizerResult result =
                Minimizer.minimize(method, Landscapes.twoValleys(), new double[2], USUAL.withClassification());

        assertThat(result.converged()).as("%s", result).isTrue();
        assertThat(result.value()).isCloseTo(-0.25, within(1e-15));
        assertThat(Math.abs(result.point()[1])).isCloseTo(Math.sqrt(0.5), within(1e-8));
        assertThat(result.trajectory().get(1).escape()).isTrue();
        assertThat(Minimizer.minimize(method, Landscapes.twoValleys(), new double[] {1, 0}, USUAL)
                        .value())
                .isCloseTo(-0.25, within(1e-15));
    }

    @Test
    void leavesASaddleOfManyNumbersByLanczos() {
        int n = 400;
        Objective objective = new Landscapes.Closed(
                n,
                x -> {
                    double sum = -2 * x[7] * x[7] + Math.pow(x[7], 4);
                    for (double number : x) {
                        sum += number * number;
                    }
                    return sum;
                },
                x -> {
                    double[] g = x.clone();
                    Vectors.scale(2, g);
                    g[7] += -4 * x[7] + 4 * Math.pow(x[7], 3);
                    return g;
                },
                x -> {
                    double[] h = new double[n * n];
                    for (int i = 0; i < n; i++) {
                        h[i * n + i] = 2;
                    }
                    h[7 * n + 7] = -2 + 12 * x[7] * x[7];
                    return h;
                });

        MinimizerResult result = Minimizer.minimize(Method.TRUST_REGION, objective, new double[n], USUAL);

        assertThat(result.converged()).as("%s", result).isTrue();
        assertThat(Math.abs(result.point()[7])).isCloseTo(Math.sqrt(0.5), within(1e-7));
    }

    @Test
    void saysThatItRestsOnASaddleWhereNotAskedToLeave() {
        MinimizerResult result = Minimizer.minimize(
                Method.NEWTON,
                Landscapes.twoValleys(),
                new double[2],
                USUAL.withoutEscape().withClassification());

        assertThat(result.converged()).isTrue();
        assertThat(result.iterations()).isZero();
        assertThat(result.spectrum().orElseThrow().classification()).isEqualTo(Classification.SADDLE);
    }

    @ParameterizedTest
    @EnumSource
    void aDegenerateSaddleIsNoMinimumAndBesideItThereIsNoBound(Method method) {
        MinimizerResult at =
                Minimizer.minimize(method, Landscapes.monkeySaddle(), new double[2], USUAL.withClassification());
        assertThat(at.reason()).isEqualTo(EndReason.GRADIENT_SMALL);
        assertThat(at.spectrum().orElseThrow().inertia().positive()).isZero();

        MinimizerResult beside = Minimizer.minimize(method, Landscapes.monkeySaddle(), new double[] {0.1, 0.05}, USUAL);
        assertThat(beside.reason()).as("%s", beside).isEqualTo(EndReason.UNBOUNDED);
        assertThat(beside.converged()).isFalse();
        assertThat(beside.value()).isLessThan(-1e30);
    }

    @ParameterizedTest
    @EnumSource
    void shortensStepsIntoWhereThereIsNoValue(Method method) {
        // Newton's step from 3 leads to -3.
        assertPoint(Minimizer.minimize(method, Landscapes.barrier(), new double[] {3}, USUAL), 1e-7, 1);
        assertPoint(Minimizer.minimize(method, Landscapes.barrier(), new double[] {1e-3}, USUAL), 1e-7, 1);
    }

    @ParameterizedTest
    @EnumSource
    void endsWhereRoundingHidesAllProgress(Method method) {
        MinimizerResult result = Minimizer.minimize(
                method, Landscapes.rosenbrock(2), new double[] {1.01, 1.02}, USUAL.gradientTolerance(1e-300));

        assertThat(result.reason()).isIn(EndReason.NO_PROGRESS, EndReason.GRADIENT_SMALL, EndReason.ITERATIONS);
        if (method != Method.GRADIENT_DESCENT) {
            assertThat(result.gradientNorm()).isLessThan(1e-11);
            assertThat(result.iterations()).isLessThan(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesNeverRiseAndProgressIsHeard(Method method) {
        List<Iteration> heard = new ArrayList<>();
        MinimizerResult result = Minimizer.minimize(
                method,
                Landscapes.rosenbrock(2),
                CLASSIC,
                USUAL.mostIterations(12).progress(heard::add));

        assertThat(heard).isEqualTo(result.trajectory());
        for (int k = 1; k < heard.size(); k++) {
            assertThat(heard.get(k).value()).isLessThan(heard.get(k - 1).value());
            assertThat(heard.get(k).number()).isEqualTo(k);
            assertThat(heard.get(k).stepNorm()).isPositive();
        }
        assertThat(result.products() == 0).isEqualTo(method == Method.GRADIENT_DESCENT);
    }

    @Test
    void refusesWhatCantBeMinimised() {
        Landscapes.Closed rosenbrock = Landscapes.rosenbrock(2);
        assertThatThrownBy(() -> Minimizer.minimize(Method.NEWTON, rosenbrock, new double[3], USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("start: expected 2 numbers, got 3");
        assertThatThrownBy(() -> Minimizer.minimize(Method.NEWTON, rosenbrock, new double[] {1, Double.NaN}, USUAL))
                .hasMessageContaining("start: expected finite numbers");
        assertThatThrownBy(() -> Minimizer.minimize(Method.NEWTON, Landscapes.barrier(), new double[] {-1}, USUAL))
                .hasMessageContaining("start: expected a point where value and gradient are finite");
        Objective broken =
                new Landscapes.Closed(2, rosenbrock.f(), rosenbrock.slope(), x -> new double[] {1, 0, 0, Double.NaN});
        for (Method method : new Method[] {Method.NEWTON, Method.NEWTON_CG, Method.TRUST_REGION}) {
            assertThatThrownBy(() -> Minimizer.minimize(method, broken, CLASSIC, USUAL))
                    .hasMessageContaining("finite");
        }
        Objective large = new Landscapes.Closed(6000, x -> 0, x -> x, x -> x);
        assertThatThrownBy(() -> Minimizer.minimize(Method.NEWTON, large, new double[6000], USUAL))
                .hasMessageContaining("method newton: expected a function of at most 5000 numbers, got 6000");
        assertThatThrownBy(() -> USUAL.gradientTolerance(0)).hasMessageContaining("gradient tolerance");
    }

    @Test
    void closesTheHessians() {
        int[] open = {0};
        Landscapes.Closed rosenbrock = Landscapes.rosenbrock(2);
        Objective watched = new Objective() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public double value(double[] point) {
                return rosenbrock.value(point);
            }

            @Override
            public double[] gradient(double[] point) {
                return rosenbrock.gradient(point);
            }

            @Override
            public LinearOperator hessian(double[] point) {
                open[0]++;
                LinearOperator dense = rosenbrock.hessian(point);
                return new LinearOperator(2, 2, true) {
                    @Override
                    protected void multiply(double[] vector, double[] product) {
                        dense.apply(vector, product);
                    }

                    @Override
                    public void close() {
                        open[0]--;
                    }
                };
            }
        };

        for (Method method : Method.values()) {
            Minimizer.minimize(method, watched, CLASSIC, USUAL.withClassification());
            assertThat(open[0]).isZero();
        }
    }
}
