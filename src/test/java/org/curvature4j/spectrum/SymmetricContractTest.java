package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds of every symmetric spectrum: by residual, orthogonality and invariants, and against two other solvers. */
class SymmetricContractTest {

    private static final double EPSILON = 0x1p-52;

    static Stream<TestMatrices.Named> all() {
        return Stream.concat(TestMatrices.hard().stream(), TestMatrices.random().stream());
    }

    /** eig takes seconds for a matrix of 300 rows. */
    static Stream<TestMatrices.Named> small() {
        return all().filter(matrix -> matrix.order() < 100);
    }

    static Stream<TestMatrices.Named> inRangeOfFloat32() {
        return all().filter(matrix -> matrix.largest() < 1e38);
    }

    /** Multiplied by the powers of two of the test, these don't leave the range of normal numbers. */
    static Stream<TestMatrices.Named> moderate() {
        return all().filter(matrix -> matrix.largest() == 0 || (matrix.largest() > 1e-3 && matrix.largest() < 1e9));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAnEigenDecomposition(TestMatrices.Named matrix) {
        Spectrum spectrum = Spectrum.of(matrix.array(), SpectrumOptions.withVectors());
        int n = matrix.order();
        double[] values = spectrum.eigenvalues();
        assertThat(values).isSorted();
        // On a scale where the test's own sums neither overflow nor underflow.
        int scale = MatrixPreparation.scale(largestMagnitude(values));
        double[][] rows = rescaled(matrix.rows(), -scale);
        double allowed = 4 * n * EPSILON * Math.scalb(largestMagnitude(values), -scale)
                + n * Math.scalb(Double.MIN_VALUE, -scale);
        double trace = 0;
        for (int k = 0; k < n; k++) {
            double value = Math.scalb(values[k], -scale);
            double[] vector = spectrum.vector(k);
            double residual = residual(rows, vector, value);
            assertThat(residual).as("residual of pair " + k).isLessThanOrEqualTo(allowed);
            assertThat(Math.scalb(spectrum.residuals()[k], -scale)).isEqualTo(residual, within(allowed / 4));
            assertUnitWithFixedSign(vector);
            for (int other = 0; other < k; other++) {
                assertThat(dot(vector, spectrum.vector(other))).isEqualTo(0, within(4 * n * EPSILON));
            }
            trace += rows[k][k] - value;
        }
        assertThat(trace).isEqualTo(0, within(n * allowed + 1e-300));
        assertThat(spectrum.residual())
                .isEqualTo(Arrays.stream(spectrum.residuals()).max().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("all")
    void valuesAloneAreTheSame(TestMatrices.Named matrix) {
        double[] alone =
                Spectrum.of(matrix.array(), SpectrumOptions.valuesOnly()).eigenvalues();
        double[] beside =
                Spectrum.of(matrix.array(), SpectrumOptions.withVectors()).eigenvalues();
        if (matrix.order() <= LaneEigensolver.LARGEST_ORDER) {
            assertThat(alone).isEqualTo(beside);
        } else {
            assertNear(alone, beside, EPSILON);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void agreesWithHipparchus(TestMatrices.Named matrix) {
        double[] values =
                Spectrum.of(matrix.array(), SpectrumOptions.valuesOnly()).eigenvalues();
        int scale = MatrixPreparation.scale(largestMagnitude(values));
        double[] expected = new EigenDecompositionSymmetric(
                        new Array2DRowRealMatrix(rescaled(matrix.rows(), -scale)), 1e-300, false)
                .getEigenvalues();
        Arrays.sort(expected);
        for (int k = 0; k < expected.length; k++) {
            expected[k] = Math.scalb(expected[k], scale);
        }
        assertNear(values, expected, 16 * EPSILON);
    }

    @ParameterizedTest
    @MethodSource("small")
    void agreesWithEig(TestMatrices.Named matrix) {
        org.assertj.core.api.Assumptions.assumeThat(matrix.order())
                .as("eig takes seconds")
                .isLessThan(100);
        double[] values =
                Spectrum.of(matrix.array(), SpectrumOptions.valuesOnly()).eigenvalues();
        GeneralSpectrum general = GeneralSpectrum.of(matrix.array());
        assertNear(values, general.realParts(), 16 * EPSILON);
        assertNear(new double[values.length], general.imaginaryParts(), largestMagnitude(values), 16 * EPSILON);
    }

    @ParameterizedTest
    @MethodSource("inRangeOfFloat32")
    void float32IsTheRoundedSpectrumOfTheRoundedMatrix(TestMatrices.Named matrix) {
        INDArray narrow = matrix.array().castTo(DataType.FLOAT);
        Spectrum spectrum = Spectrum.of(narrow, SpectrumOptions.withVectors());
        double[] wide = Spectrum.of(narrow.castTo(DataType.DOUBLE), SpectrumOptions.withVectors())
                .eigenvalues();
        float[] rounded = new float[wide.length];
        for (int k = 0; k < wide.length; k++) {
            rounded[k] = (float) wide[k] + 0f;
        }
        assertThat(spectrum.values().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(spectrum.values().toFloatVector()).isEqualTo(rounded);
        assertThat(spectrum.vectors().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(spectrum.residual())
                .isLessThanOrEqualTo(wide.length * 0x1p-23 * largestMagnitude(wide) + wide.length * Float.MIN_VALUE);
    }

    @ParameterizedTest
    @MethodSource("moderate")
    void powersOfTwoScaleTheValuesAlone(TestMatrices.Named matrix) {
        double largest = largestMagnitude(
                Arrays.stream(matrix.rows()).flatMapToDouble(Arrays::stream).toArray());
        org.assertj.core.api.Assumptions.assumeThat(largest == 0 || (largest > 1e-3 && largest < 1e9))
                .isTrue();
        Spectrum plain = Spectrum.of(matrix.array(), SpectrumOptions.withVectors());
        for (int power : new int[] {-700, -450, 450, 960}) {
            double factor = Math.scalb(1.0, power);
            Spectrum scaled = Spectrum.of(
                    TestMatrices.array(TestMatrices.times(factor, matrix.rows())), SpectrumOptions.withVectors());
            double[] expected =
                    Arrays.stream(plain.eigenvalues()).map(x -> x * factor).toArray();
            assertNear(scaled.eigenvalues(), expected, EPSILON);
            assertThat(scaled.classification()).isEqualTo(plain.classification());
        }
    }

    @Test
    void knownSpectra() {
        assertNear(values("swap"), new double[] {-1, -1, -1, -1, 1, 1, 1, 1}, EPSILON);
        assertNear(values("identity 7"), new double[] {1, 1, 1, 1, 1, 1, 1}, 0);
        assertNear(values("all ones"), new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12}, EPSILON);
        double[] difference = values("second difference");
        for (int k = 0; k < 16; k++) {
            double sine = Math.sin((k + 1) * Math.PI / 34);
            assertThat(difference[k]).isEqualTo(4 * sine * sine, within(16 * EPSILON));
        }
        // As Wilkinson's The Algebraic Eigenvalue Problem has them: the two largest agree to 14 digits.
        double[] wilkinson = values("Wilkinson W21+");
        assertThat(wilkinson[20]).isEqualTo(10.746194182903393, within(1e-13));
        assertThat(wilkinson[19]).isEqualTo(10.746194182903322, within(1e-13));
        assertThat(values("random 6 times 1.0E-323")).isNotEqualTo(new double[6]);
        assertThat(values("smallest number")).containsExactly(-Double.MIN_VALUE, Double.MIN_VALUE);
    }

    private static double[] values(String name) {
        TestMatrices.Named matrix = TestMatrices.hard().stream()
                .filter(named -> named.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Spectrum.of(matrix.array(), SpectrumOptions.valuesOnly()).eigenvalues();
    }

    private static void assertUnitWithFixedSign(double[] vector) {
        assertThat(dot(vector, vector)).isEqualTo(1, within(4 * vector.length * EPSILON));
        double largest = largestMagnitude(vector);
        double leading = Arrays.stream(vector)
                .filter(x -> Math.abs(x) >= 0.999 * largest)
                .findFirst()
                .orElseThrow();
        assertThat(leading).isPositive();
    }

    /** Agreement relative to the largest magnitude expected, in units of n. */
    private static void assertNear(double[] actual, double[] expected, double relative) {
        assertNear(actual, expected, largestMagnitude(expected), relative);
    }

    private static void assertNear(double[] actual, double[] expected, double norm, double relative) {
        int n = expected.length;
        assertThat(actual).hasSize(n);
        double allowed = n * relative * norm + (relative > 0 ? n * Double.MIN_VALUE : 0);
        for (int k = 0; k < n; k++) {
            assertThat(actual[k]).as("value " + k).isEqualTo(expected[k], within(allowed));
        }
    }

    private static double[][] rescaled(double[][] rows, int power) {
        return TestMatrices.filled(rows.length, (i, j) -> Math.scalb(rows[i][j], power));
    }

    private static double residual(double[][] rows, double[] vector, double value) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            double difference = dot(rows[i], vector) - value * vector[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largestMagnitude(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    @Test
    void theListsHoldWhatTheySay() {
        assertThat(TestMatrices.hard()).hasSizeGreaterThan(40);
        assertThat(TestMatrices.random()).hasSize(41);
        assertThat(small().count()).isGreaterThan(80);
        assertThat(inRangeOfFloat32().count()).isGreaterThan(70);
        assertThat(moderate().count()).isGreaterThan(60);
    }
}
