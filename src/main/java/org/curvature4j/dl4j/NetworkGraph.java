package org.curvature4j.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.samediff.SameDiffExport;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network as a SameDiff graph that holds its layers, one operation each. */
final class NetworkGraph {
    /** Parameters that are gathered over batches, not trained. */
    private static final Set<String> STATISTICS = Set.of("mean", "var", "log10stdev");

    private final SameDiff graph = SameDiff.create();
    /** The variables that inputs and parts are, by their names in the network. */
    private final Map<String, String> variables = new HashMap<>();
    /** The variables of each part's parameters, by their names inside the layer. */
    private final Map<String, Map<String, String>> parameters = new HashMap<>();

    private final List<String> losses = new ArrayList<>();
    private final List<NetworkPart> parts;
    private final List<String> inputs;
    private final List<String> outputs;

    /**
     * @param parts each after those that it takes from
     * @param inputs names of what the network is given, in order
     * @param outputs names of parts
     */
    NetworkGraph(List<NetworkPart> parts, List<String> inputs, List<String> outputs) {
        this.parts = List.copyOf(parts);
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
    }

    /**
     * @param shapes of the inputs; -1 is any size
     * @param takers what the parts tell of the inputs
     */
    SameDiff build(Map<String, long[]> shapes, InputShapes takers) {
        for (String input : inputs) {
            DataType type = takers.areIndices(input) ? DataType.INT64 : DataType.DOUBLE;
            String variable = free(input);
            variables.put(input, variable);
            graph.placeHolder(variable, type, Objects.requireNonNull(shapes.get(input)));
        }
        for (NetworkPart part : parts) {
            try {
                addParameters(part);
                add(part);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("layer '" + part.name() + "': " + e.getMessage(), e);
            }
        }
        addTotal();
        graph.setOutputs(outputs.stream()
                .map(output -> Objects.requireNonNull(variables.get(output)))
                .toList());
        return graph;
    }

    private String free(String wanted) {
        String name = Printable.variable(wanted);
        String free = name;
        for (int count = 2; graph.hasVariable(free); count++) {
            free = name + count;
        }
        return free;
    }

    private void addParameters(NetworkPart part) {
        Map<String, String> named = new LinkedHashMap<>();
        part.parameters().forEach((key, array) -> {
            String name = free(part.prefix() + "_" + key);
            INDArray numbers = array.castTo(DataType.DOUBLE).dup('c');
            if (part.isFrozen() || STATISTICS.contains(key)) {
                graph.constant(name, numbers);
            } else {
                SameDiffExport.variable(graph, name, numbers);
            }
            named.put(key, name);
        });
        parameters.put(part.name(), named);
    }

    private void add(NetworkPart part) {
        OutputLayers.Parts output = part.layer() == null ? null : OutputLayers.of(part.layer(), part.isMean());
        List<String> operands = new ArrayList<>();
        part.inputs().forEach(input -> operands.add(Objects.requireNonNull(variables.get(input))));
        String name = free(part.name());
        variables.put(part.name(), name);
        Map<String, String> named = Objects.requireNonNull(parameters.get(part.name()));
        if (output == null) {
            hold(part.title(), part.rule(), operands, named, name);
            return;
        }
        LayerRule preprocessor = Preprocessors.of(part.preprocessor());
        String given = operands.get(0);
        if (part.preprocessor() != null) {
            given = free(name + "_input");
            hold(part.preprocessor().getClass().getSimpleName(), preprocessor, operands, Map.of(), given);
        }
        String rows = free(name + "_z");
        hold(part.title(), output.rows(), List.of(given), named, rows);
        hold("Activation", output.values(), List.of(rows, given), Map.of(), name);
        if (outputs.contains(part.name())) {
            addLoss(name, rows, output);
        }
    }

    /** With operands in SameDiff's order: predictions, weights, labels. */
    private void addLoss(String name, String rows, OutputLayers.Parts output) {
        boolean isOnly = outputs.size() == 1;
        String labels = free(isOnly ? "labels" : name + "_labels");
        graph.placeHolder(labels, output.loss().hasIndices() ? DataType.INT64 : DataType.DOUBLE, output.labels());
        String one = free(name + "_weight");
        graph.constant(one, Nd4j.scalar(DataType.DOUBLE, 1));
        LayerRule loss = output.loss().rule();
        LayerRule ordered = loss.bodied(call ->
                loss.body().apply(call.with(call.inputs().get(0), call.inputs().get(2))));
        String variable = free(name + "_loss");
        hold(output.loss().name(), ordered, List.of(rows, one, labels), Map.of(), variable);
        losses.add(variable);
    }

    private void hold(String title, LayerRule rule, List<String> operands, Map<String, String> named, String variable) {
        List<String> all = new ArrayList<>(operands);
        all.addAll(named.values());
        if (rule.countsExamples()) {
            all.add(Objects.requireNonNull(variables.get(inputs.get(0))));
        }
        new LayerOp(title, rule, operands.size(), List.copyOf(named.keySet()))
                .addTo(graph, variable, all, List.of(variable), List.of(DataType.DOUBLE));
    }

    /** The sum of all losses and penalties, which is what Deeplearning4j calls the score. */
    private void addTotal() {
        if (losses.isEmpty()) {
            return;
        }
        List<String> summands = new ArrayList<>(losses);
        Penalties penalties = new Penalties();
        parts.forEach(part -> penalties.add(part, Objects.requireNonNull(parameters.get(part.name()))));
        if (!penalties.isEmpty()) {
            String penalty = free("penalty");
            hold("penalty", penalties.rule(), penalties.operands(), Map.of(), penalty);
            summands.add(penalty);
        }
        String loss = free("loss");
        LayerRule sum = LayerRule.smooth(
                call -> call.inputs().stream().reduce(call.ops()::add).orElseThrow());
        hold(summands.size() == 1 ? "identity" : "add", sum, summands, Map.of(), loss);
        graph.setLossVariables(loss);
    }
}
