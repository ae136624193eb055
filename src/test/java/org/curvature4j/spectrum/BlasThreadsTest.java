package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.openblas.global.openblas;
import org.curvature4j.PreparedFunction;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.blas.BlasThreads;
import org.curvature4j.internal.engine.backend.Backend;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BlasThreadsTest {

    @Test
    void oneThreadWhileHeldThenAsFound() {
        // Starting ND4J sets the number, so that comes first.
        INDArray matrix = Nd4j.eye(3);
        int before = openblas.blas_get_num_threads();
        try {
            openblas.blas_set_num_threads(2);
            BlasThreads outer = BlasThreads.single();
            assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
            try (BlasThreads inner = BlasThreads.single()) {
                assertThat(inner).isNotSameAs(outer);
            }
            assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
            outer.close();
            outer.close();
            assertThat(openblas.blas_get_num_threads()).isEqualTo(2);
            assertThat(Spectrum.of(matrix, SpectrumOptions.valuesOnly()).sharpness())
                    .isEqualTo(1);
            assertThat(openblas.blas_get_num_threads()).isEqualTo(2);
        } finally {
            openblas.blas_set_num_threads(before);
        }
    }

    /** A plan with decompositions may stay open as long as the program runs. */
    @Test
    void anOpenFunctionHoldsNone() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 12, 12);
        sd.linalg().logdet("y", x);
        INDArray point = Nd4j.eye(12).castTo(DataType.DOUBLE).muli(2);
        Backend.get();
        int before = openblas.blas_get_num_threads();
        openblas.blas_set_num_threads(2);
        try (PreparedFunction function = TensorFunction.of(sd, "y", "x").prepare()) {
            assertThat(function.at(point.ravel()).getDouble(0)).isCloseTo(12 * Math.log(2), within(1e-12));
            assertThat(openblas.blas_get_num_threads()).isEqualTo(2);
        } finally {
            openblas.blas_set_num_threads(before);
        }
    }

    @Test
    void theNumberFoundDoesNotChangeResults() {
        INDArray matrices = TestMatrices.randomBatch(40, 60, 4);
        int before = openblas.blas_get_num_threads();
        try {
            openblas.blas_set_num_threads(1);
            INDArray one =
                    Spectrum.batch(matrices, SpectrumOptions.withVectors()).vectors();
            openblas.blas_set_num_threads(2);
            INDArray two =
                    Spectrum.batch(matrices, SpectrumOptions.withVectors()).vectors();
            assertThat(two.data().asDouble()).isEqualTo(one.data().asDouble());
        } finally {
            openblas.blas_set_num_threads(before);
        }
    }
}
