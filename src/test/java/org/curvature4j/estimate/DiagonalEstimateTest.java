package org.curvature4j.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.BiFunction;
import org.curvature4j.operator.LinearOperator;
import org.junit.jupiter.api.Test;

class DiagonalEstimateTest {
    private static final int N = 60;
    private static final int SEEDS = 60;

    @Test
    void theTruthLiesInTheIntervals() {
        check(Hutchinson::diagonal);
        check(XDiag::diagonal);
    }

    private static void check(BiFunction<LinearOperator, Budget, DiagonalEstimate> method) {
        Spectra.symmetric(N).forEach((name, matrix) -> {
            LinearOperator operator = Spectra.operator(matrix, N);
            int inside = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                DiagonalEstimate estimate = method.apply(operator, Budget.of(24).seed(seed));
                double[] values = estimate.values();
                double reach = estimate.confidenceInterval(0, 0.95).high() - values[0];
                double factor = reach == 0 ? 0 : reach / estimate.standardErrors()[0];
                for (int i = 0; i < N; i++) {
                    double error = Math.abs(values[i] - matrix[i * N + i]);
                    inside += error <= factor * estimate.standardErrors()[i] + 1e-12 ? 1 : 0;
                }
            }
            assertThat(inside / (double) (SEEDS * N)).as(name).isGreaterThanOrEqualTo(0.9);
        });
    }

    @Test
    void decayingSpectraAreFoundByXDiag() {
        double[] matrix = Spectra.symmetric(N, i -> Math.pow(0.3, i));
        double[] plain =
                Hutchinson.diagonal(Spectra.operator(matrix, N), Budget.of(40)).values();
        double[] better =
                XDiag.diagonal(Spectra.operator(matrix, N), Budget.of(40)).values();
        double plainError = 0;
        for (int i = 0; i < N; i++) {
            assertThat(better[i]).isEqualTo(matrix[i * N + i], within(1e-8));
            plainError = Math.max(plainError, Math.abs(plain[i] - matrix[i * N + i]));
        }
        assertThat(plainError).isGreaterThan(1e-3);
    }

    @Test
    void aMatrixThatIsNotSymmetricTakesItsAdjoint() {
        double[] matrix = Spectra.random(N, N, 5);
        for (int column = 0; column < N; column++) {
            for (int row = 3; row < N; row++) {
                matrix[row * N + column] = matrix[(row % 3) * N + column] * (row % 5 - 2);
            }
        }
        DiagonalEstimate estimate = XDiag.diagonal(Spectra.operator(matrix, N), Budget.of(20));
        for (int i = 0; i < N; i++) {
            assertThat(estimate.values()[i]).isEqualTo(matrix[i * N + i], within(1e-10));
        }
        // Rank 3 leaves three directions of ten probes.
        assertThat(estimate.products()).isEqualTo(13);
    }

    @Test
    void exactWithAProductForEachRow() {
        double[] matrix = Spectra.random(8, 8, 1);
        DiagonalEstimate estimate = XDiag.diagonal(Spectra.operator(matrix, 8), Budget.of(8));
        assertThat(estimate.isExact()).isTrue();
        assertThat(estimate.probes()).isZero();
        assertThat(estimate.report()).contains("exact but for rounding").contains("8 products");
        for (int i = 0; i < 8; i++) {
            assertThat(estimate.values()[i]).isEqualTo(matrix[i * 8 + i]);
            assertThat(estimate.entry(i).standardError()).isZero();
        }
    }
}
