package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas for one and two rows, against decimal arithmetic of 60 digits. */
class ClosedFormsTest {
    private static final MathContext DIGITS = new MathContext(60);

    /** Eigenvalues, then the vector of each. */
    private static double[] solve(double a, double b, double c) {
        double[] values = new double[2];
        double[] vectors = new double[4];
        double[] valuesAlone = new double[2];
        try (ClosedForms solver = new ClosedForms(2)) {
            solver.solve(1, new double[] {a, b, b, c}, new double[1], values, vectors);
            solver.solve(1, new double[] {a, b, b, c}, new double[1], valuesAlone, null);
        }
        assertThat(valuesAlone).isEqualTo(values);
        return new double[] {values[0], values[1], vectors[0], vectors[1], vectors[2], vectors[3]};
    }

    @Test
    void agreesWithDecimals() {
        Random random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian() * Math.pow(10, -random.nextInt(20));
            double c =
                    i % 3 == 0 ? a + b * random.nextInt(3) : random.nextGaussian() * Math.pow(10, -random.nextInt(9));
            double[] result = solve(a, b, c);
            BigDecimal sum = new BigDecimal(a).add(new BigDecimal(c));
            BigDecimal difference = new BigDecimal(a).subtract(new BigDecimal(c));
            BigDecimal twice = new BigDecimal(b).multiply(BigDecimal.valueOf(2));
            BigDecimal root =
                    difference.multiply(difference).add(twice.multiply(twice)).sqrt(DIGITS);
            double small = sum.subtract(root).divide(BigDecimal.valueOf(2)).doubleValue();
            double large = sum.add(root).divide(BigDecimal.valueOf(2)).doubleValue();
            double allowed = 2.5 * Math.ulp(Math.max(Math.abs(small), Math.abs(large)));
            assertThat(result[0]).isEqualTo(small, within(allowed));
            assertThat(result[1]).isEqualTo(large, within(allowed));
            assertThat(result[0]).isLessThanOrEqualTo(result[1]);
            assertVectors(a, b, c, result, 2 * allowed);
        }
    }

    private static void assertVectors(double a, double b, double c, double[] result, double allowed) {
        for (int k = 0; k < 2; k++) {
            double x = result[2 + 2 * k];
            double y = result[3 + 2 * k];
            assertThat(a * x + b * y - result[k] * x).isEqualTo(0, within(allowed));
            assertThat(b * x + c * y - result[k] * y).isEqualTo(0, within(allowed));
            assertThat(x * x + y * y).isEqualTo(1, within(0x1p-50));
        }
        assertThat(result[2] * result[4] + result[3] * result[5]).isEqualTo(0, within(0x1p-52));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 0.1, 0.1, 3",
        "0.1, 0, 3, 0.1, 3",
        "-2, 0, -2, -2, -2",
        "0, 0, 0, 0, 0",
        "0, 2, 0, -2, 2",
        "1, 1, 1, 0, 2",
        "1e-20, 0, 1, 1e-20, 1",
        // b^2 / (a - c), which a sum of a and c would swallow.
        "1, 1e-12, 0, -1e-24, 1",
        "1, 1e-150, 0, -1e-300, 1",
        // Squares that underflow.
        "0, 1e-120, 0, -1e-120, 1e-120",
        "1, 1e-200, 1, 1, 1",
        "1e-100, 1e-180, 1e-100, 1e-100, 1e-100",
        "1e120, 1e120, 1e120, 0, 2e120"
    })
    void isExactWhereItCanBe(double a, double b, double c, double small, double large) {
        double[] result = solve(a, b, c);
        assertThat(result[0]).isEqualTo(small, within(Math.ulp(small)));
        assertThat(result[1]).isEqualTo(large, within(Math.ulp(large)));
        assertVectors(a, b, c, result, 4 * Math.ulp(Math.max(Math.abs(small), Math.abs(large))));
    }

    @Test
    void aDiagonalMatrixGivesBackItsDiagonal() {
        assertThat(solve(3, 0, 0.1)).containsExactly(0.1, 3, -0.0, 1, 1, 0);
        assertThat(solve(0.1, 0, 3)).containsExactly(0.1, 3, 1, -0.0, 0, 1);
    }

    @Test
    void oneRow() {
        double[] values = new double[3];
        double[] vectors = new double[3];
        try (ClosedForms solver = new ClosedForms(1)) {
            assertThat(solver.solve(2, new double[] {-4, 1e-300, 7}, new double[2], values, vectors))
                    .isEqualTo(-1);
        }
        assertThat(values).containsExactly(-4, 1e-300, 0);
        assertThat(vectors).containsExactly(1, 1, 0);
    }

    /** What is true of all together is what is true of each: several hundred matrices, one of them of a kind. */
    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                Double.MIN_VALUE,
                0x1p-1000,
                0x1.fffffffffffffp-401,
                0x1p-400,
                -0x1p-400,
                1,
                0x1p400,
                0x1.0000000000001p400,
                -0x1p401,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN
            })
    void readinessIsThatOfEach(double odd) {
        int count = 300;
        MatrixPreparation each = new MatrixPreparation(2, Precision.DOUBLE, index -> "matrix " + index);
        double[][] kinds = {{odd, odd, odd, odd}, {odd, 0, 0, 0}, {0, odd, odd, 0}, {0, 0, 0, odd}, {1, odd, 2, 1}};
        for (int at : new int[] {0, 255, 256, 299}) {
            for (double[] kind : kinds) {
                double[] matrices = new Random(3).doubles(4L * count).toArray();
                boolean all = true;
                for (int i = 0; i < count; i++) {
                    matrices[4 * i + 2] = matrices[4 * i + 1];
                    if (i == at) {
                        System.arraycopy(kind, 0, matrices, 4 * i, 4);
                    }
                    all &= !Double.isNaN(each.largestIfReady(matrices, 4 * i));
                }
                double[] values = new double[2 * count];
                double[] bounds = new double[count];
                try (ClosedForms solver = new ClosedForms(2)) {
                    assertThat(solver.solveReady(count, matrices, values, bounds))
                            .isEqualTo(all);
                }
                for (int i = 0; i < count && all; i++) {
                    assertThat(bounds[i]).isEqualTo(Precision.DOUBLE.rounding(2, values[2 * i], values[2 * i + 1]));
                }
            }
        }
    }
}
