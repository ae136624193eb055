package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * An operation that SameDiff holds and can't run: one of another library, which is computed here by its own rule. What
 * SameDiff asks for to run, differentiate, copy or save a graph is refused in words.
 */
public abstract class HeldOp extends DynamicCustomOp implements RuledOp {
    private List<String> makes = List.of();

    /** What it is, for messages, such as "a node of an ONNX model". */
    protected abstract String kind();

    /**
     * Adds it to a graph as it is, past SameDiff's own way, which looks for free names by counting.
     *
     * @param name of the operation, which no other of the graph has
     * @param inputs names of variables of the graph
     * @param outputs names of variables to be, which the graph hasn't yet
     * @param types of the outputs
     */
    public final void addTo(
            SameDiff graph, String name, List<String> inputs, List<String> outputs, List<DataType> types) {
        setOwnName(name);
        setSameDiff(graph);
        makes = List.copyOf(outputs);
        Map<String, Variable> held = graph.getVariables();
        for (int i = 0; i < outputs.size(); i++) {
            String output = outputs.get(i);
            held.put(
                    output,
                    Variable.builder()
                            .name(output)
                            .variable(new SDVariable(output, VariableType.ARRAY, graph, null, types.get(i)))
                            .outputOfOp(name)
                            .build());
        }
        graph.getOps()
                .put(
                        name,
                        SameDiffOp.builder()
                                .name(name)
                                .op(this)
                                .inputsToOp(new ArrayList<>(inputs))
                                .outputsOfOp(new ArrayList<>(outputs))
                                .build());
        inputs.stream().distinct().forEach(input -> use(Objects.requireNonNull(held.get(input)), name));
    }

    private static void use(Variable used, String operation) {
        List<String> users = used.getInputsForOp();
        if (users == null) {
            users = new ArrayList<>();
            used.setInputsForOp(users);
        }
        users.add(operation);
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape() {
        throw notSameDiffs();
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
        throw notSameDiffs();
    }

    @Override
    public List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
        throw notSameDiffs();
    }

    @Override
    public long opHash() {
        throw notSameDiffs();
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        throw notSameDiffs();
    }

    /** What SameDiff asks for to save a graph, to copy it, or to make its gradient. */
    @Override
    public Map<String, Object> propertiesForFunction() {
        throw notSameDiffs();
    }

    private UnsupportedOperationException notSameDiffs() {
        return new UnsupportedOperationException(opName() + " -> " + String.join(", ", makes)
                + ": expected an operation of SameDiff's own, got " + kind() + ", which SameDiff can't run,"
                + " differentiate, copy or save (TensorFunction.of(graph, output, input) computes it and its derivatives;"
                + " SameDiffExport.runnable(graph, shapes, outputs) makes a graph that SameDiff runs and saves)");
    }
}
