package org.curvature4j.internal.cli.subject;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.buffer.DataType;

/** What leads where in a SameDiff graph: candidates for inputs and outputs that the user didn't name. */
public final class Wiring {
    private Wiring() {}

    /**
     * The computed variables that no operation takes, in order of their names: those of floating point if there are some.
     * Where a graph states its outputs, what an operation computes beside one of them, or beside what is taken, is none.
     */
    public static List<String> outputs(SameDiff graph) {
        List<SDVariable> unused = graph.getVariables().values().stream()
                .filter(variable -> variable.getOutputOfOp() != null)
                .filter(variable -> !isTaken(variable))
                .filter(variable -> !isBeside(graph, variable))
                .map(Variable::getVariable)
                .toList();
        List<String> floating =
                unused.stream().filter(Wiring::isFloating).map(SDVariable::name).toList();
        return floating.isEmpty() ? unused.stream().map(SDVariable::name).toList() : floating;
    }

    private static boolean isTaken(@Nullable Variable variable) {
        return variable != null
                && variable.getInputsForOp() != null
                && !variable.getInputsForOp().isEmpty();
    }

    /** Whether it is a further result of an operation that was asked for another, as the last state of a recurrent net. */
    private static boolean isBeside(SameDiff graph, Variable variable) {
        List<String> stated = stated(graph);
        @Nullable SameDiffOp op = graph.getOps().get(variable.getOutputOfOp());
        if (op == null || stated.isEmpty() || stated.contains(variable.getName())) {
            return false;
        }
        return op.getOutputsOfOp().stream()
                .anyMatch(name ->
                        stated.contains(name) || isTaken(graph.getVariables().get(name)));
    }

    private static List<String> stated(SameDiff graph) {
        @Nullable List<String> stated = graph.outputs();
        return stated == null ? List.of() : stated;
    }

    /** As above, and what the graph says that its outputs are although something takes them. */
    public static List<String> declared(SameDiff graph) {
        Set<String> all = new LinkedHashSet<>(outputs(graph));
        stated(graph).stream()
                .filter(name -> graph.getVariable(name).getVariableType() == VariableType.ARRAY)
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** The placeholders that a variable depends on, in order of their names. */
    public static List<SDVariable> placeholders(SameDiff graph, String output) {
        Set<String> needed = SameDiffImport.leaves(graph, List.of(output));
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.PLACEHOLDER)
                .filter(variable -> needed.contains(variable.name()))
                .toList();
    }

    /**
     * The placeholders that something follows from together with trainable variables and with no other placeholder: what
     * a model predicts from. Labels meet the model only where its predictions do.
     */
    static Set<String> predictors(SameDiff graph) {
        Map<String, Set<String>> sources = new HashMap<>();
        Set<String> trained = new HashSet<>();
        for (SDVariable variable : graph.variables()) {
            if (variable.getVariableType() == VariableType.PLACEHOLDER) {
                sources.put(variable.name(), Set.of(variable.name()));
            } else if (variable.getVariableType() == VariableType.VARIABLE) {
                trained.add(variable.name());
            }
        }
        Set<String> predictors = new HashSet<>();
        // In the order of computation, in which SameDiff keeps them.
        for (SameDiffOp op : graph.getOps().values()) {
            Set<String> joined = new HashSet<>();
            for (String input : op.getInputsToOp()) {
                joined.addAll(sources.getOrDefault(input, Set.of()));
            }
            boolean learned = op.getInputsToOp().stream().anyMatch(trained::contains);
            for (String output : op.getOutputsOfOp()) {
                sources.put(output, joined);
                if (learned) {
                    trained.add(output);
                }
            }
            if (learned && joined.size() == 1) {
                predictors.addAll(joined);
            }
        }
        return predictors;
    }

    /** Whether a variable holds numbers that can be differentiated by. */
    public static boolean isFloating(SDVariable variable) {
        @Nullable DataType type = variable.dataType();
        return type == null || type.isFPType();
    }
}
