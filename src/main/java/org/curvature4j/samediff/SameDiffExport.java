package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.Primitive;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

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

    /**
     * A graph of operations that SameDiff itself computes right, saves and loads, in place of one that holds others: of an ONNX
     * model, SameDiff runs, copies and saves only this. It is for values: trainable variables become constants, since SameDiff's
     * own gradients of many of these operations are wrong or missing. Derivatives are exported as functions of their own:
     * {@link org.curvature4j.TensorFunction#toSameDiff}.
     *
     * @param source not modified
     * @param shapes of placeholders with open sizes, by their names; those of the result are fixed
     * @param outputs names of the variables to compute
     * @return placeholders and outputs under the names that they have in the source; owned by the caller
     * @throws UnsupportedOpsException where an operation has no rule, naming every one
     * @throws IllegalArgumentException where a name is unknown, a size is open or doesn't fit, or SameDiff has nothing that
     *     computes an operation right, saying why
     */
    public static SameDiff runnable(SameDiff source, Map<String, Shape> shapes, List<String> outputs) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        for (String name : SameDiffImport.leaves(source, outputs)) {
            SDVariable variable = source.getVariable(name);
            if (variable.isPlaceHolder()) {
                inputs.put(name, shape(variable, shapes));
            }
        }
        return export(SameDiffImport.graph(source, outputs, inputs, ImportRules.standard()), outputs);
    }

    private static Shape shape(SDVariable variable, Map<String, Shape> given) {
        Shape shape = given.get(variable.name());
        long[] declared = variable.getShape();
        if (shape == null && (declared == null || Arrays.stream(declared).anyMatch(size -> size < 0))) {
            throw new IllegalArgumentException("shapes: expected one for '" + variable.name() + "', whose sizes are "
                    + (declared == null ? "not declared" : Arrays.toString(declared) + " (-1 is open)") + ", got none");
        }
        return shape == null ? Shape.of(declared) : shape;
    }

    /** A trainable variable with a value that becomes the graph's; SameDiff's own way compares it with every other's first. */
    public static SDVariable variable(SameDiff target, String name, INDArray value) {
        HostArray.requireNumbers(name, value);
        SDVariable variable = target.addVariable(
                new SDVariable(name, VariableType.VARIABLE, target, value.shape(), value.dataType()));
        target.associateArrayWithVariable(value, variable);
        return variable;
    }

    /** A placeholder for an input, under its name. */
    public static SDVariable placeholder(SameDiff target, Node input) {
        return target.placeHolder(
                ((Leaf.Input) input.op()).label(),
                NativeArrays.dataType(input.dtype()),
                input.shape().toArray());
    }

    /**
     * Computes a graph's outputs in another graph of SameDiff's, with choices and quotients in forms that SameDiff differentiates
     * right. Its gradients of gathers, scatters, padding and running sums are wrong or missing in every form.
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
