package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SingularSpectraTest {
    private static INDArray batch(double[][]... matrices) {
        return Nd4j.createFromArray(matrices);
    }

    private static double[][][] random(int count, int rows, int columns) {
        Random random = new Random(31L * rows + columns);
        double[][][] matrices = new double[count][rows][columns];
        for (double[][] matrix : matrices) {
            for (double[] row : matrix) {
                for (int j = 0; j < columns; j++) {
                    row[j] = random.nextGaussian();
                }
            }
        }
        return matrices;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "1, 4", "4, 1", "3, 5", "5, 3", "6, 6", "30, 30", "40, 12", "12, 40", "200, 3", "3, 200"
    })
    void agreesWithHipparchus(int rows, int columns) {
        double[][][] matrices = random(7, rows, columns);
        SingularSpectra spectra = SingularSpectra.of(batch(matrices), SingularOptions.withVectors());
        int count = Math.min(rows, columns);
        assertThat(spectra.values().shape()).containsExactly(7, count);
        assertThat(spectra.left().shape()).containsExactly(7, rows, count);
        assertThat(spectra.right().shape()).containsExactly(7, count, columns);
        SingularSpectra alone = SingularSpectra.of(batch(matrices), SingularOptions.valuesOnly());
        for (int b = 0; b < 7; b++) {
            RealMatrix matrix = new Array2DRowRealMatrix(matrices[b]);
            SingularValueDecomposition expected = new SingularValueDecomposition(matrix);
            double scale = expected.getNorm();
            assertThat(spectra.values(b)).containsExactly(expected.getSingularValues(), within(1e-13 * scale));
            assertThat(alone.values(b)).containsExactly(expected.getSingularValues(), within(1e-13 * scale));
            assertThat(spectra.conditionNumber(b))
                    .isEqualTo(expected.getConditionNumber(), within(1e-9 * expected.getConditionNumber()));
            assertThat(spectra.rank(b)).isEqualTo(expected.getRank());
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double sum = 0;
                    for (int k = 0; k < count; k++) {
                        sum += spectra.left().getDouble(b, i, k)
                                * spectra.values(b)[k]
                                * spectra.right().getDouble(b, k, j);
                    }
                    assertThat(sum).isEqualTo(matrices[b][i][j], within(1e-13 * scale));
                }
            }
            if (rows == columns) {
                double determinant = new LUDecomposition(matrix).getDeterminant();
                assertThat(spectra.logAbsDeterminants().getDouble(b))
                        .isEqualTo(Math.log(Math.abs(determinant)), within(1e-11));
                assertThat(spectra.determinantSigns().getDouble(b)).isEqualTo(Math.signum(determinant));
            }
        }
    }

    @Test
    void singularMatrices() {
        SingularSpectra spectra = SingularSpectra.of(
                batch(new double[3][3], new double[][] {{1, 2, 3}, {2, 4, 6}, {3, 6, 9}}),
                SingularOptions.valuesOnly());
        assertThat(spectra.values(0)).containsOnly(0);
        assertThat(spectra.rank(0)).isZero();
        assertThat(spectra.conditionNumber(0)).isInfinite();
        assertThat(spectra.values(1)[0]).isEqualTo(14, within(1e-13));
        assertThat(spectra.rank(1)).isEqualTo(1);
        assertThat(spectra.rank(1, 20)).isZero();
        for (int b = 0; b < 2; b++) {
            assertThat(spectra.logAbsDeterminants().getDouble(b)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(spectra.determinantSigns().getDouble(b)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-150", "1e-300", "1e150", "1"})
    void anyScale(double scale) {
        double[][] matrix = {{3 * scale, 0, 0}, {0, 0, -2 * scale}, {0, scale, 0}};
        SingularSpectra spectra = SingularSpectra.of(batch(matrix), SingularOptions.valuesOnly());
        double[] values = spectra.values(0);
        assertThat(values[0] / scale).isEqualTo(3, within(1e-14));
        assertThat(values[1] / scale).isEqualTo(2, within(1e-14));
        assertThat(values[2] / scale).isEqualTo(1, within(1e-14));
        assertThat(spectra.logAbsDeterminants().getDouble(0))
                .isEqualTo(Math.log(6) + 3 * Math.log(scale), within(1e-12 * 2000));
        assertThat(spectra.determinantSigns().getDouble(0)).isEqualTo(1);
    }

    /** By J'J the smallest would be lost: 1e-24 beside 1. */
    @Test
    void smallSingularValuesStay() {
        double sine = Math.sin(0.3);
        double cosine = Math.cos(0.3);
        double[][] graded = {{cosine, -1e-6 * sine, 0}, {sine, 1e-6 * cosine, 0}, {0, 0, 1e-12}};
        SingularSpectra spectra = SingularSpectra.of(batch(graded), SingularOptions.valuesOnly());
        assertThat(spectra.values(0)).containsExactly(new double[] {1, 1e-6, 1e-12}, within(1e-15));
        assertThat(spectra.rank(0)).isEqualTo(3);
        assertThat(spectra.conditionNumber(0)).isEqualTo(1e12, within(1e9));
        assertThat(spectra.logAbsDeterminants().getDouble(0)).isEqualTo(Math.log(1e-18), within(1e-9));
    }

    @Test
    void theSameBitsForAnyNumberOfThreadsAndFromViews() {
        INDArray matrices = batch(random(3000, 5, 7));
        SingularSpectra one =
                SingularSpectra.of(matrices, SingularOptions.valuesOnly().threads(1));
        SingularSpectra four =
                SingularSpectra.of(matrices, SingularOptions.valuesOnly().threads(4));
        assertThat(four.values()).isEqualTo(one.values());
        INDArray turned = SingularSpectra.of(matrices.permute(0, 2, 1), SingularOptions.valuesOnly())
                .values();
        assertThat(turned.equalsWithEps(one.values(), 1e-13)).isTrue();
    }

    @Test
    void float32() {
        INDArray matrices = batch(random(3, 4, 4)).castTo(DataType.FLOAT);
        SingularSpectra spectra = SingularSpectra.of(matrices, SingularOptions.valuesOnly());
        assertThat(spectra.values().dataType()).isEqualTo(DataType.FLOAT);
        SingularSpectra wide = SingularSpectra.of(matrices.castTo(DataType.DOUBLE), SingularOptions.valuesOnly());
        assertThat(spectra.values(1)[3]).isEqualTo((float) wide.values(1)[3]);
    }

    @Test
    void refusals() {
        INDArray bad = batch(random(5, 2, 3));
        bad.putScalar(new long[] {3, 1, 2}, Double.NaN);
        assertThatThrownBy(() -> SingularSpectra.of(bad, SingularOptions.valuesOnly()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matrix 3: expected finite entries, got NaN at [1, 2]");
        assertThatThrownBy(() -> SingularSpectra.of(Nd4j.ones(3, 3), SingularOptions.valuesOnly()))
                .hasMessageContaining("matrices: expected a batch [B, m, n]");
        SingularSpectra spectra = SingularSpectra.of(batch(random(1, 2, 3)), SingularOptions.valuesOnly());
        assertThatThrownBy(spectra::logAbsDeterminants).hasMessageContaining("expected square matrices, got 2 by 3");
        assertThatThrownBy(spectra::left).hasMessageContaining("withVectors");
        assertThatThrownBy(() -> spectra.values(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
