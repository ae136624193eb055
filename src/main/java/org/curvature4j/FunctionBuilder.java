package org.curvature4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.curvature4j.samediff.UnsupportedOpsException;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes a {@link TensorFunction} from a SameDiff graph: which output, with respect to what, with which data in the other
 * placeholders. The graph isn't modified; its variables are taken over as they are when {@link #build} is called.
 *
 * <p>A placeholder in the point whose first size is open (-1) has a batch axis there: the function is taken for one
 * example, and a graph in which examples influence each other is refused. A shape given with {@link #shape} closes it:
 * then the function is of the whole tensor.
 */
public final class FunctionBuilder {
    private final SameDiff sd;
    private final Map<String, INDArray> feeds = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> data = new LinkedHashSet<>();
    /** After how many of the names the trainable variables come; below 0: they don't. */
    private int parametersAt = -1;

    private boolean keepsWeights;
    private @Nullable String output;
    private long component = -1;
    private ImportRules rules = ImportRules.standard();

    FunctionBuilder(SameDiff sd) {
        this.sd = Arguments.requireGiven("graph", sd);
    }

    /** The variable to compute; needed. */
    public FunctionBuilder output(String name) {
        this.output = name;
        return this;
    }

    /**
     * Placeholders or variables that make up the point, in this order. What an operation computes, such as an activation,
     * may be part of it too: the function then begins there.
     *
     * @throws IllegalArgumentException if one is named twice
     */
    public FunctionBuilder withRespectTo(String... tensors) {
        addOnce("with respect to", names, tensors);
        return this;
    }

    /**
     * All trainable variables that the output depends on make up the point, in the order in which the graph's operations use
     * them, behind what was named before this call. Those that are named have their place from that.
     */
    public FunctionBuilder withRespectToParameters() {
        parametersAt = names.size();
        return this;
    }

    /**
     * Placeholders whose values go with each point, such as labels, in this order: they are given beside points, a row for
     * each, of any element type. What is open (-1) on the first axis of one is 1 at a point. Where the output is a mean or a
     * sum over the examples of a batch, it is that of the one example.
     *
     * @throws IllegalArgumentException if one is named twice
     */
    public FunctionBuilder perPoint(String... placeholders) {
        addOnce("per point", data, placeholders);
        return this;
    }

    private static void addOnce(String what, Set<String> to, String... added) {
        for (String name : added) {
            if (!to.add(name)) {
                throw new IllegalArgumentException(what + ": expected each name once, got '" + name + "' again");
            }
        }
    }

    /**
     * The value of a placeholder outside the point, the same for all points, of any element type: numbers that the placeholder's type holds, rounded
     * where that is a floating one. It must stay open and unchanged as long as the function is used.
     */
    public FunctionBuilder feed(String placeholder, INDArray value) {
        feeds.put(placeholder, Arguments.requireGiven("feed '" + placeholder + "'", value));
        return this;
    }

    /**
     * Trainable variables outside the point stay inputs, with the values that they have now, where they would become
     * constants: {@link TensorFunction#toSameDiff} and {@link TensorFunction#addTo} then give a derivative that can be trained.
     */
    public FunctionBuilder weightsAsInputs() {
        keepsWeights = true;
        return this;
    }

    /** The shape of a placeholder in the point, or of one that goes with it, in place of a declared one with open sizes. */
    public FunctionBuilder shape(String placeholder, long... shape) {
        shapes.put(placeholder, Shape.of(shape));
        return this;
    }

    /** One element of the output, counted row-major, in place of all. */
    public FunctionBuilder component(long index) {
        this.component = index;
        return this;
    }

    /** Import rules in place of the standard ones: those with operations of your own. */
    public FunctionBuilder rules(ImportRules importRules) {
        this.rules = importRules;
        return this;
    }

    /**
     * Takes the function over.
     *
     * @throws IllegalArgumentException where names, shapes or operations don't allow it, saying why
     */
    public TensorFunction build() {
        if (output == null) {
            throw new IllegalArgumentException("output: expected the name of a variable, got none (call output)");
        }
        String computed = output;
        List<String> point = point(computed);
        if (point.isEmpty()) {
            throw new IllegalArgumentException(
                    "with respect to: expected placeholders or variables, got none (call withRespectTo)");
        }
        refuseTwice(point);
        feeds.forEach((name, value) -> PlaceholderShapes.checkFeed(variable(name), value));
        List<SDVariable> tensors =
                Stream.concat(point.stream(), data.stream()).map(this::variable).toList();
        ComputedVariables inner = new ComputedVariables(sd, feeds, shapes, rules);
        Map<String, long[]> known = tensors.stream()
                .filter(tensor -> ComputedVariables.has(tensor) && !shapes.containsKey(tensor.name()))
                .collect(Collectors.toMap(SDVariable::name, inner::shape));
        PlaceholderShapes declared = new PlaceholderShapes(tensors, shapes, known);
        Map<String, INDArray> weights = keepsWeights ? weights(computed, point) : Map.of();
        Map<String, INDArray> others = new LinkedHashMap<>(feeds);
        others.putAll(weights);
        Graph graph = ofOneExample(computed, declared, others);
        List<Block> blocks = blocks(point, declared.ofOneExample());
        Graph flat = Flatten.of(graph, point.size());
        Map<String, INDArray> typed = new LinkedHashMap<>();
        others.forEach((other, value) -> typed.put(
                flat.inputName(1 + data.size() + typed.size()),
                HostArray.as("feed '" + other + "'", value, variable(other).dataType())));
        Graph chosen = component < 0 ? flat : Flatten.component(flat, component);
        String name = component < 0 ? computed : computed + "[" + component + "]";
        return new TensorFunction(
                chosen, blocks, List.copyOf(data), typed, weights.keySet(), current(point, inner), "'" + name + "'");
    }

    private void refuseTwice(List<String> point) {
        for (String name : data) {
            if (point.contains(name) || feeds.containsKey(name)) {
                throw new IllegalArgumentException(
                        "per point '" + name + "': expected a placeholder that has no value yet, " + "got one that is "
                                + (point.contains(name) ? "part of the point" : "fed"));
            }
        }
    }

    /** The graph at one example, after making sure that a batch axis means nothing but examples. */
    private Graph ofOneExample(String computed, PlaceholderShapes declared, Map<String, INDArray> others) {
        try {
            Graph one = imported(computed, declared.ofOneExample(), others);
            if (declared.hasBatchAxis()) {
                Graph two = imported(computed, declared.ofExamples(2), others);
                PerExample.check(two, one, declared.batched(), computed, !data.isEmpty());
            }
            return one;
        } catch (UnsupportedOpsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            List<String> perhaps = declared.hasBatchAxis() ? feedsOfManyExamples() : List.of();
            if (perhaps.isEmpty()) {
                throw e;
            }
            throw new IllegalArgumentException(
                    e.getMessage() + " (a fed array is the same for every point: where " + perhaps
                            + " have a row for each, name them with perPoint, on the command line --with, and give them beside the points)",
                    e);
        }
    }

    private List<String> feedsOfManyExamples() {
        return feeds.entrySet().stream()
                .filter(feed -> PlaceholderShapes.hasOpenFirst(variable(feed.getKey()))
                        && feed.getValue().size(0) != 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> point(String computed) {
        List<String> point = new ArrayList<>(names);
        if (parametersAt >= 0) {
            Set<String> needed = leaves(computed, names);
            point.addAll(
                    parametersAt,
                    inOrderOfUse()
                            .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                            .map(SDVariable::name)
                            .filter(name -> needed.contains(name) && !names.contains(name))
                            .toList());
        }
        return point;
    }

    /** What an output is computed from, other than these and what only they are. */
    private Set<String> leaves(String computed, Set<String> given) {
        return SameDiffImport.leaves(
                sd,
                List.of(computed),
                Stream.concat(given.stream(), data.stream()).collect(Collectors.toSet()));
    }

    /** SameDiff keeps its operations in order, but not its variables. */
    private Stream<SDVariable> inOrderOfUse() {
        return sd.getOps().values().stream()
                .flatMap(op -> op.getInputsToOp().stream())
                .distinct()
                .map(sd::getVariable);
    }

    /** Values of the trainable variables outside the point, as they are now. */
    private Map<String, INDArray> weights(String computed, List<String> point) {
        Map<String, INDArray> weights = new LinkedHashMap<>();
        leaves(computed, new LinkedHashSet<>(point)).stream()
                .map(sd::getVariable)
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                .forEach(variable -> weights.put(variable.name(), HostArray.copyOf(variable.getArr())));
        return weights;
    }

    private Graph imported(String computed, Map<String, Shape> varying, Map<String, INDArray> others) {
        Map<String, Shape> inputs = new LinkedHashMap<>(varying);
        others.forEach((name, value) -> inputs.put(name, Shape.of(value.shape())));
        return SameDiffImport.graph(sd, List.of(computed), inputs, rules);
    }

    private SDVariable variable(String name) {
        SDVariable variable = sd.hasVariable(name) ? sd.getVariable(name) : null;
        if (variable == null) {
            throw new IllegalArgumentException("variable '" + name + "': expected one of the graph's, "
                    + PlaceholderShapes.candidates(sd) + ", got an unknown name");
        }
        return variable;
    }

    private static List<Block> blocks(List<String> point, Map<String, Shape> shapes) {
        List<Block> blocks = new ArrayList<>();
        long offset = 0;
        for (String name : point) {
            Shape shape = Objects.requireNonNull(shapes.get(name));
            blocks.add(new Block(name, shape, offset));
            offset += shape.size();
        }
        return blocks;
    }

    /** The present values of the point, or null if it holds placeholders or what is computed of them. */
    private @Nullable INDArray current(List<String> point, ComputedVariables inner) {
        List<INDArray> parts = new ArrayList<>();
        for (String name : point) {
            SDVariable variable = variable(name);
            INDArray value =
                    switch (variable.getVariableType()) {
                        case PLACEHOLDER -> null;
                        case ARRAY -> inner.present(variable);
                        default -> variable.getArr().dup('c');
                    };
            if (value == null) {
                return null;
            }
            parts.add(value.reshape(value.length()));
        }
        return HostArray.outsideWorkspaces(() -> Nd4j.concat(0, parts.toArray(INDArray[]::new)));
    }
}
