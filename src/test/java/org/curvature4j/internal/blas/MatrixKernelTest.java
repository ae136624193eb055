package org.curvature4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.spectrum.UnverifiedResultException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What LAPACK gives fits its matrix, on matrices of every kind, and what doesn't is noticed. */
class MatrixKernelTest {
    private static final int[] ORDERS = {1, 2, 3, 4, 5, 7, 8, 11, 16, 23, 32, 60};

    /** A routine at one order. */
    private record Case(String name, int rows, int columns, int right, Made made) {
        private MatrixKernel kernel() {
            return made.kernel();
        }

        @Override
        public String toString() {
            return name + " " + rows + " x " + columns;
        }
    }

    private interface Made {
        MatrixKernel kernel();
    }

    static Stream<Case> cases() {
        return Arrays.stream(ORDERS)
                .boxed()
                .flatMap(n -> Stream.of(
                        new Case("cholesky", n, n, 0, () -> MatrixKernels.cholesky(n)),
                        new Case("lu", n, n, 0, () -> MatrixKernels.lu(n)),
                        new Case("qr", n, n, 0, () -> MatrixKernels.qr(n, n)),
                        new Case("qr tall", n + 3, n, 0, () -> MatrixKernels.qr(n + 3, n)),
                        new Case("eigen", n, n, 0, () -> MatrixKernels.eigen(n, 0.37)),
                        new Case("singular", n, n, 0, () -> MatrixKernels.singular(n, n, 0.37)),
                        new Case("singular tall", n + 3, n, 0, () -> MatrixKernels.singular(n + 3, n, 0.37)),
                        new Case("solve lower", n, n, 3, () -> MatrixKernels.solve(n, 3, true, false)),
                        new Case("solve upper transposed", n, n, 2, () -> MatrixKernels.solve(n, 2, false, true))));
    }

    private static BlasThreads threads;

    /** As whoever runs kernels does: with threads of its own, OpenBLAS is slow where others compute too. */
    @BeforeAll
    static void holdOpenBlasAtOneThread() {
        threads = BlasThreads.single();
    }

    @AfterAll
    static void letGo() {
        threads.close();
    }

    private static double[] matrix(Case row, Random random, int kind) {
        double[] a = random.doubles((long) row.rows() * row.columns(), -1, 1).toArray();
        for (int i = 0; i < a.length; i++) {
            int at = i / row.columns();
            switch (kind % 6) {
                case 1 -> a[i] *= Math.pow(10, -(at % 12)); // graded rows
                case 2 -> a[i] = (at % 3 == 0 ? 1 : 0) * a[i]; // rows of zeros
                case 3 -> a[i] = Math.rint(2 * a[i]); // small integers: repeated values, singular ones
                case 4 -> a[i] = 1e-9 * a[i] + 1; // all but of rank one
                case 5 -> a[i] *= 1e60;
                default -> {}
            }
        }
        if (row.name().startsWith("cholesky")) {
            return gram(a, row.columns());
        }
        return a;
    }

    private static double[] gram(double[] a, int n) {
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    gram[i * n + j] += a[i * n + k] * a[j * n + k];
                }
            }
        }
        return gram;
    }

    private static int rows(Case row) {
        int rows = row.rows();
        return switch (row.name().split(" ")[0]) {
            case "lu" -> rows + 2;
            case "qr" -> rows + row.columns();
            case "eigen" -> rows + 1;
            case "singular" -> 1 + rows + row.columns();
            default -> rows;
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatLapackGivesFitsByFar(Case row) {
        int columns = row.right() == 0 ? row.columns() : row.right();
        double[] result = new double[rows(row) * columns];
        Random random = new Random(5);
        double worst = 0;
        try (MatrixKernel kernel = row.kernel()) {
            for (int kind = 0; kind < 240; kind++) {
                double[] a = matrix(row, random, kind);
                double[] b =
                        random.doubles((long) row.rows() * row.right(), -1, 1).toArray();
                double[] before = a.clone();
                kernel.run(a, b, result);
                assertThat(a).containsExactly(before);
                if (MatrixKernel.isFinite(result, 0, result.length)) {
                    worst = Math.max(worst, kernel.excess(a, b, result));
                }
            }
        }
        assertThat(worst).isLessThan(MatrixKernel.FACTOR / 3);
    }

    /** Java code's results, by the same checks, and equal to LAPACK's where these are the only ones. */
    @ParameterizedTest
    @MethodSource("cases")
    void whatJavaCodeFindsFitsByFar(Case row) {
        int columns = row.right() == 0 ? row.columns() : row.right();
        double[] result = new double[rows(row) * columns];
        double[] expected = new double[result.length];
        Random random = new Random(7);
        double worst = 0;
        try (MatrixKernel kernel = row.kernel()) {
            for (int kind = 0; kind < 12; kind++) {
                double[] a = matrix(row, random, kind);
                double[] b =
                        random.doubles((long) row.rows() * row.right(), -1, 1).toArray();
                kernel.run(a, b, expected);
                if (kernel.hasNone(a)) {
                    continue;
                }
                boolean found = kernel.recompute(a, b, result);
                // A factor of what is singular is a matter of rounding.
                assertThat(found || (row.name().equals("cholesky") && kind % 6 > 1))
                        .isTrue();
                if (found && MatrixKernel.isFinite(expected, 0, result.length)) {
                    worst = Math.max(worst, kernel.excess(a, b, result));
                    if (kind % 6 == 0 && !row.name().startsWith("solve")) {
                        double size =
                                Arrays.stream(expected).map(Math::abs).max().orElse(0);
                        assertThat(result).containsExactly(expected, within(1e-8 * size));
                    }
                }
            }
        }
        assertThat(worst).isLessThan(MatrixKernel.FACTOR / 3);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatDoesNotFitIsNoticed(Case row) {
        int columns = row.right() == 0 ? row.columns() : row.right();
        double[] result = new double[rows(row) * columns];
        Random random = new Random(6);
        try (MatrixKernel kernel = row.kernel()) {
            double[] a = matrix(row, random, 0);
            for (int i = 0; i < row.columns(); i++) {
                a[i * row.columns() + i] += 4; // a random triangle's solution grows without bounds
            }
            double[] b = random.doubles((long) row.rows() * row.right(), -1, 1).toArray();
            kernel.run(a, b, result);
            if (MatrixKernel.isFinite(result, 0, result.length)) {
                int changed = row.name().startsWith("lu") ? 0 : result.length / 2 / columns * columns;
                result[changed] += 1e-6 * (1 + Math.abs(result[changed]));
                assertThat(kernel.excess(a, b, result)).isGreaterThan(MatrixKernel.FACTOR);
            }
        }
    }

    @Test
    void aWrongResultIsRefusedInWords() {
        try (MatrixKernel kernel = new MatrixKernel("dwrong") {
            @Override
            boolean compute(double[] a, double[] b, double[] z) {
                z[0] = 2;
                return true;
            }

            @Override
            boolean recompute(double[] a, double[] b, double[] z) {
                return compute(a, b, z);
            }

            @Override
            double excess(double[] a, double[] b, double[] z) {
                return 1e9;
            }
        }) {
            assertThatThrownBy(() -> kernel.run(new double[] {1}, new double[0], new double[1]))
                    .isInstanceOf(UnverifiedResultException.class)
                    .hasMessage(
                            "matrix: expected a result that fit it to rounding, got none from dwrong and from Java code"
                                    + " (curvature doctor tests the libraries of this machine)");
        }
    }

    @Test
    void whatHasNoResultIsNaN() {
        double[] four = new double[4];
        try (MatrixKernel cholesky = MatrixKernels.cholesky(2);
                MatrixKernel eigen = MatrixKernels.eigen(2, 0.37);
                MatrixKernel solve = MatrixKernels.solve(2, 2, true, false)) {
            cholesky.run(new double[] {1, 2, 2, 1}, new double[0], four);
            assertThat(four).containsOnly(Double.NaN);
            double[] six = new double[6];
            eigen.run(new double[] {1, Double.NaN, 2, 1}, new double[0], six);
            assertThat(six).containsOnly(Double.NaN);
            solve.run(new double[] {0, Double.NaN, 2, 1}, new double[] {1, 2, 3, 4}, four);
            assertThat(four).containsOnly(Double.NaN);
            // What isn't read doesn't matter.
            solve.run(new double[] {2, Double.NaN, 2, 1}, new double[] {2, 4, 3, 5}, four);
            assertThat(four).containsExactly(1, 2, 1, 1);
        }
    }
}
