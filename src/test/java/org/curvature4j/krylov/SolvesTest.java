package org.curvature4j.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.curvature4j.operator.Vectors;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class SolvesTest {
    private static final SolveOptions USUAL = SolveOptions.usual();

    /** Q diag(eigenvalues) Q' with Q of a Householder reflection, mirrored to the last bit. */
    private static MatrixOperator matrix(double... eigenvalues) {
        int n = eigenvalues.length;
        double[] v = normal(1, n);
        double size = Vectors.dot(v, v);
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    double left = (i == k ? 1 : 0) - 2 * v[i] * v[k] / size;
                    double right = (j == k ? 1 : 0) - 2 * v[j] * v[k] / size;
                    sum += left * eigenvalues[k] * right;
                }
                matrix[i * n + j] = sum;
                matrix[j * n + i] = sum;
            }
        }
        return MatrixOperator.of(matrix, n, n);
    }

    private static double[] normal(long seed, int n) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> StandardNormal.value(seed, i));
        return numbers;
    }

    private static double[] dense(LinearOperator operator, double[] b) {
        int n = b.length;
        double[] numbers = operator.toDense();
        RealMatrix matrix = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            matrix.setRow(i, Arrays.copyOfRange(numbers, i * n, (i + 1) * n));
        }
        return new LUDecomposition(matrix)
                .getSolver()
                .solve(new org.hipparchus.linear.ArrayRealVector(b))
                .toArray();
    }

    private static double[] range(int n, double from, double to) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> from * Math.pow(to / from, i / (n - 1.0)));
        return numbers;
    }

    private static double trueResidual(LinearOperator operator, SolveResult result, double[] b) {
        return Vectors.norm(Vectors.difference(b, operator.apply(result.solution())));
    }

    @Test
    void bothAgreeWithADenseSolve() {
        LinearOperator operator = matrix(range(40, 1, 1000));
        double[] b = normal(3, 40);
        double[] expected = dense(operator, b);

        for (SolveResult result : new SolveResult[] {
            ConjugateGradients.solve(operator, b, USUAL.tolerance(1e-13)),
            Minres.solve(operator, b, USUAL.tolerance(1e-13))
        }) {
            assertThat(result.converged()).isTrue();
            assertThat(result.relativeResidual()).isLessThanOrEqualTo(1e-13);
            assertThat(result.residualNorm()).isCloseTo(trueResidual(operator, result, b), within(1e-15));
            assertThat(Vectors.norm(Vectors.difference(result.solution(), expected)))
                    .isLessThan(1e-12 * Vectors.norm(expected) * 10);
            assertThat(result.negativeCurvature()).isEmpty();
            assertThat(result.products()).isGreaterThan(result.iterations());
        }
    }

    @Test
    void takesAsManyStepsAsThereAreEigenvalues() {
        double[] eigenvalues = new double[30];
        Arrays.setAll(eigenvalues, i -> 1 + i % 3);

        assertThat(ConjugateGradients.solve(matrix(eigenvalues), normal(1, 30), USUAL)
                        .iterations())
                .isEqualTo(3);
        Arrays.setAll(eigenvalues, i -> i % 3 - 1.5);
        assertThat(Minres.solve(matrix(eigenvalues), normal(1, 30), USUAL).iterations())
                .isEqualTo(3);
    }

    @Test
    void solvesIndefiniteSystemsByMinres() {
        double[] eigenvalues = range(60, 0.01, 100);
        for (int i = 0; i < eigenvalues.length; i += 3) {
            eigenvalues[i] = -eigenvalues[i];
        }
        LinearOperator operator = matrix(eigenvalues);
        double[] b = normal(9, 60);

        SolveResult result = Minres.solve(operator, b, USUAL.tolerance(1e-12).mostIterations(5000));

        assertThat(result.converged()).as("%s", result).isTrue();
        double[] expected = dense(operator, b);
        assertThat(Vectors.norm(Vectors.difference(result.solution(), expected)))
                .isLessThan(1e-7 * Vectors.norm(expected));
    }

    @Test
    void conjugateGradientsReportNegativeCurvature() {
        LinearOperator operator = matrix(-1, 2, 3, 4, 5);

        SolveResult result = ConjugateGradients.solve(operator, normal(2, 5), USUAL);

        assertThat(result.reason()).isEqualTo(SolveReason.NEGATIVE_CURVATURE);
        assertThat(result.converged()).isFalse();
        double[] direction = result.negativeCurvature().orElseThrow();
        assertThat(Vectors.norm(direction)).isCloseTo(1, within(1e-15));
        assertThat(Vectors.dot(direction, operator.apply(direction))).isNegative();
        assertThat(result.residualNorm()).isCloseTo(trueResidual(operator, result, normal(2, 5)), within(1e-14));
    }

    @Test
    void reachesWhatIllConditionedSystemsAllowAndSaysSo() {
        LinearOperator operator = matrix(range(50, 1e-12, 1));
        double[] b = normal(4, 50);

        SolveResult easy =
                ConjugateGradients.solve(operator, b, USUAL.tolerance(1e-3).mostIterations(20_000));
        assertThat(easy.residualNorm()).isCloseTo(trueResidual(operator, easy, b), within(1e-13));
        assertThat(easy.converged()).isEqualTo(easy.relativeResidual() <= 1e-3);
        SolveResult hopeless = Minres.solve(operator, b, USUAL.tolerance(1e-15).mostIterations(500));
        assertThat(hopeless.converged()).isFalse();
        assertThat(hopeless.residualNorm()).isCloseTo(trueResidual(operator, hopeless, b), within(1e-13));
    }

    @Test
    void aPreconditionerTakesOutTheScale() {
        double[] diagonal = range(100, 1e-6, 1e6);
        double[] b = normal(4, 100);

        SolveResult result = ConjugateGradients.solve(DiagonalOperator.of(diagonal), b, USUAL.preconditioner(diagonal));

        assertThat(result.converged()).isTrue();
        assertThat(result.iterations()).isLessThanOrEqualTo(2);
        for (int i = 0; i < b.length; i++) {
            assertThat(result.solution()[i]).isCloseTo(b[i] / diagonal[i], within(1e-9 * Math.abs(b[i] / diagonal[i])));
        }
    }

    @Test
    void singularConsistentSystemsHaveASolution() {
        LinearOperator operator = matrix(0, 0, 1, 2, 3, 4);
        double[] b = operator.apply(normal(5, 6));

        assertThat(ConjugateGradients.solve(operator, b, USUAL).relativeResidual())
                .isLessThan(1e-10);
        SolveResult minres = Minres.solve(
                matrix(0, 0, -1, 2, -3, 4), matrix(0, 0, -1, 2, -3, 4).apply(b), USUAL);
        assertThat(minres.converged()).isTrue();
        // The solution of least norm, as it lies in the range: the operator's image of something.
        assertThat(Vectors.norm(minres.solution())).isLessThanOrEqualTo(Vectors.norm(b) * (1 + 1e-9));
    }

    @Test
    void inconsistentSystemsEndAtTheSmallestResidual() {
        LinearOperator operator = DiagonalOperator.of(0, 2, -4);

        SolveResult result = Minres.solve(operator, new double[] {3, 2, 4}, USUAL);

        assertThat(result.converged()).isFalse();
        assertThat(result.reason()).isEqualTo(SolveReason.LEAST_SQUARES);
        assertThat(result.residualNorm()).isCloseTo(3, within(1e-12));
        assertThat(Minres.solve(DiagonalOperator.of(0, 0), new double[] {1, 2}, USUAL)
                        .reason())
                .isEqualTo(SolveReason.LEAST_SQUARES);
        assertThat(ConjugateGradients.solve(DiagonalOperator.of(0, 0), new double[] {1, 2}, USUAL)
                        .reason())
                .isEqualTo(SolveReason.NEGATIVE_CURVATURE);
    }

    @Test
    void nothingToSolveIsSolvedByZero() {
        SolveResult result = Minres.solve(DiagonalOperator.of(1, 0), new double[2], USUAL.start(5, 5));

        assertThat(result.solution()).containsExactly(0, 0);
        assertThat(result.converged()).isTrue();
        assertThat(result.products()).isZero();
    }

    @Test
    void aSingleRowIsADivision() {
        assertThat(ConjugateGradients.solve(DiagonalOperator.of(4), new double[] {2}, USUAL)
                        .solution())
                .containsExactly(0.5);
        assertThat(Minres.solve(DiagonalOperator.of(-4), new double[] {2}, USUAL)
                        .solution()[0])
                .isCloseTo(-0.5, within(1e-16));
    }

    @Test
    void sizesNeitherVanishNorOverflow() {
        for (double scale : new double[] {1e-300, 1e-200, 1e200, 1e300}) {
            double[] b = {scale, 2 * scale, -scale};
            assertThat(ConjugateGradients.solve(matrix(1, 2, 3), b, USUAL).converged())
                    .isTrue();
            assertThat(Minres.solve(matrix(1, -2, 3), b, USUAL).converged()).isTrue();
        }
    }

    @Test
    void aStartIsUsed() {
        LinearOperator operator = matrix(1, 2, 3, 4);
        double[] b = normal(8, 4);
        double[] solution = dense(operator, b);

        SolveResult result = ConjugateGradients.solve(operator, b, USUAL.start(solution));

        assertThat(result.iterations()).isZero();
        assertThat(result.products()).isEqualTo(1);
        assertThat(result.solution()).usingComparatorWithPrecision(1e-15).containsExactly(solution);
        SolveResult far = Minres.solve(operator, b, USUAL.start(9, -7, 5, 3));
        assertThat(far.solution()).usingComparatorWithPrecision(1e-8).containsExactly(solution);
    }

    @Test
    void stopsWhenNoIterationsAreLeft() {
        SolveResult result =
                ConjugateGradients.solve(matrix(range(30, 1, 1e6)), normal(1, 30), USUAL.mostIterations(4));

        assertThat(result.reason()).isEqualTo(SolveReason.ITERATIONS);
        assertThat(result.iterations()).isEqualTo(4);
    }

    @Test
    void refusesWhatIsNoNumberOrNoSystem() {
        LinearOperator broken = DiagonalOperator.of(1, Double.NaN);
        double[] b = {1, 1};

        assertThatThrownBy(() -> ConjugateGradients.solve(broken, b, USUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operator: expected finite products, got NaN");
        assertThatThrownBy(() -> Minres.solve(DiagonalOperator.of(1, Double.POSITIVE_INFINITY), b, USUAL))
                .hasMessageContaining("expected finite products");
        assertThatThrownBy(() -> Minres.solve(DiagonalOperator.of(1, 1), new double[] {1, Double.NaN}, USUAL))
                .hasMessageContaining("right-hand side: expected finite numbers");
        assertThatThrownBy(() -> Minres.solve(DiagonalOperator.of(1, 1), new double[3], USUAL))
                .hasMessageContaining("right-hand side: expected 2 numbers, got 3");
        assertThatThrownBy(() -> Minres.solve(MatrixOperator.of(new double[] {1, 2, 3, 4}, 2, 2), b, USUAL))
                .hasMessageContaining("operator: expected a symmetric one");
        assertThatThrownBy(() -> Minres.solve(DiagonalOperator.of(1, 1), b, USUAL.preconditioner(1, 1)))
                .hasMessageContaining("preconditioner: expected none for MINRES");
        assertThatThrownBy(() -> USUAL.preconditioner(1, 0)).hasMessageContaining("expected positive finite numbers");
        assertThatThrownBy(() -> USUAL.tolerance(Double.NaN)).hasMessageContaining("tolerance: expected a number");
    }
}
