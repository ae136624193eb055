package org.curvature4j.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.curvature4j.operator.LinearOperator;
import org.junit.jupiter.api.Test;

/** Over many seeds: no bias, and the truth within the interval as often as the interval says. */
class TraceCoverageTest {
    private static final int N = 70;
    /** Of 400 intervals that hold with probability 0.95, fewer than 362 do in 1 case of 10,000. */
    private static final int SEEDS = 400;

    private static final Map<String, double[]> MATRICES = matrices();

    private static Map<String, double[]> matrices() {
        Map<String, double[]> matrices = new LinkedHashMap<>(Spectra.symmetric(N));
        matrices.put("not symmetric", Spectra.random(N, N, 3));
        return matrices;
    }

    @Test
    void hutchinson() {
        check("trace", Hutchinson::trace, 24);
        check("trace", (a, budget) -> Hutchinson.trace(a, budget, Probes.GAUSSIAN, 0), 40);
    }

    @Test
    void hutchPlusPlus() {
        check("trace", HutchPlusPlus::trace, 36);
    }

    @Test
    void xTrace() {
        check("trace", XTrace::trace, 24);
        check("trace", XTrace::trace, 50);
    }

    @Test
    void squaredFrobenius() {
        check("squared Frobenius norm", Hutchinson::squaredFrobenius, 24);
    }

    @Test
    void stoppingEarlyCostsLittleCoverage() {
        check("trace", (a, budget) -> Hutchinson.trace(a, budget, Probes.RADEMACHER, 0.05), 64);
    }

    private static void check(String quantity, BiFunction<LinearOperator, Budget, Estimate> method, int products) {
        MATRICES.forEach((name, matrix) -> {
            LinearOperator operator = Spectra.operator(matrix, N);
            double truth = quantity.equals("trace") ? Spectra.trace(matrix, N) : square(matrix);
            double rounding = 1e-12 * Math.sqrt(square(matrix) * N) + 1e-13 * Math.abs(truth);
            int inside = 0;
            double bias = 0;
            double variance = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                Estimate estimate = method.apply(operator, Budget.of(products).seed(seed));
                assertThat(estimate.products()).isLessThanOrEqualTo(products);
                double error = estimate.value() - truth;
                bias += error / SEEDS;
                variance += error * error / SEEDS;
                Estimate.Interval interval = estimate.confidenceInterval(0.95);
                inside += interval.contains(truth) || Math.abs(error) <= rounding ? 1 : 0;
            }
            assertThat(inside / (double) SEEDS).as("%s, coverage", name).isGreaterThanOrEqualTo(0.905);
            assertThat(Math.abs(bias))
                    .as("%s, bias", name)
                    .isLessThanOrEqualTo(4 * Math.sqrt(variance / SEEDS) + rounding);
        });
    }

    private static double square(double[] matrix) {
        double sum = 0;
        for (double entry : matrix) {
            sum += entry * entry;
        }
        return sum;
    }
}
