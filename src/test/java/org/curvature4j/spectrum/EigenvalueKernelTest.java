package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What one thread of a device does, run as Java code: the very bits of {@link SymmetricBlockSolver}, or a refusal as there. */
class EigenvalueKernelTest {
    static IntStream orders() {
        return IntStream.rangeClosed(1, EigenvalueKernel.LARGEST_ORDER);
    }

    static List<double[][]> matrices(int order) {
        List<double[][]> all = new ArrayList<>();
        Stream.concat(TestMatrices.hard().stream(), TestMatrices.random().stream())
                .filter(matrix -> matrix.order() == order)
                .forEach(matrix -> all.add(matrix.rows()));
        Random random = new Random(order);
        for (int seed = 0; seed < 60; seed++) {
            double[][] some = TestMatrices.random(order, 1000L + seed);
            all.add(some);
            all.add(TestMatrices.filled(order, (i, j) -> Math.rint(some[Math.max(i, j)][Math.min(i, j)])));
            all.add(TestMatrices.filled(order, (i, j) -> some[i][j] * (1 + 1e-16 * random.nextInt(5))));
            all.add(TestMatrices.filled(order, (i, j) -> some[i][j] * (i == j ? 1 : 1e-9)));
            all.add(TestMatrices.filled(order, (i, j) -> some[i][j] * Math.pow(10, -2.0 * (i + j))));
            int exponent = random.nextInt(2140) - 1070;
            all.add(TestMatrices.filled(order, (i, j) -> Math.scalb(some[i][j], exponent)));
            all.add(TestMatrices.filled(order, (i, j) -> i < j ? -0.0 : i == j ? Math.rint(some[i][i]) : 0.0));
            double[][] rounded = TestMatrices.withValues(
                    order,
                    IntStream.range(0, order)
                            .mapToDouble(k -> random.nextInt(3))
                            .toArray());
            all.add(rounded);
            all.add(TestMatrices.filled(order, (i, j) -> (float) rounded[i][j]));
        }
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308}) {
            int row = random.nextInt(order);
            int column = random.nextInt(order);
            all.add(TestMatrices.filled(order, (i, j) -> i == row && j == column ? wrong : 1));
        }
        all.add(TestMatrices.filled(order, (i, j) -> Double.MAX_VALUE));
        return all;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void hasTheBitsOfTheProcessor(int order) {
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            Precision precision = Precision.of(type);
            EigenBlock block = new EigenBlock(order, 1, false);
            int refused = 0;
            try (SymmetricBlockSolver solver = new SymmetricBlockSolver(block, type, index -> "matrix")) {
                for (double[][] matrix : matrices(order)) {
                    double[] numbers = Stream.of(matrix)
                            .flatMapToDouble(java.util.Arrays::stream)
                            .toArray();
                    System.arraycopy(numbers, 0, block.matrices(), 0, numbers.length);
                    double[] spectrum = new double[EigenvalueKernel.planes(order)];
                    HouseholderKernel.solve(
                            numbers,
                            1,
                            0,
                            new double[order * order],
                            spectrum,
                            1,
                            0,
                            precision.symmetryTolerance(),
                            precision.quantum(),
                            order);
                    EigenvalueKernel.solve(
                            spectrum,
                            1,
                            0,
                            precision == Precision.FLOAT ? 1 : 0,
                            precision.epsilon(),
                            precision.quantum(),
                            order);
                    Throwable refusal = catchThrowable(() -> solver.solve(1, 0));
                    if (refusal != null) {
                        refused++;
                        assertThat(spectrum[order])
                                .as(() -> refusal.getMessage())
                                .isNaN();
                    } else {
                        assertBits(spectrum[order], block.errorBounds()[0]);
                        for (int k = 0; k < order; k++) {
                            assertBits(spectrum[k], block.values()[k]);
                        }
                    }
                }
            }
            assertThat(refused).isBetween(3, 60);
        }
    }

    private static void assertBits(double actual, double expected) {
        assertThat(Double.doubleToRawLongBits(actual)).isEqualTo(Double.doubleToRawLongBits(expected));
    }
}
