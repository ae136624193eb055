package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Origin;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Bundle;
import org.curvature4j.internal.composition.ConstantFolding;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.op.Ops;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * From a SameDiff graph to this library's. Only the operations that the outputs need are read, none is executed, and the
 * SameDiff graph is left as it is.
 */
public final class SameDiffImport {
    /** What neither a Java array nor an index of ND4J's can number is refused before anything is computed of it. */
    private static final long MOST_ELEMENTS = Integer.MAX_VALUE;

    private final SameDiff source;
    private final ImportRules rules;
    private final GraphBuilder builder;
    private final Ops ops;
    private final ConstantFolding folding;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Branches branches;

    private SameDiffImport(SameDiff source, ImportRules rules, GraphBuilder builder) {
        this.source = source;
        this.rules = rules;
        this.builder = builder;
        this.ops = new Ops(builder);
        this.folding = new ConstantFolding(ops);
        this.branches = new Branches(ops, nodes);
    }

    /**
     * Imports the function from some variables of a graph to others.
     *
     * @param outputs names of the variables to compute
     * @param inputs names of the variables that the function takes, in order, with their shapes: placeholders, trainable
     *     variables, or any other variable, which cuts the graph there. All other trainable variables and constants are
     *     copied as they are now
     * @return a graph whose inputs and outputs are in the orders given
     * @throws UnsupportedOpsException where an operation has no rule, naming every one
     * @throws IllegalArgumentException where a name is unknown, a shape doesn't fit, or a placeholder that is needed isn't
     *     among the inputs
     */
    public static Graph graph(SameDiff source, List<String> outputs, Map<String, Shape> inputs, ImportRules rules) {
        return new SameDiffImport(source, rules, new GraphBuilder()).run(outputs, inputs);
    }

    /**
     * The placeholders, variables and constants that some outputs depend on, in the order in which they are read.
     *
     * @throws IllegalArgumentException where an output's name is unknown
     */
    public static Set<String> leaves(SameDiff source, List<String> outputs) {
        return leaves(source, outputs, Set.of());
    }

    /**
     * As above, of a graph that is cut at some variables.
     *
     * @param given names of variables whose values are supplied, so that what computes them isn't needed
     */
    public static Set<String> leaves(SameDiff source, List<String> outputs, Set<String> given) {
        return NeededOps.of(source, outputs, given).leaves();
    }

    /**
     * What operations compute on the way to an output, in order, itself included.
     *
     * @throws IllegalArgumentException where the output's name is unknown
     */
    public static Set<String> leadingTo(SameDiff source, String output) {
        Set<String> names = new LinkedHashSet<>();
        NeededOps.of(source, List.of(output), Set.of())
                .withLoops(source)
                .forEach(operation -> names.addAll(operation.getOutputsOfOp()));
        return names;
    }

    /**
     * What the importer makes of every operation that some outputs need, in order, by its rule: what it takes in this graph isn't
     * looked at, as {@link #attempt} does.
     *
     * @param outputs names of variables; where empty, the whole graph is looked at
     */
    public static List<OpReport> inspect(SameDiff source, List<String> outputs, ImportRules rules) {
        return ImportTrial.operations(source, outputs).stream()
                .map(operation -> OpReport.of(operation, rules))
                .toList();
    }

    /**
     * As {@link #inspect}, and tries each rule on what the operation takes in this graph, as far as that is known without the
     * values of placeholders. Takes about as long as taking a function over, and nothing is computed.
     *
     * @param outputs names of variables; where empty, the whole graph is looked at
     */
    public static List<OpReport> attempt(SameDiff source, List<String> outputs, ImportRules rules) {
        return new ImportTrial(source, new SameDiffImport(source, rules, new GraphBuilder()), rules).reports(outputs);
    }

    private Graph run(List<String> outputs, Map<String, Shape> inputs) {
        inputs.keySet().forEach(name -> NeededOps.variable(source, name));
        NeededOps needed = NeededOps.of(source, outputs, inputs.keySet());
        refuseUnsupported(needed.withLoops(source));
        refuseMissing(needed.leaves());
        inputs.forEach(this::declare);
        needed.leaves().forEach(this::copyConstant);
        needed.operations().forEach(this::apply);
        return builder.build(outputs.stream().map(this::output).toList());
    }

    private Node output(String name) {
        Node node = Objects.requireNonNull(nodes.get(name));
        if (node.op() instanceof Bundle) {
            throw new IllegalArgumentException(
                    "output '" + name + "': expected a tensor, got " + Bundle.describe(node));
        }
        return node;
    }

    private void refuseUnsupported(List<SameDiffOp> operations) {
        List<OpReport> unsupported = operations.stream()
                .map(operation -> OpReport.of(operation, rules))
                .filter(report -> !report.supported())
                .toList();
        if (!unsupported.isEmpty()) {
            throw new UnsupportedOpsException(unsupported);
        }
    }

    private void refuseMissing(Set<String> leaves) {
        List<String> missing = leaves.stream()
                .filter(name -> source.getVariable(name).getVariableType() == VariableType.PLACEHOLDER)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "placeholders: expected a shape or a value for each that the outputs need, " + "got none for "
                            + missing);
        }
    }

    void declare(String name, Shape shape) {
        SDVariable variable = source.getVariable(name);
        long[] declared = variable.getShape();
        if (declared != null && !fits(declared, shape)) {
            throw new IllegalArgumentException("input '" + name + "': expected shape " + Arrays.toString(declared)
                    + " (-1 is any size), got " + shape);
        }
        requireSize("input '" + name + "': ", shape);
        nodes.put(name, builder.input(name, new TensorType(dtype(variable), shape)));
    }

    private static void requireSize(String where, Shape shape) {
        if (shape.size() > MOST_ELEMENTS) {
            throw new IllegalArgumentException(
                    where + "expected an array of at most " + MOST_ELEMENTS + " numbers, got shape " + shape);
        }
    }

    private static boolean fits(long[] declared, Shape shape) {
        boolean fits = declared.length == shape.rank();
        for (int axis = 0; fits && axis < declared.length; axis++) {
            fits = declared[axis] < 0 || declared[axis] == shape.dim(axis);
        }
        return fits;
    }

    private static DType dtype(SDVariable variable) {
        try {
            return NativeArrays.dtype(variable.dataType());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("variable '" + variable.name() + "': " + e.getMessage(), e);
        }
    }

    void copyConstant(String name) {
        SDVariable variable = source.getVariable(name);
        dtype(variable);
        INDArray array = variable.getArr();
        if (array == null) {
            throw new IllegalArgumentException(
                    "variable '" + name + "': expected a value, got none (assign one first)");
        }
        if (array.length() > 0 && (array.data() == null || array.data().length() == 0)) {
            throw new IllegalArgumentException("variable '" + name + "': expected " + array.length()
                    + " numbers, got an array without any (ND4J's importer of TensorFlow graphs leaves constants that are 0"
                    + " like that; give it an array with setArrayForVariable)");
        }
        nodes.put(name, Literals.of(ops, array));
    }

    void apply(SameDiffOp operation) {
        if (WhileLoop.isExit(operation)) {
            importLoop(operation);
        } else if (Branches.isMerge(operation)) {
            importBranches(operation);
        } else if (!branches.skips(operation)) {
            if (Branches.isSwitch(operation)) {
                branches.split(operation);
            } else {
                applyRule(operation);
            }
        }
    }

    private void importBranches(SameDiffOp merge) {
        String name = merge.getOutputsOfOp().get(0);
        try {
            nodes.put(name, branches.merged(merge));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("merge -> '" + name + "': " + e.getMessage(), e);
        }
    }

    /** A loop at the first of its exits; the others are known then. */
    private void importLoop(SameDiffOp exit) {
        if (!nodes.containsKey(exit.getOutputsOfOp().get(0))) {
            WhileLoop loop = WhileLoop.of(source, exit);
            nodes.putAll(new LoopImport(source, loop, ops, nodes, this::step).results());
        }
    }

    private Map<String, Node> step(GraphBuilder into, NeededOps needed, Map<String, Node> given) {
        SameDiffImport inside = new SameDiffImport(source, rules, into);
        inside.nodes.putAll(given);
        needed.operations().forEach(inside::apply);
        return inside.nodes;
    }

    private void applyRule(SameDiffOp operation) {
        String op = operation.getOp().opName();
        List<String> operands = operation.getInputsToOp();
        List<String> outputs = operation.getOutputsOfOp();
        List<Node> inputs = operands.stream()
                .map(name -> Objects.requireNonNull(nodes.get(name)))
                .toList();
        ImportRules.Entry entry = rules.entry(operation);
        if (entry == null) {
            throw new UnsupportedOpsException(List.of(OpReport.of(operation, rules)));
        }
        ImportRule rule = entry.rule();
        builder.from(new Origin(op, outputs.get(0), entry.smoothness() == Smoothness.SMOOTH));
        try {
            OpCall call = new OpCall(op, outputs, inputs, attributes(operation), ops);
            List<Node> results = rule.apply(call);
            if (results.size() < outputs.size()) {
                throw call.expected(outputs.size() + " outputs from its rule", results.size());
            }
            for (int i = 0; i < outputs.size(); i++) {
                requireSize("", results.get(i).shape());
                nodes.put(outputs.get(i), folding.fold(results.get(i)));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where(op, outputs, operands, inputs) + e.getMessage(), e);
        } finally {
            builder.from(null);
        }
    }

    private OpAttributes attributes(SameDiffOp operation) {
        List<DataType> declared = operation.getOutputsOfOp().stream()
                .map(name -> source.getVariable(name).dataType())
                .toList();
        return OpAttributes.of(operation.getOp(), declared);
    }

    private static String where(String op, List<String> outputs, List<String> operands, List<Node> inputs) {
        List<String> described = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            described.add("'" + operands.get(i) + "' " + inputs.get(i).type());
        }
        String variables = outputs.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return op + " -> " + variables + (described.isEmpty() ? "" : " of " + String.join(", ", described)) + ": ";
    }
}
