package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.spectrum.Classification;
import org.curvature4j.spectrum.GeneralSpectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The few words that a user needs. */
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
        assertThat(spectrum).hasToString(spectrum.result().toString());
        assertThat(Spectrum.of(SADDLE, SpectrumOptions.valuesOnly()).result().hasVectors())
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
        assertThat(batch).hasToString("spectra of 3 matrices of 2 rows");
        assertThat(batch.result().hasVectors()).isFalse();
        SpectrumBatch full = Spectrum.batch(matrices, SpectrumOptions.withVectors());
        assertThat(full.vectors().shape()).containsExactly(3, 2, 2);
        assertThat(full.residuals().shape()).containsExactly(3, 2);
        assertThat(full.get(0).vectors()).isEqualTo(Spectrum.of(SADDLE).vectors());
    }

    @Test
    void notSymmetric() {
        GeneralSpectrum spectrum = Spectrum.general(Nd4j.createFromArray(new double[][] {{0, 1}, {-1, 0}}));
        assertThat(spectrum.imaginaryParts()).containsExactly(-1, 1);
    }
}
