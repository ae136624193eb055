package org.curvature4j.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.curvature4j.operator.Vectors;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

class LanczosTest {
    private static final double[] PAIRS = {5, -5, 1, 1, 1, 0.1};

    @ParameterizedTest
    @EnumSource(SpectrumEnd.class)
    void findsEveryCopyOfARepeatedEigenvalue(SpectrumEnd end) {
        for (int count = 1; count <= PAIRS.length; count++) {
            for (int seed = 0; seed < 5; seed++) {
                check(
                        Operators.rotated(PAIRS),
                        PAIRS,
                        LanczosOptions.of(end, count).seed(seed),
                        1e-13);
                check(
                        DiagonalOperator.of(PAIRS),
                        PAIRS,
                        LanczosOptions.of(end, count).seed(seed),
                        1e-13);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "50, 20", "60, 60"})
    void takesMultiplesOfTheIdentity(int n, int count) {
        double[] values = new double[n];
        Arrays.fill(values, -3);
        Eigenpairs found = check(Operators.multiple(-3, n), values, LanczosOptions.top(count), 1e-15);
        assertThat(found.products()).isLessThanOrEqualTo(count + 1);
    }

    @ParameterizedTest
    @EnumSource(SpectrumEnd.class)
    void takesTheZeroMatrixAndRankOne(SpectrumEnd end) {
        check(Operators.multiple(0, 30), new double[30], LanczosOptions.of(end, 5), 0);
        double[] one = new double[40];
        one[3] = 7;
        check(Operators.rotated(one), one, LanczosOptions.of(end, 6), 1e-14);
        one[3] = -7;
        check(Operators.rotated(one), one, LanczosOptions.of(end, 6), 1e-14);
    }

    @Test
    void findsBothCurvaturesOfTheMonkeySaddle() {
        LinearOperator hessian = MatrixOperator.of(new double[] {6, -3, -3, -6}, 2, 2);
        double size = 6 * Math.sqrt(1.25);
        assertThat(Lanczos.eigenpairs(hessian, LanczosOptions.bothEnds(2)).eigenvalues())
                .containsExactly(new double[] {size, -size}, within(1e-14));
        assertThat(Lanczos.eigenpairs(hessian, LanczosOptions.bottom(1)).eigenvalues()[0])
                .isCloseTo(-size, within(1e-14));
    }

    @ParameterizedTest
    @EnumSource(SpectrumEnd.class)
    void agreesWithTheDenseSolver(SpectrumEnd end) {
        for (int n : new int[] {2, 3, 17, 100, 300}) {
            double[] matrix = Operators.randomSymmetric(n, n);
            double[] exact = Spectrum.of(Nd4j.createFromArray(matrix).reshape(n, n), SpectrumOptions.valuesOnly())
                    .eigenvalues();
            for (int count : new int[] {1, 2, 9, n / 2, n}) {
                if (count >= 1 && count <= n) {
                    check(Operators.dense(matrix, n), exact, LanczosOptions.of(end, count), 1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SpectrumEnd.class)
    void tellsValuesApartThatLieClose(SpectrumEnd end) {
        double[] values = new double[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 4 ? 3 + i * 1e-9 : i < 8 ? -3 - i * 1e-9 : Math.cos(i);
        }
        check(Operators.rotated(values), values, LanczosOptions.of(end, 6), 1e-11);
    }

    @Test
    void findsManyCopiesAmongOthers() {
        double[] values = new double[500];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 7 ? 10 : i < 12 ? 9 : i < 14 ? -10 : Math.sin(i);
        }
        check(Operators.rotated(values), values, LanczosOptions.top(13), 1e-12);
        check(Operators.rotated(values), values, LanczosOptions.bothEnds(16), 1e-12);
        check(Operators.rotated(values), values, LanczosOptions.largestMagnitude(15), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e-40, 1e40, 1e150})
    void findsTheSameAtEveryScale(double scale) {
        double[] values =
                Arrays.stream(Operators.netLike(300)).map(v -> v * scale).toArray();
        Eigenpairs found = check(Operators.rotated(values), values, LanczosOptions.largestMagnitude(12), 1e-12);
        double[] plain = Operators.netLike(300);
        assertThat(found.products())
                .isCloseTo(
                        Lanczos.eigenpairs(Operators.rotated(plain), LanczosOptions.largestMagnitude(12))
                                .products(),
                        within(8));
    }

    @Test
    void findsTheOutliersOfANetsSpectrumWithinItsDefaults() {
        double[] values = Operators.netLike(20_000);
        check(Operators.rotated(values), values, LanczosOptions.top(20), 1e-12);
        check(Operators.rotated(values), values, LanczosOptions.bothEnds(20), 1e-12);
    }

    @Test
    void hasTheSameBitsAgainAndWithAnyNumberOfThreads() {
        LinearOperator operator = Operators.rotated(Operators.netLike(30_000));
        LanczosOptions options = LanczosOptions.top(5).seed(4);
        Eigenpairs first = Lanczos.eigenpairs(operator, options.threads(1));
        Eigenpairs second = Lanczos.eigenpairs(operator, options.threads(3));
        assertThat(second.eigenvalues()).isEqualTo(first.eigenvalues());
        assertThat(second.residuals()).isEqualTo(first.residuals());
        assertThat(second.vector(4)).isEqualTo(first.vector(4));
    }

    @Test
    void goesOnFromAnEigenvectorOrASparseStart() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8};
        double[] start = {0, 0, 1, 0, 0, 0, 0, 0};
        check(DiagonalOperator.of(values), values, LanczosOptions.top(3).start(start), 1e-14);
        check(DiagonalOperator.of(values), values, LanczosOptions.bothEnds(1).start(start), 1e-14);
    }

    /** Checks values against the true ones, and everything that a result promises. */
    static Eigenpairs check(LinearOperator operator, double[] spectrum, LanczosOptions options, double accuracy) {
        Eigenpairs found = Lanczos.eigenpairs(operator, options);
        double scale = Arrays.stream(spectrum).map(Math::abs).max().orElseThrow();
        int[] best = options.end.best(spectrum, options.count);
        double[] expected = Arrays.stream(best).mapToDouble(i -> spectrum[i]).toArray();
        double[] values = found.eigenvalues();
        if (options.end == SpectrumEnd.MAGNITUDE) {
            // Which sign of a tie comes first is for rounding to decide.
            expected = Arrays.stream(expected).map(Math::abs).toArray();
            values = Arrays.stream(values).map(Math::abs).toArray();
        }
        assertThat(values).as("%s", found).containsExactly(expected, within(accuracy * scale));
        assertThat(found.complete()).as("%s", found).isTrue();
        assertThat(found.converged()).isEqualTo(options.count);
        for (int k = 0; k < found.count(); k++) {
            double[] vector = found.vector(k);
            double[] residual = operator.apply(vector);
            Vectors.add(-found.eigenvalues()[k], vector, residual);
            assertThat(Vectors.norm(residual)).isCloseTo(found.residuals()[k], within(1e-13 * scale));
            assertThat(Vectors.norm(residual)).isLessThanOrEqualTo(found.tolerance() * 1.01);
            assertThat(found.errorBounds()[k]).isLessThanOrEqualTo(found.tolerance() + 1e-13 * scale);
            for (int other = 0; other < k; other++) {
                assertThat(Vectors.dot(vector, found.vector(other))).isCloseTo(0, within(1e-12));
            }
            assertThat(Vectors.norm(vector)).isCloseTo(1, within(1e-12));
        }
        return found;
    }
}
