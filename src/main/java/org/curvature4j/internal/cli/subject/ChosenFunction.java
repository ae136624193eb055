package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.curvature4j.Block;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.io.NpyType;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The function that a command is about: a graph's output by some of its tensors.
 *
 * @param options what it was opened by
 * @param type of points and results
 * @param hasPoint whether the graph itself says where: the point consists of variables only
 */
public record ChosenFunction(
        GraphSource source,
        ModelOptions options,
        String output,
        TensorFunction function,
        NpyType type,
        boolean hasPoint) {

    /**
     * Loads the graph and takes the function over.
     *
     * @throws UsageException if the graph has several inputs or outputs and the options don't choose, or choose one that
     *     it lacks
     * @throws IllegalArgumentException if the graph doesn't allow the function
     */
    public static ChosenFunction open(ModelOptions options) {
        return open(options, Map.of());
    }

    /**
     * As above, of a function of points and of what goes with each.
     *
     * @param data files, by the names of placeholders
     */
    public static ChosenFunction open(ModelOptions options, Map<String, RowFile> data) {
        GraphSource source = GraphSource.open(options.model(), options.seed(), options.quantized());
        SameDiff graph = source.graph();
        String output = output(graph, options);
        Map<String, INDArray> feeds = Feeds.read(graph, options.feeds());
        checkData(graph, data.keySet(), feeds.keySet());
        List<String> point = options.withRespectTo();
        if (point.isEmpty()) {
            point = List.of(input(graph, output, options, data.keySet()));
        }
        for (String name : point) {
            checkPart(graph, name);
        }
        Set<String> given = new HashSet<>(feeds.keySet());
        given.addAll(data.keySet());
        checkFed(graph, output, point, given);
        FunctionBuilder builder = TensorFunction.builder(graph).output(output);
        for (String name : point) {
            if (isParameters(graph, name)) {
                builder.withRespectToParameters();
            } else {
                builder.withRespectTo(name);
            }
        }
        feeds.forEach(builder::feed);
        data.keySet().forEach(builder::perPoint);
        options.shapes().forEach(builder::shape);
        Long index = options.outputIndex();
        TensorFunction function = build(source, index == null ? builder : builder.component(index));
        List<SDVariable> parts = function.blocks().stream()
                .map(block -> graph.getVariable(block.name()))
                .toList();
        boolean hasPoint = parts.stream().allMatch(part -> part.getVariableType() == VariableType.VARIABLE);
        return new ChosenFunction(
                source, options, output, function, type(parts.get(0).dataType()), hasPoint);
    }

    /** What a file's graph doesn't allow is told with the file's name. */
    private static TensorFunction build(GraphSource source, FunctionBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw source.isFile() ? new IllegalArgumentException(source.name() + ": " + e.getMessage(), e) : e;
        }
    }

    private static NpyType type(DataType type) {
        return type == DataType.FLOAT ? NpyType.FLOAT32 : NpyType.FLOAT64;
    }

    private static boolean isParameters(SameDiff graph, String name) {
        return name.equals(ModelOptions.PARAMETERS) && !graph.hasVariable(name);
    }

    private static String output(SameDiff graph, ModelOptions options) {
        String named = options.output();
        List<String> candidates = Wiring.outputs(graph);
        if (named != null) {
            if (!graph.hasVariable(named)) {
                throw new UsageException("--output: expected a variable of the graph, such as its outputs "
                        + Wiring.declared(graph) + ", got '" + named + "'");
            }
            return named;
        }
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(
                    "model: expected a graph that computes something, got one without operations");
        }
        List<String> predictions = predictions(graph, candidates);
        if (predictions.size() == 1) {
            return predictions.get(0);
        }
        if (candidates.size() != 1) {
            throw new UsageException("--output: expected one of " + candidates + ", got none");
        }
        return candidates.get(0);
    }

    /** Without what the graph itself calls a loss, such as a network's score beside its outputs. */
    private static List<String> predictions(SameDiff graph, List<String> outputs) {
        List<String> losses = graph.getLossVariables();
        return losses == null
                ? outputs
                : outputs.stream().filter(output -> !losses.contains(output)).toList();
    }

    private static String input(SameDiff graph, String output, ModelOptions options, Set<String> data) {
        List<String> candidates = new ArrayList<>(Wiring.placeholders(graph, output).stream()
                .filter(Wiring::isFloating)
                .map(SDVariable::name)
                .toList());
        candidates.removeAll(options.feeds().keySet());
        candidates.removeAll(data);
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        List<String> whole = Wiring.placeholders(graph, output).stream()
                .filter(variable -> !Wiring.isFloating(variable))
                .map(SDVariable::name)
                .toList();
        throw new UsageException(
                candidates.isEmpty()
                        ? "--wrt: expected what to differentiate '" + output
                                + "' by, got none; it has no placeholder left "
                                + (whole.isEmpty() ? "" : "but " + whole + ", of whole numbers or booleans ")
                                + "(" + ModelOptions.PARAMETERS + ": all trainable variables)"
                        : "--input: expected one of " + candidates + ", got none (--feed gives values to the others)");
    }

    private static void checkPart(SameDiff graph, String name) {
        if (isParameters(graph, name)) {
            return;
        }
        List<String> known = graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.PLACEHOLDER
                        || variable.getVariableType() == VariableType.VARIABLE)
                .filter(Wiring::isFloating)
                .map(SDVariable::name)
                .toList();
        if (!known.contains(name)) {
            throw new UsageException("--input, --wrt: expected names of " + known + ", got '" + name + "'");
        }
    }

    private static void checkData(SameDiff graph, Set<String> data, Set<String> fed) {
        for (String name : data) {
            if (!graph.inputs().contains(name)) {
                throw new UsageException(
                        "--with: expected one of the placeholders " + graph.inputs() + ", got '" + name + "'");
            }
            if (fed.contains(name)) {
                throw new UsageException("--feed, --with: expected one of them for '" + name + "', got both");
            }
        }
    }

    /** What the output needs and nobody gives would come up later, in the importer's words. */
    private static void checkFed(SameDiff graph, String output, List<String> point, Set<String> fed) {
        List<String> missing = Wiring.placeholders(graph, output).stream()
                .map(SDVariable::name)
                .filter(name -> !point.contains(name) && !fed.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new UsageException("--feed: expected values for " + missing + ", which '" + output
                    + "' needs, got none (--feed " + missing.get(0) + "=FILE.npy)");
        }
    }

    /**
     * Refuses a function with several results.
     *
     * @param what needs one result
     */
    public void requireOneResult(String what) {
        if (function.outputSize() != 1) {
            throw new IllegalArgumentException(what + ": expected a function with one result, got '" + output
                    + "' with " + function.outputSize() + " (--output-index picks one)");
        }
    }

    /** Numbers in a point. */
    public long inputSize() {
        return function.inputSize();
    }

    /** The type of points and results in words. */
    String typeName() {
        return type == NpyType.FLOAT32 ? "float32" : "float64";
    }

    /** What is computed, for a headline: {@code 'y' by theta}. */
    public String title() {
        String index = function.outputSize() == 1 ? "" : " [" + function.outputSize() + "]";
        return "'" + output + "'" + index + " by "
                + function.blocks().stream().map(Block::name).collect(Collectors.joining(", "));
    }

    /** Adds the model, the output and how the point is laid out. */
    public void describe(Report report) {
        report.line("model", source.name() + (source.description().isEmpty() ? "" : ": " + source.description()));
        report.line(
                "point",
                Words.count(inputSize(), "number") + ": "
                        + function.blocks().stream()
                                .map(block -> block.name() + " " + block.shape() + " at " + block.offset())
                                .collect(Collectors.joining(", ")));
        source.origin(report, options.seed());
        report.field("model", source.name());
        report.field("output", output);
        report.field("inputSize", inputSize());
        report.field("outputSize", function.outputSize());
        report.field(
                "blocks", function.blocks().stream().map(ChosenFunction::block).toList());
    }

    /** Adds what decides the numbers of the function and of its derivatives. */
    public void identify(Map<String, String> run) {
        run.put("model", source.name() + " " + source.fingerprint(options.seed()));
        run.put("output", output + (options.outputIndex() == null ? "" : " " + options.outputIndex()));
        run.put(
                "by",
                function.blocks().stream()
                        .map(block -> block.name() + " " + block.shape())
                        .collect(Collectors.joining(", ")));
        options.feeds().forEach((name, file) -> run.put("feed " + name, Fingerprint.of(file)));
        options.shapes().forEach((name, shape) -> run.put("shape " + name, Words.shape(shape)));
        run.put("seed", Long.toString(options.seed()));
    }

    /** What each number of a point is called: its block, and where it is in it, counted from 0. */
    public List<String> names() {
        return function.blocks().stream()
                .flatMap(block -> names(block.name(), block.size()))
                .toList();
    }

    /** {@code name[0]}, {@code name[1]} and so on; the name alone where it is one number. */
    public static Stream<String> names(String name, long size) {
        return LongStream.range(0, size).mapToObj(i -> size == 1 ? name : name + "[" + i + "]");
    }

    static Map<String, Object> block(Block block) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", block.name());
        fields.put("shape", block.shape().toArray());
        fields.put("offset", block.offset());
        fields.put("size", block.size());
        return fields;
    }
}
