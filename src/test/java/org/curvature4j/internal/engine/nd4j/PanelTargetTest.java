package org.curvature4j.internal.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.op.Ops;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PanelTargetTest {

    private static double[] numbers(long seed, int count) {
        return new Random(seed).doubles(count, -1, 1).toArray();
    }

    private static double[] run(Graph graph, int threads, List<INDArray> arguments) {
        Backend.get();
        try (TensorPlan plan = new TensorPlan(TensorProgram.of(graph), new PanelTarget(threads))) {
            plan.call(arguments);
            INDArray result = plan.call(arguments).get(0);
            return result.reshape(result.length()).toDoubleVector();
        }
    }

    /** By one to three threads, which must agree to the last bit. */
    private static double[] result(Graph graph, List<INDArray> arguments) {
        double[] first = run(graph, 1, arguments);
        for (int threads = 2; threads <= 3; threads++) {
            assertThat(run(graph, threads, arguments)).isEqualTo(first);
        }
        return first;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "3, 5, 7",
        "1, 400, 700",
        "700, 1, 400",
        "255, 513, 65",
        "130, 10, 601",
        "64, 512, 1",
        "600, 601, 310"
    })
    void multipliesMatricesInAnyLayout(int rows, int columns, int summed) {
        double[] a = numbers(1, rows * summed);
        double[] b = numbers(2, summed * columns);
        double[] expected = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < summed; k++) {
                for (int j = 0; j < columns; j++) {
                    expected[i * columns + j] += a[i * summed + k] * b[k * columns + j];
                }
            }
        }
        for (String left : List.of("ik", "ki")) {
            for (String right : List.of("kj", "jk")) {
                GraphBuilder builder = new GraphBuilder();
                Node x = builder.input("x", matrix(left.equals("ik"), rows, summed));
                Node y = builder.input("y", matrix(right.equals("kj"), summed, columns));
                Graph graph = builder.build(List.of(new Ops(builder).einsum(left + "," + right + "->ij", x, y)));
                double[] product = result(
                        graph,
                        List.of(
                                array(a, left.equals("ik"), rows, summed),
                                array(b, right.equals("kj"), summed, columns)));
                assertThat(product).hasSize(expected.length);
                assertThat(largestDifference(product, expected)).isLessThan(1e-14 * summed);
            }
        }
    }

    private static TensorType matrix(boolean plain, int rows, int columns) {
        return TensorType.of(DType.FLOAT64, plain ? rows : columns, plain ? columns : rows);
    }

    private static INDArray array(double[] numbers, boolean plain, int rows, int columns) {
        INDArray array = HostArray.copyOf(numbers, DataType.DOUBLE, rows, columns);
        return plain ? array : array.transpose().dup('c');
    }

    private static double largestDifference(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .max()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0, 40",
        "0, 700",
        "1, 40",
        "1, 700",
        "2, 2000",
        "2, 3",
        "0-1, 2100",
        "1-2, 9",
        "0-1-2, 5",
        "0-2, 30"
    })
    void sumsOverAnyAxes(String summed, int last) {
        int[] sizes = {37, 11, last};
        List<Integer> axes = IntStream.of(java.util.Arrays.stream(summed.split("-", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray())
                .boxed()
                .toList();
        double[] x = numbers(3, sizes[0] * sizes[1] * sizes[2]);
        int[] kept = IntStream.range(0, 3)
                .map(axis -> axes.contains(axis) ? 1 : sizes[axis])
                .toArray();
        double[] expected = new double[kept[0] * kept[1] * kept[2]];
        for (int i = 0; i < x.length; i++) {
            int[] at = {i / (sizes[1] * last), i / last % sizes[1], i % last};
            int place = 0;
            for (int axis = 0; axis < 3; axis++) {
                place = place * kept[axis] + (axes.contains(axis) ? 0 : at[axis]);
            }
            expected[place] += x[i];
        }
        GraphBuilder builder = new GraphBuilder();
        Node input = builder.input(
                "x", TensorType.of(DType.FLOAT64, LongStream.of(37, 11, last).toArray()));
        Graph graph = builder.build(List.of(new Ops(builder).sum(input, axes)));
        double[] sums = result(graph, List.of(HostArray.copyOf(x, DataType.DOUBLE, 37, 11, last)));
        assertThat(sums).hasSize(expected.length);
        for (int i = 0; i < sums.length; i++) {
            assertThat(sums[i]).isCloseTo(expected[i], within(1e-11));
        }
    }
}
