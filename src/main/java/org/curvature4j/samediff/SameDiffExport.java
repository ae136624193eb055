package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.Primitive;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * From this library's graphs, derivatives included, to SameDiff's: to look at, to save, and to run by ND4J alone. The
 * result uses only operations that ND4J saves and loads unharmed and computes right; where ND4J's own is inaccurate, the
 * several that a primitive lowers to take its place.
 */
public final class SameDiffExport {
    /** Where what is computed on the way has its names, so that none is in the way of an input's or an output's. */
    private static final String SCOPE = "computed";

    private SameDiffExport() {}

    /**
     * Exports a graph. Simplify it first: an exported graph holds every node of it.
     *
     * @param outputNames a name for each output
     * @return a graph with a placeholder, of a fixed shape, for each input, under the input's name; weights and other
     *     literals as constants; and a variable for each output under its name. The caller owns it. Files of it hold up to
     *     2 GiB, flatbuffers' limit, and not the list of the outputs, which ND4J leaves out
     */
    public static SameDiff export(Graph graph, List<String> outputNames) {
        checkNames(graph, outputNames);
        SameDiff result = SameDiff.create();
        List<SDVariable> inputs =
                graph.inputs().stream().map(input -> placeholder(result, input)).toList();
        add(result, graph, inputs, outputNames, false);
        result.setOutputs(outputNames);
        return result;
    }

    /** A placeholder for an input, under its name. */
    public static SDVariable placeholder(SameDiff target, Node input) {
        return target.placeHolder(
                ((Leaf.Input) input.op()).label(),
                NativeArrays.dataType(input.dtype()),
                input.shape().toArray());
    }

    /**
     * Computes a graph's outputs in another graph of SameDiff's, by operations that SameDiff differentiates right.
     *
     * @param target changed
     * @param inputs variables of the target for the graph's inputs, of their shapes and types
     * @param outputNames a name for each output, new to the target
     * @return the outputs
     */
    public static List<SDVariable> add(
            SameDiff target, Graph graph, List<SDVariable> inputs, List<String> outputNames) {
        return add(target, graph, inputs, outputNames, true);
    }

    private static List<SDVariable> add(
            SameDiff target, Graph graph, List<SDVariable> inputs, List<String> outputNames, boolean trainable) {
        Map<Node, Kernels.Value> values = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            Node input = graph.inputs().get(i);
            values.put(input, new SameDiffKernels.Variable(inputs.get(i), input.type()));
        }
        NameScope scope = target.withNameScope(SCOPE);
        SameDiffKernels kernels = new SameDiffKernels(target, trainable);
        for (Node node : graph.nodes()) {
            if (!values.containsKey(node)) {
                values.put(node, value(kernels, node, values));
            }
        }
        scope.close();
        List<SDVariable> outputs = new ArrayList<>();
        for (int i = 0; i < outputNames.size(); i++) {
            Kernels.Value value =
                    Objects.requireNonNull(values.get(graph.outputs().get(i)));
            outputs.add(target.identity(outputNames.get(i), ((SameDiffKernels.Variable) value).variable()));
        }
        return outputs;
    }

    private static Kernels.Value value(SameDiffKernels kernels, Node node, Map<Node, Kernels.Value> values) {
        if (node.op() instanceof Leaf.Literal literal) {
            return kernels.constant(literal.type(), literal.values());
        } else if (node.op() instanceof Primitive primitive) {
            List<Kernels.Value> operands =
                    node.operands().stream().map(values::get).toList();
            return primitive.compute(kernels, node, operands);
        }
        throw new IllegalArgumentException("export: expected a primitive, got " + node);
    }

    private static void checkNames(Graph graph, List<String> outputNames) {
        if (outputNames.size() != graph.outputs().size()) {
            throw new IllegalArgumentException(
                    "output names: expected " + graph.outputs().size() + ", one an output, got " + outputNames);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            names.add(graph.inputName(i));
        }
        for (String name : outputNames) {
            if (name.isBlank() || name.startsWith(SCOPE + "/") || !names.add(name)) {
                throw new IllegalArgumentException("output name '" + name
                        + "': expected a name that no input and no other output has, got inputs "
                        + graph.inputs() + " and outputs " + outputNames);
            }
        }
    }
}
