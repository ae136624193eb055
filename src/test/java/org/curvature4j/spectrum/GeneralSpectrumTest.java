package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GeneralSpectrumTest {

    private static final double EPSILON = 0x1p-52;

    @Test
    void ofARotation() {
        GeneralSpectrum spectrum = of(new double[][] {{0, -2}, {2, 0}});
        assertThat(spectrum.realParts()).containsExactly(0, 0);
        assertThat(spectrum.imaginaryParts()).containsExactly(-2, 2);
        assertThat(spectrum.values().shape()).containsExactly(2, 2);
        assertThat(spectrum.vectors().shape()).containsExactly(2, 2, 2);
        assertThat(spectrum.spectralRadius()).isEqualTo(2);
        double half = Math.sqrt(0.5);
        // Column 0 is (1, i) / sqrt 2, column 1 its conjugate.
        assertThat(spectrum.vectors().dup().data().asDouble())
                .containsExactly(new double[] {half, 0, half, 0, 0, half, 0, -half}, within(1e-15));
        assertThat(spectrum.report())
                .isEqualTo(
                        """
                        2 complex eigenvalues (float64), spectral radius 2
                        real parts from 0 to 0, imaginary parts up to 2
                        residual |Av - lambda v| at most 0""");
    }

    @Test
    void zeroDefectiveAndEmpty() {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            GeneralSpectrum zero = GeneralSpectrum.of(Nd4j.zeros(type, 3, 3));
            assertThat(zero.realParts()).containsExactly(0, 0, 0);
            assertThat(zero.imaginaryParts()).containsExactly(0, 0, 0);
            assertThat(zero.residual()).isZero();
            assertThat(zero.values().dataType()).isEqualTo(type);
        }
        GeneralSpectrum jordan = of(new double[][] {{1, 1, 0}, {0, 1, 1}, {0, 0, 1}});
        assertThat(jordan.realParts()).containsExactly(new double[] {1, 1, 1}, within(1e-4));
        assertThat(jordan.residual()).isLessThan(1e-14);
        GeneralSpectrum none = GeneralSpectrum.of(Nd4j.create(DataType.DOUBLE, 0, 0));
        assertThat(none.order()).isZero();
        assertThat(none.values().shape()).containsExactly(0, 2);
        assertThat(none.vectors().shape()).containsExactly(0, 0, 2);
        assertThat(none.report()).startsWith("0 complex eigenvalues");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 34})
    void isAnEigenDecompositionAndAgreesWithHipparchus(int n) {
        double[][] rows = random(n, n);
        GeneralSpectrum spectrum = of(rows);
        double norm = norm(rows);
        assertThat(spectrum.residual()).isLessThan(8 * n * EPSILON * norm);
        assertResiduals(rows, spectrum, 8 * n * EPSILON * norm);
        assertSorted(spectrum);
        Complex[] expected = new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(rows)).getEigenvalues();
        for (int k = 0; k < n; k++) {
            Complex value = new Complex(spectrum.realParts()[k], spectrum.imaginaryParts()[k]);
            double nearest = Arrays.stream(expected)
                    .mapToDouble(other -> other.subtract(value).norm())
                    .min()
                    .orElseThrow();
            // Gaussian matrices have eigenvalues of condition about n.
            assertThat(nearest).isLessThan(16.0 * n * n * EPSILON * norm);
        }
    }

    /** Eight rows, sparse, with 0 as a double eigenvalue; eig's two vectors of it aren't eigenvectors. */
    private static final double[][] WRONG_BY_EIG = {
        {0, -1.7281022085714541, -0.391237450584991, 0, -0.3092985246748212, 0, 0, -0.5837120897927247},
        {0, 0, 0, 0, 0.30077829878833384, 0, 0, 0},
        {0, -1.0035004857989664, 0, 2.075731868992925, 0, 0, 0, 0},
        {0, 0, 1.4041092547904535, 0, 0, 0.5827382920645431, 1.9557746898112265, 0},
        {0, 0, 0, 0, 0, 0, 0, 0},
        {0, 0, 1.0532182973092612, 0, 0, 0, 0, 0},
        {-0.13327543101070613, 0, 0, 0.13731726313249065, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, -1.5399136536181461, 0}
    };

    @Test
    void lapackTakesOverWhereEigIsWrong() {
        double[] entries =
                Arrays.stream(WRONG_BY_EIG).flatMapToDouble(Arrays::stream).toArray();
        assertThat(EigOperation.solve(entries, 8))
                .hasValueSatisfying(pairs ->
                        assertThat(pairs.excess(entries, Math.ulp(1.0))).isGreaterThan(1));
        assertThat(LapackGeneral.solve(entries, 8))
                .hasValueSatisfying(pairs ->
                        assertThat(pairs.excess(entries, Math.ulp(1.0))).isLessThan(1));
        GeneralSpectrum spectrum = of(WRONG_BY_EIG);
        assertThat(spectrum.residual()).isLessThan(1e-14);
        assertResiduals(WRONG_BY_EIG, spectrum, 1e-14);
        assertSorted(spectrum);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void lapackAndEigAgree(int n) {
        double[][] rows = random(n, 10 + n);
        double[] entries = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        GeneralSpectrum eig = EigOperation.solve(entries, n).orElseThrow().spectrum(Precision.DOUBLE, 0);
        GeneralSpectrum lapack = LapackGeneral.solve(entries, n).orElseThrow().spectrum(Precision.DOUBLE, 0);
        assertThat(lapack.realParts()).containsExactly(eig.realParts(), within(1e-12));
        assertThat(lapack.imaginaryParts()).containsExactly(eig.imaginaryParts(), within(1e-12));
        assertThat(lapack.vectors().dup().data().asDouble())
                .containsExactly(eig.vectors().dup().data().asDouble(), within(1e-11));
        assertResiduals(rows, lapack, 8 * n * EPSILON * norm(rows));
    }

    @Test
    void scalesAlone() {
        double[][] rows = random(5, 3);
        double[] plain = of(rows).realParts();
        for (int power : new int[] {-1020, -700, 700, 1010}) {
            GeneralSpectrum scaled = of(TestMatrices.times(Math.scalb(1.0, power), rows));
            double[] back = Arrays.stream(scaled.realParts())
                    .map(x -> Math.scalb(x, -power))
                    .toArray();
            assertThat(back).containsExactly(plain, within(1e-13));
        }
        GeneralSpectrum tiny = of(new double[][] {{0, Double.MIN_VALUE}, {Double.MIN_VALUE, 0}});
        assertThat(tiny.realParts()).containsExactly(-Double.MIN_VALUE, Double.MIN_VALUE);
    }

    @Test
    void float32IsSolvedInFloat64() {
        INDArray narrow = TestMatrices.array(random(6, 1)).castTo(DataType.FLOAT);
        GeneralSpectrum spectrum = GeneralSpectrum.of(narrow);
        GeneralSpectrum wide = GeneralSpectrum.of(narrow.castTo(DataType.DOUBLE));
        assertThat(spectrum.values()).isEqualTo(wide.values().castTo(DataType.FLOAT));
        assertThat(GeneralSpectrum.of(Nd4j.valueArrayOf(new long[] {2, 2}, 1e38, DataType.FLOAT))
                        .spectralRadius())
                .isEqualTo(2e38, within(1e32));
    }

    @Test
    void viewsAreReadAndInputsLeftAlone() {
        double[][] rows = random(4, 9);
        INDArray matrix = TestMatrices.array(rows);
        double[] expected = GeneralSpectrum.of(matrix).realParts();
        INDArray transposed = TestMatrices.array(rows).transpose().dup('c').transpose();
        assertThat(GeneralSpectrum.of(transposed).realParts()).isEqualTo(expected);
        assertThat(GeneralSpectrum.of(matrix.dup('f')).realParts()).isEqualTo(expected);
        assertThat(matrix.toDoubleMatrix()).isDeepEqualTo(rows);
    }

    private static GeneralSpectrum of(double[][] rows) {
        return GeneralSpectrum.of(TestMatrices.array(rows));
    }

    private static double[][] random(int n, long seed) {
        Random random = new Random(seed);
        return TestMatrices.filled(n, (i, j) -> random.nextGaussian());
    }

    private static double norm(double[][] rows) {
        return Math.sqrt(Arrays.stream(rows)
                .flatMapToDouble(Arrays::stream)
                .map(x -> x * x)
                .sum());
    }

    private static void assertSorted(GeneralSpectrum spectrum) {
        double[] re = spectrum.realParts();
        double[] im = spectrum.imaginaryParts();
        for (int k = 1; k < re.length; k++) {
            assertThat(re[k - 1] < re[k] || (re[k - 1] == re[k] && im[k - 1] <= im[k]))
                    .isTrue();
        }
    }

    private static void assertResiduals(double[][] rows, GeneralSpectrum spectrum, double allowed) {
        int n = rows.length;
        double[] vectors = spectrum.vectors().dup().data().asDouble();
        for (int k = 0; k < n; k++) {
            Complex value = new Complex(spectrum.realParts()[k], spectrum.imaginaryParts()[k]);
            double square = 0;
            for (int i = 0; i < n; i++) {
                Complex difference = component(vectors, n, i, k).multiply(value).negate();
                for (int j = 0; j < n; j++) {
                    difference = difference.add(component(vectors, n, j, k).multiply(rows[i][j]));
                }
                assertThat(difference.norm()).isLessThan(allowed);
                square += Math.pow(component(vectors, n, i, k).norm(), 2);
            }
            assertThat(square).isEqualTo(1, within(1e-14));
        }
    }

    private static Complex component(double[] vectors, int n, int i, int k) {
        return new Complex(vectors[2 * (i * n + k)], vectors[2 * (i * n + k) + 1]);
    }
}
