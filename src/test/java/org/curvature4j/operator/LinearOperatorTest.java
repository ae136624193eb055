package org.curvature4j.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is made of operators, against small matrices. */
class LinearOperatorTest {
    private final MatrixOperator a = MatrixOperator.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    private final MatrixOperator square = MatrixOperator.of(new double[] {1, 2, 3, 4}, 2, 2);
    private final MatrixOperator symmetric = MatrixOperator.of(new double[] {2, 7, 7, -1}, 2, 2);

    @Test
    void aMatrixIsAppliedToVectorsAndBlocks() {
        assertThat(a.apply(new double[] {1, 0, -1})).containsExactly(-2, -2);
        assertThat(a.apply(new double[][] {{1, 0, 0}, {0, 1, 0}})).isDeepEqualTo(new double[][] {{1, 4}, {2, 5}});
        assertThat(a.adjoint().apply(new double[] {1, 1})).containsExactly(5, 7, 9);
        assertThat(a.adjoint().adjoint()).isSameAs(a);
    }

    @Test
    void nd4jArraysAreTakenOneOrSeveral() {
        INDArray one = a.apply(Nd4j.createFromArray(1.0, 0, -1));
        INDArray two = a.apply(Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 1, 0}}));
        assertThat(one.shape()).containsExactly(2);
        assertThat(one.toDoubleVector()).containsExactly(-2, -2);
        assertThat(two.shape()).containsExactly(2, 2);
        assertThat(two.toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 4}, {2, 5}});
    }

    @Test
    void oneProductAfterAnotherFindsNothingOfIt() {
        LinearOperator adding = new LinearOperator(2, 2, true) {
            @Override
            protected void multiply(double[] vector, double[] product) {
                product[0] += vector[0];
                product[1] += vector[1];
            }
        };
        INDArray first = adding.apply(Nd4j.createFromArray(1.0, 2));
        INDArray second = adding.apply(Nd4j.createFromArray(3.0, 4));
        assertThat(first.toDoubleVector()).containsExactly(1, 2);
        assertThat(second.toDoubleVector()).containsExactly(3, 4);
    }

    @Test
    void sumsMultiplesAndProductsAreThoseOfMatrices() {
        assertThat(square.plus(symmetric).toDense()).containsExactly(3, 9, 10, 3);
        assertThat(square.plus(symmetric).adjoint().toDense()).containsExactly(3, 10, 9, 3);
        assertThat(square.minus(symmetric).toDense()).containsExactly(-1, -5, -4, 5);
        assertThat(square.times(-2).toDense()).containsExactly(-2, -4, -6, -8);
        assertThat(square.times(-2).adjoint().toDense()).containsExactly(-2, -6, -4, -8);
        assertThat(square.times(a).toDense()).containsExactly(9, 12, 15, 19, 26, 33);
        assertThat(square.times(a).adjoint().toDense()).containsExactly(9, 19, 12, 26, 15, 33);
        assertThat(square.plusIdentity(10).toDense()).containsExactly(11, 2, 3, 14);
        assertThat(DiagonalOperator.of(3, 4).toDense()).containsExactly(3, 0, 0, 4);
    }

    @Test
    void symmetryIsKnownWhereItFollows() {
        assertThat(symmetric.isSymmetric()).isTrue();
        assertThat(square.isSymmetric()).isFalse();
        assertThat(symmetric.plus(DiagonalOperator.identity(2)).isSymmetric()).isTrue();
        assertThat(symmetric.plus(square).isSymmetric()).isFalse();
        assertThat(a.adjoint().times(a).isSymmetric()).isTrue();
        assertThat(a.times(a.adjoint()).isSymmetric()).isTrue();
        assertThat(symmetric.times(symmetric).isSymmetric()).isTrue();
        assertThat(symmetric.times(square).isSymmetric()).isFalse();
        assertThat(symmetric.times(3).isSymmetric()).isTrue();
    }

    @Test
    void aRestrictionHasItsCoordinatesInTheOrderGiven() {
        MatrixOperator three = MatrixOperator.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);
        LinearOperator part = three.restrictedTo(new Range(2, 1), new Range(0, 1));
        assertThat(part.toDense()).containsExactly(9, 7, 3, 1);
        assertThat(part.adjoint().toDense()).containsExactly(9, 3, 7, 1);
        assertThatThrownBy(() -> three.restrictedTo(new Range(2, 2))).hasMessageContaining("coordinates below 3");
        assertThatThrownBy(() -> three.restrictedTo(new Range(0, 2), new Range(1, 1)))
                .hasMessageContaining("each coordinate once, got 1 in two ranges");
    }

    @Test
    void whatDoesNotFitIsRefusedWithWords() {
        assertThatThrownBy(() -> a.apply(new double[2])).hasMessage("vector: expected 3 numbers, got 2");
        assertThatThrownBy(() -> a.apply(Nd4j.ones(2, 2)))
                .hasMessageContaining("expected [3] or [k, 3], got shape [2, 2]");
        assertThatThrownBy(() -> a.plus(square)).hasMessageContaining("expected the same shape");
        assertThatThrownBy(() -> a.times(a)).hasMessageContaining("as many columns on the left as rows on the right");
        assertThatThrownBy(() -> a.restrictedTo(new Range(0, 1))).hasMessageContaining("expected a square operator");
        assertThatThrownBy(() -> MatrixOperator.of(new double[5], 2, 3)).hasMessageContaining("2 by 3 numbers, got 5");
        LinearOperator oneWay = new LinearOperator(1, 2, false) {
            @Override
            protected void multiply(double[] vector, double[] product) {
                product[0] = vector[0] + vector[1];
            }
        };
        assertThatThrownBy(() -> oneWay.adjoint().apply(new double[1]))
                .hasMessageContaining("an operator with an adjoint");
    }

    @Test
    void normsNeitherOverflowNorVanish() {
        assertThat(Vectors.norm(new double[] {3e200, 4e200})).isCloseTo(5e200, within(1e186));
        assertThat(Vectors.norm(new double[] {3e-200, 4e-200})).isCloseTo(5e-200, within(1e-214));
        assertThat(Vectors.norm(new double[3])).isZero();
        assertThat(Vectors.norm(new double[] {1, Double.NaN})).isNaN();
        assertThat(Vectors.norm(new double[] {1, Double.NEGATIVE_INFINITY})).isInfinite();
    }

    @Test
    void innerProductsOfAnyLengthAreRight() {
        for (int n : new int[] {0, 1, 7, 8, 9, 1023, 1024, 1025, 5000}) {
            double[] x = new double[n];
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = i + 1;
                y[i] = i % 2 == 0 ? 1 : -1;
            }
            double expected = n % 2 == 0 ? -n / 2.0 : (n + 1) / 2.0;
            assertThat(Vectors.dot(x, y)).isEqualTo(expected);
        }
    }
}
