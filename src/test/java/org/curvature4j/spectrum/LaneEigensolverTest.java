package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The batched solver beside LAPACK, on matrices that break solvers, mixed in one block so that no lane is spared. */
class LaneEigensolverTest {
    private static final double EPSILON = 0x1p-52;

    static IntStream orders() {
        return IntStream.rangeClosed(3, LaneEigensolver.LARGEST_ORDER);
    }

    /** Hard ones of an order, each times a few factors, among random ones; scaled as solvers may expect. */
    private static List<double[]> matrices(int order) {
        List<TestMatrices.Named> named = Stream.concat(TestMatrices.hard().stream(), TestMatrices.random().stream())
                .filter(matrix -> matrix.order() == order)
                .collect(Collectors.toCollection(ArrayList::new));
        for (int seed = 0; seed < 40; seed++) {
            named.add(new TestMatrices.Named("random", TestMatrices.random(order, 1000L + seed)));
            named.add(new TestMatrices.Named("small integers", smallIntegers(order, seed)));
        }
        List<double[]> all = new ArrayList<>();
        for (TestMatrices.Named matrix : named) {
            int scale = MatrixPreparation.scale(matrix.largest());
            all.add(flat(TestMatrices.filled(order, (i, j) -> Math.scalb(matrix.rows()[i][j], -scale))));
        }
        Collections.shuffle(all, new Random(order));
        return all;
    }

    /** Full of repeated eigenvalues, and of shifts that hit them exactly. */
    private static double[][] smallIntegers(int order, int seed) {
        Random random = new Random(seed);
        double[][] rows = new double[order][order];
        for (int i = 0; i < order; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = random.nextInt(3) - 1;
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isOfTheClassOfLapack(int order) {
        List<double[]> matrices = matrices(order);
        int count = matrices.size();
        double[] numbers = joined(matrices);
        double[] largest = new double[count];
        for (int m = 0; m < count; m++) {
            largest[m] = Arrays.stream(matrices.get(m)).map(Math::abs).max().orElseThrow();
        }
        double[] values = new double[count * order];
        double[] vectors = new double[numbers.length];
        double[] valuesAlone = new double[count * order];
        double[] expected = new double[count * order];
        try (SymmetricEigensolver solver = new LaneEigensolver(order, count, true);
                SymmetricEigensolver alone = new LaneEigensolver(order, count, false);
                SymmetricEigensolver lapack = new VerifiedEigensolver(order, false)) {
            assertThat(solver.solve(count, numbers, largest, values, vectors)).isEqualTo(-1);
            assertThat(alone.solve(count, numbers, largest, valuesAlone, null)).isEqualTo(-1);
            lapack.solve(count, numbers, largest, expected, null);
        }
        assertThat(Arrays.equals(numbers, joined(matrices))).as("not modified").isTrue();
        for (int m = 0; m < count; m++) {
            assertSameBits(values, m, valuesAlone, m, order);
            double norm = Math.max(Math.abs(expected[m * order]), Math.abs(expected[(m + 1) * order - 1]));
            for (int k = m * order; k < (m + 1) * order; k++) {
                assertThat(values[k])
                        .as("value of matrix " + m)
                        .isEqualTo(expected[k], within((16 + order) * EPSILON * norm));
            }
            assertDecomposes(matrices.get(m), m, order, values, vectors, norm);
        }
    }

    private static void assertDecomposes(
            double[] matrix, int m, int order, double[] values, double[] vectors, double norm) {
        for (int k = 0; k < order; k++) {
            int vector = (m * order + k) * order;
            double residual = 0;
            for (int i = 0; i < order; i++) {
                double difference = -values[m * order + k] * vectors[vector + i];
                for (int j = 0; j < order; j++) {
                    difference += matrix[i * order + j] * vectors[vector + j];
                }
                residual = Math.hypot(residual, difference);
            }
            assertThat(residual).as("residual of matrix " + m).isLessThanOrEqualTo((12 + 2 * order) * EPSILON * norm);
            for (int other = 0; other <= k; other++) {
                double dot = 0;
                for (int i = 0; i < order; i++) {
                    dot += vectors[vector + i] * vectors[(m * order + other) * order + i];
                }
                assertThat(dot).isEqualTo(other == k ? 1 : 0, within((12 + 2 * order) * EPSILON));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void neighboursDoNotMatter(int order) {
        List<double[]> matrices = matrices(order);
        EigenBlock all = solved(matrices, order);
        for (int size : new int[] {1, 7}) {
            for (int first = 0; first + size <= matrices.size(); first += 11) {
                List<double[]> some = new ArrayList<>(matrices.subList(first, first + size));
                Collections.reverse(some);
                EigenBlock part = solved(some, order);
                for (int i = 0; i < size; i++) {
                    assertSameBits(all.values(), first + size - 1 - i, part.values(), i, order);
                    assertSameBits(all.vectors(), first + size - 1 - i, part.vectors(), i, order * order);
                }
            }
        }
    }

    private static EigenBlock solved(List<double[]> matrices, int order) {
        EigenBlock block = new EigenBlock(order, matrices.size(), true);
        double[] numbers = joined(matrices);
        System.arraycopy(numbers, 0, block.matrices(), 0, numbers.length);
        try (SymmetricBlockSolver solver = new SymmetricBlockSolver(block, DataType.DOUBLE, index -> "matrix")) {
            solver.solve(matrices.size(), 0);
        }
        return block;
    }

    private static void assertSameBits(double[] expected, int index, double[] actual, int at, int length) {
        for (int k = 0; k < length; k++) {
            assertThat(Double.doubleToRawLongBits(actual[at * length + k]))
                    .isEqualTo(Double.doubleToRawLongBits(expected[index * length + k]));
        }
    }

    private static double[] flat(double[][] rows) {
        return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] joined(List<double[]> matrices) {
        return matrices.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
