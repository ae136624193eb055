package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is derived from eigenvalues: counts, condition, directions, words. */
class SpectrumTest {
    /** The Hessian of x^3 - 3 x y^2 at (1, 0.5). */
    private static final INDArray SADDLE = Nd4j.createFromArray(new double[][] {{6, -3}, {-3, -6}});

    @Test
    void oneMatrix() {
        Spectrum spectrum = Spectrum.of(SADDLE);
        double expected = 6 * Math.sqrt(1.25);
        assertThat(spectrum.values().toDoubleVector())
                .containsExactly(new double[] {-expected, expected}, within(1e-14));
        assertThat(spectrum.eigenvalues()).containsExactly(new double[] {-expected, expected}, within(1e-14));
        assertThat(spectrum.classification()).isEqualTo(Classification.SADDLE);
        assertThat(spectrum.inertia().positive()).isEqualTo(1);
        assertThat(spectrum.conditionNumber()).isEqualTo(1, within(1e-14));
        assertThat(spectrum.sharpness()).isEqualTo(expected, within(1e-14));
        assertThat(spectrum.residual()).isLessThan(1e-14);
        assertThat(spectrum.vectors().shape()).containsExactly(2, 2);
        assertThat(spectrum.steepest()).isEqualTo(1);
        assertThat(spectrum.flattest()).isZero();
        assertThat(spectrum.vector(1)[0]).isEqualTo(spectrum.vectors().getDouble(0, 1));
        assertThat(spectrum.report()).contains("saddle").contains(spectrum.interpretation());
        assertThat(Spectrum.of(SADDLE, SpectrumOptions.valuesOnly()).hasVectors())
                .isFalse();
    }

    @Test
    void aBatch() {
        INDArray matrices = Nd4j.stack(0, SADDLE, SADDLE.mul(0), Nd4j.createFromArray(new double[][] {{2, 0}, {0, 1}}));
        SpectrumBatch batch = Spectrum.batch(matrices);
        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.values().shape()).containsExactly(3, 2);
        assertThat(batch.counts())
                .containsEntry(Classification.SADDLE, 1L)
                .containsEntry(Classification.FLAT, 1L)
                .containsEntry(Classification.CONVEX, 1L);
        assertThat(batch.classification(2)).isEqualTo(Classification.CONVEX);
        assertThat(batch.get(2).eigenvalues()).containsExactly(1, 2);
        assertThat(batch.summary().largest().index()).isZero();
        assertThat(batch.report()).startsWith("3 spectra of 2 eigenvalues (float64)\n1 convex; 1 saddle; 1 flat");
        assertThat(batch).hasToString("3 spectra of 2 eigenvalues (float64): 1 convex; 1 saddle; 1 flat");
        assertThat(batch.hasVectors()).isFalse();
        SpectrumBatch full = Spectrum.batch(matrices, SpectrumOptions.withVectors());
        assertThat(full.vectors().shape()).containsExactly(3, 2, 2);
        assertThat(full.residuals().shape()).containsExactly(3, 2);
        assertThat(full.get(0).vectors()).isEqualTo(Spectrum.of(SADDLE).vectors());
    }

    @Test
    void ofADiagonalMatrix() {
        Spectrum spectrum = diagonal(3, 0, -6, 1.5);
        assertThat(spectrum.eigenvalues()).containsExactly(-6, 0, 1.5, 3);
        assertThat(spectrum.inertia().positive()).isEqualTo(2);
        assertThat(spectrum.inertia().negative()).isEqualTo(1);
        assertThat(spectrum.inertia().nearZero()).isEqualTo(1);
        assertThat(spectrum.inertia().undecided()).isZero();
        assertThat(spectrum.errorBound()).isEqualTo(4 * 0x1p-52 * 6);
        assertThat(spectrum.tolerance()).isEqualTo(4 * spectrum.errorBound());
        assertThat(spectrum.classification()).isEqualTo(Classification.SADDLE_WITH_FLAT);
        assertThat(spectrum.conditionNumber()).isInfinite();
        assertThat(spectrum.effectiveConditionNumber()).isEqualTo(4);
        assertThat(spectrum.sharpness()).isEqualTo(3);
        assertThat(spectrum.steepest()).isZero();
        assertThat(spectrum.flattest()).isEqualTo(1);
        assertThat(spectrum.vector(spectrum.steepest())).containsExactly(0, 0, 1, 0);
        assertThat(spectrum.residual()).isZero();
        assertThat(spectrum.report())
                .isEqualTo(
                        """
                        4 eigenvalues (float64), from -6 to 3
                        saddle with flat directions: 2 positive, 1 negative, 1 near zero (within 2.13163e-14)
                        condition number infinite (4 over the curved directions), sharpness 3
                        residual |Hv - lambda v| at most 0
                        Mixed signs, a saddle: 2 directions curve upward, 1 direction curves downward; following the \
                        latter leads off it. 1 direction is flat: a flat valley, as over-parameterisation or a symmetry \
                        of the function makes it. The curvatures lie within a factor of 4: well enough conditioned.""");
        assertThat(spectrum)
                .hasToString("4 eigenvalues (float64), from -6 to 3: "
                        + spectrum.classification().words());
    }

    @Test
    void vectorsAreColumns() {
        Spectrum spectrum =
                Spectrum.of(TestMatrices.array(new double[][] {{2, 1}, {1, 2}}), SpectrumOptions.withVectors());
        double half = Math.sqrt(0.5);
        assertThat(spectrum.vectors().toDoubleMatrix()[0]).containsExactly(new double[] {half, half}, within(1e-15));
        assertThat(spectrum.vectors().toDoubleMatrix()[1]).containsExactly(new double[] {-half, half}, within(1e-15));
        assertThat(spectrum.vector(0)).containsExactly(new double[] {half, -half}, within(1e-15));
        assertThat(spectrum.values().shape()).containsExactly(2);
        assertThat(spectrum.vectors().ordering()).isEqualTo('c');
    }

    @Test
    void whatIsHandedOutIsACopy() {
        Spectrum spectrum = diagonal(1, 2);
        spectrum.eigenvalues()[0] = 99;
        spectrum.values().putScalar(0, 99);
        spectrum.vectors().putScalar(0, 99);
        spectrum.vector(0)[0] = 99;
        spectrum.residuals()[0] = 99;
        assertThat(spectrum.eigenvalues()).containsExactly(1, 2);
        assertThat(spectrum.vector(0)).containsExactly(1, 0);
        assertThat(spectrum.residual()).isZero();
    }

    @Test
    void conditionNumbers() {
        assertThat(diagonal(-4, 2).conditionNumber()).isEqualTo(2);
        assertThat(diagonal(0, 0).conditionNumber()).isInfinite();
        assertThat(diagonal(0, 0).effectiveConditionNumber()).isNaN();
        assertThat(diagonal(1, 1e-17).conditionNumber()).isInfinite();
        assertThat(diagonal(1e-300, 1e-290).conditionNumber()).isEqualTo(1e10, within(1e-4));
    }

    @Test
    void roundingDoesNotChooseDirections() {
        assertThat(diagonal(-3, 3).steepest()).isEqualTo(1);
        assertThat(diagonal(Math.nextUp(3.0) * -1, 3).steepest()).isEqualTo(1);
        assertThat(diagonal(-3.001, 3).steepest()).isZero();
        assertThat(diagonal(-5, 1e-16, 1e-17, 0, 5).flattest()).isEqualTo(1);
        assertThat(diagonal(-5, -2, 1).flattest()).isEqualTo(2);
        assertThat(diagonal(-5, -1, 1).flattest()).isEqualTo(1);
    }

    @Test
    void noRows() {
        Spectrum spectrum = Spectrum.of(Nd4j.create(DataType.DOUBLE, 0, 0), SpectrumOptions.withVectors());
        assertThat(spectrum.order()).isZero();
        assertThat(spectrum.values().shape()).containsExactly(0);
        assertThat(spectrum.vectors().shape()).containsExactly(0, 0);
        assertThat(spectrum.residual()).isZero();
        assertThat(spectrum.sharpness()).isNaN();
        assertThat(spectrum.conditionNumber()).isNaN();
        assertThat(spectrum.classification()).isEqualTo(Classification.FLAT);
        assertThat(spectrum.report())
                .startsWith("0 eigenvalues (float64)\nflat: 0 positive")
                .endsWith("no directions.");
        assertThatThrownBy(spectrum::steepest).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spectrum.vector(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void valuesOnlyHaveNoVectors() {
        Spectrum spectrum = Spectrum.of(TestMatrices.array(TestMatrices.random(3, 1)), SpectrumOptions.valuesOnly());
        assertThatThrownBy(spectrum::vectors)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("vectors: not computed with the options given (use SpectrumOptions.withVectors())");
        assertThatThrownBy(() -> spectrum.vector(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(spectrum::residual).isInstanceOf(IllegalStateException.class);
        assertThat(spectrum.report()).doesNotContain("residual");
    }

    @Test
    void aToleranceOfTheUsersOwn() {
        Spectrum spectrum = Spectrum.of(
                TestMatrices.array(TestMatrices.diagonal(1e-9, 1, -1e-7)),
                SpectrumOptions.withVectors().tolerance(1e-6));
        assertThat(spectrum.tolerance()).isEqualTo(1e-6);
        assertThat(spectrum.classification()).isEqualTo(Classification.CONVEX_WITH_FLAT);
        assertThat(spectrum.inertia().nearZero()).isEqualTo(2);
    }

    @Test
    void wordsForEachClass() {
        assertThat(diagonal(1, 2).interpretation()).startsWith("All eigenvalues are positive: locally convex");
        assertThat(diagonal(-1, -2).interpretation()).startsWith("All eigenvalues are negative: locally concave");
        assertThat(diagonal(-1, 2).interpretation()).startsWith("Mixed signs, a saddle");
        assertThat(diagonal(0, 2).interpretation())
                .startsWith("No direction curves downward")
                .contains("over-parameterisation or a symmetry");
        assertThat(diagonal(0, -2).interpretation()).startsWith("No direction curves upward");
        assertThat(diagonal(0, 0).interpretation())
                .isEqualTo("Every direction is flat to second order: higher derivatives decide the shape.");
        assertThat(diagonal(1, 2e-15).interpretation()).startsWith("The signs of 1 eigenvalue hinge on rounding");
        assertThat(diagonal(1, 5000).interpretation())
                .contains("span a factor of 5000: ill-conditioned", "slow", "sharp");
        assertThat(diagonal(1, 50).interpretation()).contains("within a factor of 50");
    }

    private static Spectrum diagonal(double... values) {
        return Spectrum.of(TestMatrices.array(TestMatrices.diagonal(values)), SpectrumOptions.withVectors());
    }

    @Test
    void undecidedEigenvaluesAreLeftOutOfConditionNumbers() {
        INDArray matrix = Nd4j.diag(Nd4j.createFromArray(1e-13, 0.5, 4.0));
        // 3 eps 4 is the error bound, 2.7e-15: the smallest may be zero or not for this tolerance.
        Spectrum open = Spectrum.of(matrix, SpectrumOptions.valuesOnly().tolerance(9.9e-14));

        assertThat(open.inertia().undecided()).isEqualTo(1);
        assertThat(open.conditionNumber()).isEqualTo(8);
        assertThat(open.effectiveConditionNumber()).isEqualTo(8);
        assertThat(open.report()).contains("condition number 8 without 1 undecided eigenvalue,");

        Spectrum flat = Spectrum.of(matrix, SpectrumOptions.valuesOnly().tolerance(1e-12));
        assertThat(flat.conditionNumber()).isInfinite();
        assertThat(flat.effectiveConditionNumber()).isEqualTo(8);
    }
}
