package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Jvp;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.JavaKernels.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds batching to a loop: for every operation, its derivatives, every choice of batched inputs and several sizes. */
class OpBatchingTest {
    private static final long[] SIZES = {0, 1, 3};

    static Stream<Sample> samples() {
        return Catalogue.samples().stream();
    }

    static Stream<Sample> differentiable() {
        return OpConformanceTest.differentiable();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aBatchIsALoop(Sample sample) {
        Graph graph = sample.graph();
        for (List<Boolean> batched : choices(sample.inputs().size())) {
            for (long size : SIZES) {
                check(sample, graph, batched, size);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void aBatchOfDerivativesIsALoop(Sample sample) {
        Graph forward = Jvp.of(sample.graph(), sample.floating());
        Graph reverse = Vjp.of(sample.graph(), sample.floating());
        for (Graph graph : List.of(forward, reverse)) {
            int inputs = graph.inputs().size();
            int point = sample.inputs().size();
            List<Boolean> directions =
                    IntStream.range(0, inputs).mapToObj(i -> i >= point).toList();
            List<Boolean> points =
                    IntStream.range(0, inputs).mapToObj(i -> i < point).toList();
            List<Boolean> both = IntStream.range(0, inputs).mapToObj(i -> true).toList();
            for (List<Boolean> batched : List.of(directions, points, both)) {
                check(sample, graph, batched, 3);
                check(sample, graph, batched, 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aBatchOfBatchesIsALoopOfBatches(Sample sample) {
        Graph graph = sample.graph();
        List<List<Boolean>> choices = choices(sample.inputs().size());
        Random random = new Random(1);
        // Every pair of choices for up to two inputs, some for more.
        int pairs = Math.min(choices.size() * choices.size(), 9);
        for (int pair = 0; pair < pairs; pair++) {
            boolean all = choices.size() <= 3;
            List<Boolean> inner = choices.get(all ? pair / choices.size() : random.nextInt(choices.size()));
            List<Boolean> outer = choices.get(all ? pair % choices.size() : random.nextInt(choices.size()));
            check(sample, Vmap.of(graph, inner, 2), outer, 3);
        }
    }

    private static void check(Sample sample, Graph graph, List<Boolean> batched, long size) {
        Random random = new Random(7);
        Graph batch = Vmap.of(graph, batched, size);
        List<Tensor> arguments = batch.inputs().stream()
                .map(input -> sample.draw(random, input.type()))
                .toList();
        List<Tensor> results = Plan.evaluate(batch, arguments);
        for (int i = 0; i < results.size(); i++) {
            Node output = batch.outputs().get(i);
            assertThat(results.get(i).type())
                    .as("batched %s, size %s", batched, size)
                    .isEqualTo(output.type());
        }
        try (Plan single = new Plan(graph)) {
            for (int element = 0; element < size; element++) {
                List<Tensor> expected = single.call(elements(arguments, batched, element, (int) size));
                for (int i = 0; i < results.size(); i++) {
                    OpConformanceTest.assertClose(
                            element(results.get(i), element, (int) size), expected.get(i), tolerance(graph));
                }
            }
        }
    }

    private static double tolerance(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> node.dtype().bytes() == 4) ? 1e-6 : 1e-13;
    }

    private static List<Tensor> elements(List<Tensor> arguments, List<Boolean> batched, int element, int size) {
        List<Tensor> elements = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Tensor argument = arguments.get(i);
            elements.add(batched.get(i) ? element(argument, element, size) : argument);
        }
        return elements;
    }

    /** One element of a batch, whose axis is the last. */
    private static Tensor element(Tensor batch, int element, int size) {
        TensorType type = batch.type().withShape(batch.type().shape().dropLast());
        double[] values = IntStream.range(0, Math.toIntExact(type.size()))
                .mapToDouble(i -> batch.values()[i * size + element])
                .toArray();
        return Tensor.of(type, values);
    }

    /** Which of some inputs are batched: every choice of at least one. */
    private static List<List<Boolean>> choices(int inputs) {
        return IntStream.range(1, 1 << inputs)
                .mapToObj(bits -> IntStream.range(0, inputs)
                        .mapToObj(i -> (bits >> i & 1) == 1)
                        .toList())
                .toList();
    }
}
