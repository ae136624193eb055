package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a spectrum refuses, and in which words. */
class MatrixInputTest {

    private static final SpectrumOptions OPTIONS = SpectrumOptions.withVectors();

    @Test
    void shapes() {
        assertRefused(
                () -> Spectrum.of(Nd4j.create(DataType.DOUBLE, 2, 3), OPTIONS),
                "matrix: expected a square matrix [n, n], got [2, 3]");
        assertRefused(
                () -> Spectrum.of(Nd4j.create(DataType.DOUBLE, 7, 3, 3), OPTIONS),
                "matrix: expected a square matrix [n, n], got [7, 3, 3] (use batch for a batch of matrices)");
        assertRefused(() -> Spectrum.of(Nd4j.scalar(1.0), OPTIONS), "matrix: expected a square matrix [n, n], got []");
        assertRefused(
                () -> Spectrum.batch(Nd4j.create(DataType.DOUBLE, 3, 3), OPTIONS),
                "matrices: expected a batch of square matrices [B, n, n], got [3, 3] (use of for one matrix)");
        assertRefused(
                () -> Spectrum.batch(Nd4j.create(DataType.DOUBLE, 5, 2, 3), OPTIONS),
                "matrices: expected a batch of square matrices [B, n, n], got [5, 2, 3]");
        assertRefused(
                () -> GeneralSpectrum.of(Nd4j.create(DataType.DOUBLE, 2, 3)),
                "matrix: expected a square matrix [n, n], got [2, 3]");
    }

    @Test
    void types() {
        String message = ": expected numbers, such as float64, got elements of type UTF8";
        INDArray texts = Nd4j.create("a", "b", "c", "d");
        assertRefused(() -> Spectrum.of(texts.reshape(2, 2), OPTIONS), "matrix" + message);
        assertRefused(() -> Spectrum.batch(texts.reshape(1, 2, 2), OPTIONS), "matrices" + message);
        assertRefused(() -> GeneralSpectrum.of(texts.reshape(2, 2)), "matrix" + message);
    }

    @Test
    void notFinite() {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                INDArray matrix = Nd4j.eye(4).castTo(type);
                matrix.putScalar(2, 1, bad);
                String message = "matrix: expected finite entries, got " + bad + " at [2, 1]";
                assertRefused(() -> Spectrum.of(matrix, OPTIONS), message);
                assertRefused(() -> Spectrum.of(matrix, SpectrumOptions.valuesOnly()), message);
                assertRefused(() -> GeneralSpectrum.of(matrix), message);
            }
        }
    }

    @Test
    void notSymmetricNamesTheWorstPair() {
        INDArray matrices = Nd4j.zeros(DataType.DOUBLE, 3, 3, 3);
        matrices.putScalar(new long[] {2, 0, 1}, 1);
        matrices.putScalar(new long[] {2, 1, 0}, 1.5);
        matrices.putScalar(new long[] {2, 0, 2}, 4);
        matrices.putScalar(new long[] {2, 2, 0}, 3);
        assertRefused(
                () -> Spectrum.batch(matrices, OPTIONS),
                "matrix 2: expected a symmetric matrix, got 4.0 at [0, 2] and 3.0 at [2, 0] (mirrored entries may differ by "
                        + "1.49012e-08 of the largest; average the matrix with its transpose, or use "
                        + "GeneralSpectrum.of)");
    }

    @Test
    void asymmetryOfRoundingIsAveragedAndCountedInTheBound() {
        INDArray matrix = Nd4j.createFromArray(new double[][] {{1, 2 + 1e-9}, {2 - 1e-9, 1}});
        Spectrum spectrum = Spectrum.of(matrix, OPTIONS);
        assertThat(spectrum.eigenvalues()).containsExactly(new double[] {-1, 3}, within(1e-15));
        assertThat(spectrum.errorBound()).isBetween(1.4e-9, 1.5e-9);
        assertThat(spectrum.tolerance()).isEqualTo(4 * spectrum.errorBound());
        INDArray large = Nd4j.createFromArray(new double[][] {{1e300, 2e300}, {2.00000001e300, 1e300}});
        assertThat(Spectrum.of(large, OPTIONS).errorBound()).isBetween(7e291, 7.2e291);
        assertRefused(
                () -> Spectrum.of(Nd4j.createFromArray(new double[][] {{0, 1}, {1 + 1.6e-8, 0}}), OPTIONS),
                "matrix: expected a symmetric matrix, got 1.0 at [0, 1] and 1.000000016 at [1, 0] (mirrored entries "
                        + "may differ by 1.49012e-08 of the largest; average the matrix with its transpose, "
                        + "or use GeneralSpectrum.of)");
        INDArray narrow = Nd4j.createFromArray(new float[][] {{0, 1}, {1.0004f, 0}});
        assertThatCode(() -> Spectrum.of(narrow, OPTIONS)).doesNotThrowAnyException();
    }

    @Test
    void eigenvaluesBeyondTheRange() {
        INDArray wide = Nd4j.valueArrayOf(new long[] {1, 3, 3}, Double.MAX_VALUE, DataType.DOUBLE);
        assertRefused(
                () -> Spectrum.batch(wide, OPTIONS),
                "matrix 0: expected eigenvalues in the range of float64, got one beyond it (scale the matrix down)");
        INDArray narrow = Nd4j.valueArrayOf(new long[] {3, 3}, 3e38, DataType.FLOAT);
        String message =
                "matrix: expected eigenvalues in the range of float32, got one beyond it (scale the matrix down)";
        assertRefused(() -> Spectrum.of(narrow, OPTIONS), message);
        assertRefused(() -> GeneralSpectrum.of(narrow), message);
        INDArray fits = Nd4j.valueArrayOf(new long[] {3, 3}, 1e38, DataType.FLOAT);
        assertThat(Spectrum.of(fits, OPTIONS).sharpness()).isEqualTo((float) (3 * (double) 1e38f));
    }

    @Test
    void closedArrays() {
        INDArray matrix = Nd4j.eye(3).castTo(DataType.DOUBLE);
        matrix.close();
        assertRefused(() -> Spectrum.of(matrix, OPTIONS), "matrix: expected an open array, got a closed one");
    }

    @Test
    void options() {
        assertRefused(() -> OPTIONS.threads(0), "threads: expected at least 1, got 0");
        assertRefused(() -> OPTIONS.tolerance(-1), "tolerance: expected a finite number of at least 0, got -1.0");
        assertRefused(
                () -> OPTIONS.tolerance(Double.NaN), "tolerance: expected a finite number of at least 0, got NaN");
        assertThat(OPTIONS.tolerance(0.5).threads(3))
                .isEqualTo(OPTIONS.threads(3).tolerance(0.5));
    }

    @Test
    void blocks() {
        assertRefused(
                () -> new EigenBlock(50_000, 1, true),
                "block: expected at most 2^31 numbers, got 1 matrices of 50000 x 50000");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
