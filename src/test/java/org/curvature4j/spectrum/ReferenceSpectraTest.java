package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.net.URISyntaxException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Spectra computed by two other systems, PyTorch and JAX. */
class ReferenceSpectraTest {

    @Test
    void twoTwoOneNet() {
        SpectrumBatch spectra = batch("net221_hessian");
        assertNear(spectra.values(), read("net221_eigenvalues"));
        assertThat(spectra.counts()).containsEntry(Classification.SADDLE_WITH_FLAT, 256L);
        for (int i = 0; i < 256; i++) {
            assertThat(spectra.get(i).inertia().nearZero()).isEqualTo(3);
            assertThat(spectra.get(i).inertia().undecided()).isZero();
        }
    }

    @Test
    void monkeySaddle() {
        SpectrumBatch spectra = batch("saddle_hessian");
        assertNear(spectra.values(), read("saddle_eigenvalues"));
        assertThat(spectra.counts()).containsEntry(Classification.SADDLE, 1680L).containsEntry(Classification.FLAT, 1L);
        // The middle of the 41 x 41 grid is the origin, where the Hessian vanishes.
        assertThat(spectra.classification(840)).isEqualTo(Classification.FLAT);
    }

    @Test
    void parametersOfAnMlp() throws URISyntaxException {
        Spectrum spectrum = Spectrum.of(read("mlp_param_hessian"), SpectrumOptions.withVectors());
        assertNear(
                spectrum.values().reshape(1, 71), read("mlp_param_eigenvalues").reshape(1, 71));
        assertThat(spectrum.residual()).isLessThan(1e-13 * spectrum.sharpness());
    }

    @Test
    void float32() {
        SpectrumBatch spectra =
                Spectrum.batch(read("net221_hessian").castTo(DataType.FLOAT), SpectrumOptions.withVectors());
        INDArray expected = read("net221_eigenvalues");
        for (int i = 0; i < 256; i++) {
            double norm = expected.slice(i).amaxNumber().doubleValue();
            double difference = spectra.values()
                    .slice(i)
                    .castTo(DataType.DOUBLE)
                    .sub(expected.slice(i))
                    .amaxNumber()
                    .doubleValue();
            assertThat(difference).isLessThan(1e-6 * norm);
        }
    }

    private static SpectrumBatch batch(String name) {
        return Spectrum.batch(read(name), SpectrumOptions.withVectors());
    }

    /** To 1e-12 of the norm of each matrix. */
    private static void assertNear(INDArray actual, INDArray expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double[][] rows = actual.toDoubleMatrix();
        double[][] expectedRows = expected.toDoubleMatrix();
        for (int i = 0; i < rows.length; i++) {
            double norm = 0;
            for (double value : expectedRows[i]) {
                norm = Math.max(norm, Math.abs(value));
            }
            assertThat(rows[i]).as("matrix " + i).containsExactly(expectedRows[i], within(1e-12 * norm));
        }
    }

    private static INDArray read(String name) {
        try {
            return Nd4j.createFromNpyFile(new File(
                    Objects.requireNonNull(ReferenceSpectraTest.class.getResource("/reference/" + name + ".npy"))
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
