package org.curvature4j.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.fuzz.Item.Step;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A SameDiff graph made of items. */
final class Built {
    private final SameDiff sd = SameDiff.create();
    private final Map<String, SDVariable> variables = new LinkedHashMap<>();
    private final Map<String, Given> given = new LinkedHashMap<>();

    static Built of(Program program) {
        Built built = new Built();
        program.items().forEach(built::add);
        return built;
    }

    /** @throws IllegalArgumentException if SameDiff refuses it */
    void add(Item item) {
        if (item instanceof Given leaf) {
            variables.put(leaf.name(), declared(leaf));
            given.put(leaf.name(), leaf);
        } else if (item instanceof Step step) {
            SDVariable[] operands = step.operands().stream().map(variables::get).toArray(SDVariable[]::new);
            variables.put(step.name(), Expressions.apply(step, sd, operands));
        }
    }

    private SDVariable declared(Given leaf) {
        return switch (leaf.kind()) {
            case POINT, FED ->
                sd.placeHolder(leaf.name(), leaf.type(), leaf.shape().toArray());
            case VARIABLE -> sd.var(leaf.name(), leaf.array());
            case CONSTANT -> sd.constant(leaf.name(), leaf.array());
        };
    }

    SameDiff sameDiff() {
        return sd;
    }

    /** SameDiff's name of an item. */
    String variable(String item) {
        return variables.get(item).name();
    }

    /** What the point consists of, in order. */
    List<Given> varying() {
        return given.values().stream().filter(Given::varies).toList();
    }

    List<Given> fed() {
        return given.values().stream()
                .filter(leaf -> leaf.kind() == Item.Kind.FED)
                .toList();
    }

    /** The function from what varies, then what is fed, to an item. */
    Graph graph(String item, ImportRules rules) {
        return imported(sd, variable(item), rules);
    }

    Graph imported(SameDiff source, String variable, ImportRules rules) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        inputs().forEach(leaf -> inputs.put(leaf.name(), leaf.shape()));
        return SameDiffImport.graph(source, List.of(variable), inputs, rules);
    }

    private Stream<Given> inputs() {
        return Stream.concat(varying().stream(), fed().stream());
    }

    /** The present value of an item, by plain Java. */
    Tensor value(String item, ImportRules rules) {
        return JavaKernels.evaluate(
                        graph(item, rules), inputs().map(Built::tensor).toList())
                .get(0);
    }

    static Tensor tensor(Given leaf) {
        DType dtype = leaf.type() == DataType.DOUBLE ? DType.FLOAT64 : DType.INT32;
        return new Tensor(new TensorType(dtype, leaf.shape()), leaf.numbers());
    }

    /** What SameDiff itself computes for an item. */
    INDArray executed(String item) {
        Map<String, INDArray> placeholders = new LinkedHashMap<>();
        inputs().filter(leaf -> leaf.kind() != Item.Kind.VARIABLE)
                .forEach(leaf -> placeholders.put(leaf.name(), leaf.array()));
        return sd.outputSingle(placeholders, variable(item));
    }
}
