package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Single points and batches in and out of arrays that the caller has: Java's, ND4J's, and used again. */
class CallersArraysTest {
    private static final int N = 3;

    record Sample(String name, BiFunction<SameDiff, SDVariable, SDVariable> body) {
        TensorFunction function() {
            SameDiff sd = SameDiff.create();
            SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, N);
            body.apply(sd, x).sum("f", true, 1);
            return TensorFunction.of(sd, "f", "x");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One for each engine that is chosen by itself. */
    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("fused", (sd, x) -> sd.nn().tanh(x).mul(sd.math().exp(x))),
                new Sample("not fused", (sd, x) -> sd.math()
                        .exp(x.mul(sd.argmax(x, true, 1).castTo(DataType.DOUBLE).add(1)))));
    }

    private static double[] points(int count) {
        return new SplittableRandom(4).doubles((long) count * N, -2, 2).toArray();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyWayGivesTheSameBits(Sample sample) {
        TensorFunction function = sample.function();
        double[] numbers = points(20);
        INDArray batch = Nd4j.createFromArray(numbers).reshape(20, N);
        try (Hessian hessian = Hessian.of(function);
                Jacobian jacobian = Jacobian.of(function.gradient());
                PreparedFunction gradient = function.gradient().prepare()) {
            double[] expected = hessian.batch(batch).dup().data().asDouble();
            double[] filled = new double[20 * N * N];
            hessian.batchInto(filled, numbers);
            assertThat(filled).containsExactly(expected);
            INDArray results = Nd4j.valueArrayOf(new long[] {20, N, N}, 7.0, DataType.DOUBLE);
            hessian.batchInto(results, batch);
            assertThat(results.data().asDouble()).containsExactly(expected);
            INDArray jacobians = Nd4j.valueArrayOf(new long[] {20, N, N}, 7.0, DataType.DOUBLE);
            jacobian.batchInto(jacobians, batch);
            assertThat(jacobians).isEqualTo(jacobian.batch(batch));
            for (int i = 0; i < 20; i++) {
                INDArray row = batch.get(NDArrayIndex.point(i));
                double[] point = row.toDoubleVector();
                assertThat(hessian.at(point)).containsExactly(matrix(expected, i));
                assertThat(hessian.at(row).data().asDouble()).containsExactly(matrix(expected, i));
                INDArray one = Nd4j.valueArrayOf(new long[] {N, N}, 7.0, DataType.DOUBLE);
                hessian.atInto(one, row);
                assertThat(one.data().asDouble()).containsExactly(matrix(expected, i));
                assertThat(jacobian.at(point))
                        .containsExactly(jacobian.at(row).data().asDouble());
                assertThat(gradient.at(point))
                        .containsExactly(gradient.at(row).data().asDouble());
            }
        }
    }

    private static double[] matrix(double[] all, int index) {
        return java.util.Arrays.copyOfRange(all, index * N * N, (index + 1) * N * N);
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        try (Hessian hessian = Hessian.of(samples().findFirst().orElseThrow().function())) {
            assertThatThrownBy(() -> hessian.at(new double[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("point: expected 3 numbers, got 2");
            assertThatThrownBy(() -> hessian.atInto(new double[8], new double[3]))
                    .hasMessage("result: expected 9 numbers, got 8");
            assertThatThrownBy(() -> hessian.batchInto(new double[9], new double[7]))
                    .hasMessage("points: expected a multiple of 3 numbers, got 7");
            assertThatThrownBy(() -> hessian.batchInto(new double[9], new double[6]))
                    .hasMessage("results: expected 18 numbers, got 9");
            INDArray points = Nd4j.create(DataType.DOUBLE, 2, 3);
            assertThatThrownBy(() -> hessian.batchInto(Nd4j.create(DataType.DOUBLE, 2, 9), points))
                    .hasMessageStartingWith(
                            "results: expected a row-major array of its own, DOUBLE [2, 3, 3], got DOUBLE [2, 9]");
            assertThatThrownBy(() -> hessian.batchInto(Nd4j.create(DataType.FLOAT, 2, 3, 3), points))
                    .hasMessageContaining("got FLOAT [2, 3, 3]");
            INDArray view = Nd4j.create(DataType.DOUBLE, 4, 3, 3).get(NDArrayIndex.interval(1, 3));
            assertThatThrownBy(() -> hessian.batchInto(view, points))
                    .hasMessageContaining("got a view or other strides");
            INDArray columns = Nd4j.create(DataType.DOUBLE, new long[] {2, 3, 3}, 'f');
            assertThatThrownBy(() -> hessian.batchInto(columns, points))
                    .hasMessageContaining("got a view or other strides");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void manyThreadsShareOneFunction(Sample sample) throws Exception {
        double[] numbers = points(64);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (Hessian hessian = Hessian.of(sample.function())) {
            double[] expected = new double[64 * N * N];
            hessian.batchInto(expected, numbers);
            List<Future<Boolean>> results = IntStream.range(0, 8)
                    .mapToObj(caller -> callers.submit(() -> {
                        double[] whole = new double[expected.length];
                        for (int call = 0; call < 50; call++) {
                            int i = (caller * 13 + call) % 64;
                            double[] one = hessian.at(java.util.Arrays.copyOfRange(numbers, i * N, (i + 1) * N));
                            assertThat(one).containsExactly(matrix(expected, i));
                            hessian.batchInto(whole, numbers);
                            assertThat(whole).containsExactly(expected);
                        }
                        return true;
                    }))
                    .toList();
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aHundredThousandCallsTakeNoMemory() {
        try (Hessian hessian = Hessian.of(samples().findFirst().orElseThrow().function());
                INDArray point = Nd4j.createFromArray(0.5, -0.3, 1.2);
                INDArray result = Nd4j.create(DataType.DOUBLE, N, N)) {
            double[] numbers = point.toDoubleVector();
            double[] matrix = new double[N * N];
            long before = 0;
            for (int call = 0; call < 110_000; call++) {
                if (call == 10_000) {
                    before = Pointer.physicalBytes();
                }
                hessian.atInto(matrix, numbers);
                hessian.atInto(result, point);
                hessian.at(point).close();
            }
            // 72 bytes a result, kept, would be 7 MB, with its header in native memory 30; the Java heap may grow too.
            assertThat(Pointer.physicalBytes() - before)
                    .isLessThan(Runtime.getRuntime().maxMemory() / 8);
        }
    }

    @Test
    void theDescriptionSaysWhatComputesAndWhy() {
        List<Sample> samples = samples().toList();
        try (Hessian fused = Hessian.of(samples.get(0).function());
                Hessian other = Hessian.of(samples.get(1).function())) {
            assertThat(fused.describe())
                    .matches("fused code, for small functions: \\d+ computations a point, .*blocks of \\d+ points, .*");
            assertThat(other.describe())
                    .containsPattern("^[^:]*: tiles of \\d+ points")
                    .contains(
                            "chosen since fused code can't compute it: an index of a largest element has no scalar code");
        }
    }
}
