package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Graphs of many operations, operands and rows: no stack overflows, and twice the graph is twice the work. */
class DeepGraphTest {
    /** Far above what linear preparation takes, a second or two, and below what quadratic takes at these sizes. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @BeforeAll
    static void startNd4j() {
        Nd4j.zeros(1);
    }

    @Test
    void aSumOfManyOperandsHasItsDerivatives() throws InterruptedException {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 1);
        SDVariable[] operands = new SDVariable[4000];
        Arrays.fill(operands, sd.math.sin(x));
        sd.math.square(sd.math.mergeAdd(operands)).sum("f");
        SmallStack.run(() -> {
            TensorFunction f = TensorFunction.of(sd, "f", "x");
            double n = operands.length;
            double at = 0.3;
            // The function is (n sin x)^2.
            assertThat(value(f.gradient(), at)).isCloseTo(n * n * Math.sin(2 * at), within(n * n * n * 1e-16));
            assertThat(value(f.hessian(), at)).isCloseTo(2 * n * n * Math.cos(2 * at), within(n * n * n * 1e-16));
        });
    }

    private static double value(TensorFunction f, double at) {
        try (INDArray point = Nd4j.createFromArray(at);
                INDArray result = f.call(point)) {
            return result.getDouble(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prod", "Max", "Min"})
    void rowsOfOneSegmentAreCombinedInATree(String kind) throws InterruptedException {
        int rows = 10_000;
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, rows);
        SDVariable ids = sd.constant(Nd4j.zeros(DataType.INT32, rows));
        (kind.equals("Prod")
                        ? sd.segmentProd(x, ids)
                        : kind.equals("Max") ? sd.segmentMax(x, ids) : sd.segmentMin(x, ids))
                .sum("f");
        SmallStack.run(() -> {
            TensorFunction f = TensorFunction.of(sd, "f", "x");
            try (INDArray point = Nd4j.ones(DataType.DOUBLE, rows)) {
                point.putScalar(7, kind.equals("Min") ? 0.5 : 2);
                try (INDArray gradient = f.gradient().call(point)) {
                    assertThat(gradient.getDouble(7)).isEqualTo(1);
                    assertThat(gradient.getDouble(8)).isEqualTo(kind.equals("Prod") ? 2 : 0);
                }
            }
        });
    }

    @Test
    void segmentsKeepTheirRowsApart() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 8);
        SDVariable ids = sd.constant(Nd4j.createFromArray(2, 0, 1, 0, 2, 0, 0, 0));
        sd.unsortedSegmentProd(x, ids, 3).rename("f");
        TensorFunction f = TensorFunction.of(sd, "f", "x");
        try (INDArray point = Nd4j.createFromArray(2.0, 3, 5, 7, 11, 13, 17, 19);
                INDArray products = f.call(point)) {
            assertThat(products.toDoubleVector()).containsExactly(3.0 * 7 * 13 * 17 * 19, 5, 22);
        }
    }

    /** Derivatives of the graph and of one twice as long: the second has about twice the nodes. */
    @ParameterizedTest
    @ValueSource(strings = {"gradient", "hessian", "structuredHessian", "hessianVectorProduct"})
    void nodesOfDerivativesGrowInProportion(String derivative) throws InterruptedException {
        SmallStack.run(() -> {
            int shorter = nodes(derivative, chain(300));
            int longer = nodes(derivative, chain(600));
            assertThat(longer).isLessThan(2 * shorter + shorter / 10);
        });
    }

    private static int nodes(String derivative, Graph graph) {
        Graph derived =
                switch (derivative) {
                    case "gradient" -> Derivatives.gradient(graph);
                    case "hessian" -> Derivatives.hessian(graph);
                    case "structuredHessian" -> Derivatives.structuredHessian(graph);
                    default -> Derivatives.hessianVectorProduct(graph);
                };
        return Simplifier.simplify(derived).nodes().size();
    }

    @Test
    void aHessianThroughThousandsOfOperationsIsPreparedInProportion() throws InterruptedException {
        SmallStack.run(() -> assertTimeoutPreemptively(PATIENCE, () -> {
            try (Hessian hessian = Hessian.of(function(chain(3000)))) {
                double[] at = hessian.at(new double[] {0.5, -0.25});
                assertThat(at).hasSize(4);
                assertThat(at[1]).isEqualTo(at[2]);
            }
        }));
    }

    /** As above, for inputs of one number each that an operation joins: its Hessian is diagonal. */
    @Test
    void aHessianByManyJoinedInputsIsPreparedInProportion() throws InterruptedException {
        int count = 1000;
        SameDiff sd = SameDiff.create();
        String[] names = IntStream.range(0, count).mapToObj(i -> "x" + i).toArray(String[]::new);
        SDVariable[] inputs = Arrays.stream(names)
                .map(name -> sd.placeHolder(name, DataType.DOUBLE, 1))
                .toArray(SDVariable[]::new);
        sd.math.square(sd.concat(0, inputs)).sum("f");
        SmallStack.run(() -> assertTimeoutPreemptively(PATIENCE, () -> {
            try (Hessian hessian = Hessian.of(TensorFunction.of(sd, "f", names))) {
                double[] expected = new double[count * count];
                IntStream.range(0, count).forEach(i -> expected[i * count + i] = 2);
                assertThat(hessian.at(new double[count])).isEqualTo(expected);
            }
        }));
    }

    /** More equal entries than a Java method has room to store. */
    @Test
    void aMatrixOfEqualEntriesIsFused() {
        int n = 120;
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("point", TensorType.of(DType.FLOAT64, n));
        Graph graph = builder.build(List.of(ops.exp(ops.sum(x, List.of(0)))));
        try (Hessian hessian = Hessian.of(function(graph))) {
            assertThat(hessian.describe()).startsWith("fused code");
            double[] expected = new double[n * n];
            Arrays.fill(expected, 1);
            assertThat(hessian.at(new double[n])).isEqualTo(expected);
        }
    }

    private static TensorFunction function(Graph graph) {
        return new TensorFunction(graph, List.of(), List.of(), Map.of(), Set.of(), null, "f");
    }

    /** An iteration with a skip around each step. */
    private static Graph chain(int operations) {
        return graph(2, (ops, x) -> {
            Node y = x;
            for (int i = 0; i < operations / 2; i++) {
                y = ops.add(x, ops.sin(y));
            }
            return ops.sum(y, List.of(0));
        });
    }

    private static Graph graph(long size, BiFunction<Ops, Node, Node> function) {
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("point", TensorType.of(DType.FLOAT64, size));
        return builder.build(List.of(function.apply(new Ops(builder), x)));
    }
}
