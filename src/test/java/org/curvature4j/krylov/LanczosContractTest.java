package org.curvature4j.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class LanczosContractTest {

    @Test
    void takesExactlyThePlainStepsAskedFor() {
        Counting operator = new Counting(Operators.rotated(Operators.netLike(3000)));
        List<Integer> heard = new ArrayList<>();
        Eigenpairs found = Lanczos.eigenpairs(
                operator,
                LanczosOptions.top(20)
                        .plainSteps(60)
                        .valuesOnly()
                        .progress((products, converged) -> heard.add(products)));
        assertThat(operator.products).isEqualTo(60);
        assertThat(found.products()).isEqualTo(60);
        assertThat(heard).hasSize(60).endsWith(60);
        assertThat(found.complete()).isFalse();
        assertThat(found.eigenvalues()[0]).isCloseTo(50, within(1e-10));
        assertThatThrownBy(() -> found.vector(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("vectors: expected");
    }

    @Test
    void tellsItsProgress() {
        List<Integer> products = new ArrayList<>();
        List<Integer> converged = new ArrayList<>();
        Eigenpairs found = Lanczos.eigenpairs(
                Operators.rotated(Operators.netLike(1000)),
                LanczosOptions.top(8).progress((done, have) -> {
                    products.add(done);
                    converged.add(have);
                }));
        assertThat(products).hasSize(found.products()).startsWith(1, 2, 3).endsWith(found.products());
        assertThat(converged).startsWith(0).endsWith(8).isSorted();
        assertThat(converged).anySatisfy(have -> assertThat(have).isBetween(1, 7));
    }

    @Test
    void goesOnBesideAnInvariantSpaceInAPlainRun() {
        Eigenpairs found = Lanczos.eigenpairs(
                Operators.multiple(2, 50), LanczosOptions.top(10).plainSteps(12));
        assertThat(found.eigenvalues()).containsOnly(2);
        assertThat(found.products()).isEqualTo(12);
        double[] values = {4, 4, 3, 1};
        Eigenpairs all = Lanczos.eigenpairs(
                DiagonalOperator.of(values), LanczosOptions.bottom(4).plainSteps(100));
        assertThat(all.products()).isEqualTo(4);
        assertThat(all.eigenvalues()).containsExactly(new double[] {1, 3, 4, 4}, within(1e-14));
        assertThat(all.complete()).isTrue();
    }

    @Test
    void saysWhatHasConvergedWhereProductsAreUsedUp() {
        double[] values = Operators.netLike(2000);
        LinearOperator operator = Operators.rotated(values);
        Eigenpairs found = Lanczos.eigenpairs(operator, LanczosOptions.top(20).mostProducts(45));
        assertThat(found.products()).isEqualTo(45);
        assertThat(found.count()).isEqualTo(20);
        assertThat(found.complete()).isFalse();
        assertThat(found.converged()).isBetween(3, 19);
        for (int k = 0; k < 20; k++) {
            double value = found.eigenvalues()[k];
            double nearest =
                    Arrays.stream(values).map(v -> Math.abs(v - value)).min().orElseThrow();
            assertThat(nearest).isLessThanOrEqualTo(found.errorBounds()[k]);
            assertThat(found.converged(k)).isEqualTo(found.residuals()[k] <= found.tolerance());
        }
        Eigenpairs least =
                Lanczos.eigenpairs(operator, LanczosOptions.bothEnds(3).mostProducts(3));
        assertThat(least.count()).isEqualTo(3);
        assertThat(least.converged()).isZero();
    }

    @Test
    void measuresResidualsWhereAsked() {
        LinearOperator operator = Operators.rotated(Operators.netLike(500));
        Eigenpairs told = Lanczos.eigenpairs(operator, LanczosOptions.top(6));
        Counting counting = new Counting(operator);
        Eigenpairs measured = Lanczos.eigenpairs(counting, LanczosOptions.top(6).measuredResiduals());
        assertThat(measured.residualsMeasured()).isTrue();
        assertThat(told.residualsMeasured()).isFalse();
        assertThat(measured.products()).isEqualTo(told.products() + 6).isEqualTo(counting.products);
        assertThat(measured.residuals()).containsExactly(told.residuals(), within(1e-12));
    }

    @Test
    void boundsErrorsByWhatProductsLackInSymmetry() {
        double[] values = Operators.netLike(400);
        LinearOperator exact = Operators.rotated(values);
        LinearOperator rounded = new LinearOperator(400, 400, true) {
            @Override
            protected void multiply(double[] vector, double[] product) {
                double[] full = exact.apply(vector);
                for (int i = 0; i < product.length; i++) {
                    product[i] = (float) full[i];
                }
            }
        };
        Eigenpairs found = Lanczos.eigenpairs(rounded, LanczosOptions.top(5).tolerance(1e-7));
        for (int k = 0; k < 5; k++) {
            double error = Math.abs(found.eigenvalues()[k] - values[399 - k]);
            assertThat(found.errorBounds()[k]).isBetween(error, 1e-4);
        }
    }

    @Test
    void handsOutArraysOfNd4j() {
        double[] values = {1, 2, 9, 4};
        Eigenpairs found = Lanczos.eigenpairs(DiagonalOperator.of(values), LanczosOptions.top(2));
        try (INDArray vectors = found.vectors();
                INDArray eigenvalues = found.values()) {
            assertThat(vectors.shape()).containsExactly(4, 2);
            assertThat(vectors.getDouble(2, 0)).isCloseTo(1, within(1e-14));
            assertThat(vectors.getDouble(3, 1)).isCloseTo(1, within(1e-14));
            assertThat(eigenvalues.toDoubleVector()).isEqualTo(found.eigenvalues());
        }
        assertThat(found.toString()).startsWith("2 eigenpairs of 4 (top), 2 converged, verified, ");
    }

    @Test
    void refusesWhatHasNoEigenpairs() {
        LinearOperator broken = Operators.multiple(Double.NaN, 5);
        assertThatThrownBy(() -> Lanczos.eigenpairs(broken, LanczosOptions.top(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("operator: expected finite products, got NaN");
        LinearOperator infinite = Operators.multiple(1e308, 5).times(1e10);
        assertThatThrownBy(() -> Lanczos.eigenpairs(infinite, LanczosOptions.top(2)))
                .hasMessageStartingWith("operator: expected finite products, got Infinity");
        LinearOperator skew = MatrixOperator.of(new double[] {1, 2, 3, 4}, 2, 2);
        assertThatThrownBy(() -> Lanczos.eigenpairs(skew, LanczosOptions.top(1)))
                .hasMessageStartingWith("operator: expected a symmetric one, got MatrixOperator [2, 2]");
        LinearOperator small = DiagonalOperator.of(1, 2);
        assertThatThrownBy(() -> Lanczos.eigenpairs(small, LanczosOptions.top(3)))
                .hasMessage("count: expected at most as many eigenpairs as the operator has rows, 2, got 3");
        assertThatThrownBy(() -> Lanczos.eigenpairs(small, LanczosOptions.top(1).start(0, 0)))
                .hasMessageStartingWith("start: expected finite numbers, not all 0");
        assertThatThrownBy(() -> Lanczos.eigenpairs(small, LanczosOptions.top(1).start(1)))
                .hasMessage("start: expected 2 numbers, got 1");
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        LanczosOptions ten = LanczosOptions.top(10);
        assertThatThrownBy(() -> LanczosOptions.bottom(0)).hasMessageContaining("at least 1 eigenpair, got 0");
        assertThatThrownBy(() -> ten.tolerance(Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> ten.tolerance(0)).hasMessageContaining("got 0.0");
        assertThatThrownBy(() -> ten.basisSize(13)).hasMessageContaining("at least 14 for 10 eigenpairs, got 13");
        assertThatThrownBy(() -> ten.mostProducts(9)).hasMessageContaining("got 9");
        assertThatThrownBy(() -> ten.plainSteps(9)).hasMessageContaining("got 9");
        assertThatThrownBy(() -> ten.threads(0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> ten.valuesOnly().measuredResiduals()).hasMessageContaining("values only");
    }

    @Test
    void makesTridiagonalMatrices() {
        double[] diagonal = {1, 2, 3, 4, 5};
        Tridiagonal whole = Lanczos.tridiagonal(DiagonalOperator.of(diagonal), new double[] {2, 2, 2, 2, 2}, 9);
        assertThat(whole.order()).isEqualTo(5);
        assertThat(whole.breakdown()).isTrue();
        assertThat(whole.ritzValues()).containsExactly(diagonal, within(1e-13));
        assertThat(whole.weights()).containsExactly(new double[] {0.2, 0.2, 0.2, 0.2, 0.2}, within(1e-13));
        assertThat(whole.alpha()).containsExactly(new double[] {3, 3, 3, 3, 3}, within(1e-13));
        // Recurrence of the discrete Chebyshev (Gram) polynomials: beta_k^2 = k^2 (25 - k^2) / (4 (4 k^2 - 1)).
        double[] beta = new double[5];
        Arrays.setAll(beta, i -> {
            double k = i + 1;
            return Math.sqrt(k * k * (25 - k * k) / (4 * (4 * k * k - 1)));
        });
        assertThat(whole.beta()).containsExactly(beta, within(1e-13));
        Tridiagonal part = Lanczos.tridiagonal(DiagonalOperator.of(diagonal), new double[] {1, 1, 1, 1, 1}, 2);
        assertThat(part.breakdown()).isFalse();
        assertThat(part.beta()[1]).isCloseTo(beta[1], within(1e-14));
    }

    private static final class Counting extends LinearOperator {
        private final LinearOperator original;
        private int products;

        Counting(LinearOperator original) {
            super(original.rows(), original.columns(), true);
            this.original = original;
        }

        @Override
        protected void multiply(double[] vector, double[] product) {
            original.apply(vector, product);
            products++;
        }
    }
}
