package org.curvature4j.internal.engine.scalar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.Primitive;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of one point as scalar expressions: which number of the result is which expression.
 *
 * @param inputs numbers of a point
 * @param outputs one expression for each number of the result, row-major
 */
public record ScalarProgram(int inputs, List<Scalar> outputs) {

    /**
     * Takes a graph apart into scalars.
     *
     * @param graph of one output; the first input is the point
     * @param feeds values of the inputs after the point, which become part of the code
     * @param symmetric the size of the symmetric matrix with which the result begins, or 0: of each pair of mirrored entries
     *     one is computed and given to both
     * @throws Unsuitable if scalar code can't compute it
     */
    public static ScalarProgram of(Graph graph, List<INDArray> feeds, int symmetric) {
        ScalarAlgebra algebra = new ScalarAlgebra();
        ScalarKernels kernels = new ScalarKernels(algebra);
        if (!graph.inputs().get(0).dtype().isFloat()) {
            throw new Unsuitable("scalar code takes points of floating numbers");
        }
        Map<Node, Kernels.Value> values = new HashMap<>();
        for (int i = 0; i < feeds.size(); i++) {
            Node input = graph.inputs().get(i + 1);
            values.put(input, fed(kernels, input, feeds.get(i)));
        }
        for (Node node : graph.nodes()) {
            if (node.type().size() == 0) {
                throw new Unsuitable("scalar code has no values without elements");
            }
            if (!values.containsKey(node)) {
                values.put(node, value(algebra, kernels, node, values));
            }
        }
        List<Scalar> outputs = ScalarKernels.elements(
                java.util.Objects.requireNonNull(values.get(graph.outputs().get(0))));
        int inputs = Math.toIntExact(graph.inputs().get(0).type().size());
        return new ScalarProgram(inputs, symmetric == 0 ? outputs : mirrored(outputs, symmetric));
    }

    /**
     * Takes the graph apart that needs the least work of those for which that is possible.
     *
     * @param graphs of the same function
     * @param feeds values of the inputs after the point; null, which is refused, if they are given with each call
     * @throws Unsuitable if it is possible for none
     */
    public static ScalarProgram least(List<Graph> graphs, @Nullable List<INDArray> feeds, int symmetric) {
        if (feeds == null) {
            throw new Unsuitable("its code would hold what changes from call to call");
        }
        List<ScalarProgram> programs = new ArrayList<>();
        List<Unsuitable> refusals = new ArrayList<>();
        for (Graph graph : graphs) {
            try {
                programs.add(of(graph, feeds, symmetric));
            } catch (Unsuitable e) {
                refusals.add(e);
            }
        }
        return programs.stream()
                .min(Comparator.comparingDouble(ScalarProgram::work))
                .orElseThrow(() -> refusals.get(0));
    }

    private static Kernels.Value fed(ScalarKernels kernels, Node input, INDArray feed) {
        if (input.type().size() > ScalarAlgebra.LARGEST || !input.dtype().isFloat()) {
            throw new Unsuitable("scalar code takes up to " + ScalarAlgebra.LARGEST
                    + " floating numbers of data in an array, got " + input.type());
        }
        return kernels.literal(input.type(), HostArray.numbers("feed", Feeds.typed("feed", input.type(), feed)), false);
    }

    private static Kernels.Value value(
            ScalarAlgebra algebra, ScalarKernels kernels, Node node, Map<Node, Kernels.Value> values) {
        if (node.op() instanceof Leaf.Literal literal) {
            return kernels.literal(literal);
        } else if (node.op() instanceof Primitive primitive) {
            return primitive.lower(
                    kernels, node, node.operands().stream().map(values::get).toList());
        }
        int size = Math.toIntExact(node.type().size());
        return new ScalarKernels.Tensor(
                node.type(), IntStream.range(0, size).mapToObj(algebra::input).toList());
    }

    private static List<Scalar> mirrored(List<Scalar> outputs, int n) {
        List<Scalar> symmetric = new ArrayList<>(outputs);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                symmetric.set(i * n + j, outputs.get(j * n + i));
            }
        }
        return symmetric;
    }

    /** The numbers of the result that are the same at every point, and 0 elsewhere. */
    public double[] constants() {
        return outputs.stream()
                .mapToDouble(output -> output instanceof Scalar.Constant constant ? constant.value() : 0)
                .toArray();
    }

    /** About how long all computations take, in the time of an addition. */
    public double work() {
        return calls().stream().mapToDouble(Scalar.Call::cost).sum();
    }

    /** The computations that the outputs need, operands first. */
    public List<Scalar.Call> calls() {
        Set<Scalar.Call> needed = new HashSet<>();
        List<Scalar> pending = new ArrayList<>(outputs);
        while (!pending.isEmpty()) {
            Scalar scalar = pending.remove(pending.size() - 1);
            if (scalar instanceof Scalar.Call call && needed.add(call)) {
                pending.addAll(call.operands());
            }
        }
        List<Scalar.Call> ordered = new ArrayList<>(needed);
        ordered.sort((a, b) -> Integer.compare(a.order(), b.order()));
        return Collections.unmodifiableList(ordered);
    }
}
