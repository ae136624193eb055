package org.curvature4j.internal.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.KinkPoints;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** Largest elements of windows that overlap: few, which are laid out, and many, which are met tap by tap. */
class PoolsTest {
    private static final int FEW = 8;
    private static final int MANY = 200;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    private static Windows windows(int size) {
        int outputs = (size + 1) / 2;
        return new Windows(
                List.of(new Windows.Axis(size, 3, 2, 1, 1, outputs), new Windows.Axis(size, 3, 2, 1, 1, outputs)));
    }

    /** The sum of the largest elements of windows of 3 by 3, two apart, with zeros around that don't count. */
    private static Graph sum(int size) {
        GraphBuilder builder = new GraphBuilder();
        Ops o = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, (long) size * size));
        Node largest = Pools.largest(o, windows(size), o.reshape(x, Shape.of(1, 1, size, size)));
        return builder.build(List.of(o.reshape(o.sum(largest, o.allAxes(largest)), Shape.SCALAR)));
    }

    private static double[] call(Graph graph, double... point) {
        try (TensorPlan plan = TensorPlan.of(graph)) {
            return plan.call(List.of(Nd4j.createFromArray(point)))
                    .get(0)
                    .dup('c')
                    .data()
                    .asDouble();
        }
    }

    /** What each window passes to its elements if all that are inside share alike. */
    private static double[] shares(int size) {
        double[] shares = new double[size * size];
        int[] elements = windows(size).indices();
        double[] counts = windows(size).counts();
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] < shares.length) {
                shares[elements[i]] += 1 / counts[i % counts.length];
            }
        }
        return shares;
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void equalElementsShareTheDerivativeEvenly(int size) {
        double[] point = new double[size * size];
        Arrays.fill(point, 0.1);
        assertThat(call(Derivatives.gradient(sum(size)), point)).containsExactly(shares(size), within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void onlyTiesOfLargestElementsAreKinks(int size) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, size * size).boxed().toList());
        Collections.shuffle(order, new Random(1));
        double[] point = order.stream().mapToDouble(i -> i).toArray();
        Graph indicators = KinkPoints.of(sum(size)).indicators();
        assertThat(indicators).isNotNull();
        double[] none = call(indicators, point);
        assertThat(none[none.length - 1]).isZero();
        // The two smallest become one: no window has its largest there.
        point[order.indexOf(1)] = 0;
        assertThat(call(indicators, point)[none.length - 1]).isZero();
        int largest = order.indexOf(size * size - 1);
        point[largest % size == 0 ? largest + 1 : largest - 1] = size * size - 1;
        assertThat(call(indicators, point)[none.length - 1]).isOne();
    }
}
