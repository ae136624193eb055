package org.curvature4j.samediff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;

/**
 * The part of a graph that some outputs need.
 *
 * @param operations each after those that it takes operands from
 * @param leaves variables, constants and placeholders that are read
 */
record NeededOps(List<SameDiffOp> operations, Set<String> leaves) {

    /**
     * @param given variables whose values are supplied, so that what computes them isn't needed
     * @throws IllegalArgumentException where an output's name is unknown
     */
    static NeededOps of(SameDiff graph, List<String> outputs, Set<String> given) {
        Search walk = new Search(graph, given);
        outputs.forEach(walk::visit);
        Set<String> leaves = new LinkedHashSet<>();
        for (SameDiffOp operation : walk.operations) {
            operation.getInputsToOp().stream().filter(walk::isLeaf).forEach(leaves::add);
        }
        outputs.stream().filter(walk::isLeaf).forEach(leaves::add);
        return new NeededOps(walk.operations, leaves);
    }

    static Variable variable(SameDiff graph, String name) {
        Map<String, Variable> variables = graph.getVariables();
        Variable variable = variables.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("variable '" + name + "': expected one of the graph's, "
                    + variables.keySet() + ", got an unknown name");
        }
        return variable;
    }

    /** Depth first with its own stack: graphs may be deeper than the thread's. */
    private static final class Search {
        private final SameDiff graph;
        private final Set<String> given;
        private final List<SameDiffOp> operations = new ArrayList<>();
        private final Set<String> entered = new HashSet<>();
        private final Set<String> left = new HashSet<>();

        Search(SameDiff graph, Set<String> given) {
            this.graph = graph;
            this.given = given;
        }

        void visit(String output) {
            Deque<SameDiffOp> pending = new ArrayDeque<>();
            enter(pending, output);
            while (!pending.isEmpty()) {
                SameDiffOp operation = pending.getFirst();
                if (entered.add(operation.getName())) {
                    List<String> operands = new ArrayList<>(operation.getInputsToOp());
                    Collections.reverse(operands);
                    operands.forEach(operand -> enter(pending, operand));
                } else {
                    pending.pop();
                    refuseCycle(operation);
                    if (left.add(operation.getName())) {
                        operations.add(operation);
                    }
                }
            }
        }

        /** What an operation takes has been left before it, or waits for it. */
        private void refuseCycle(SameDiffOp operation) {
            for (String operand : operation.getInputsToOp()) {
                SameDiffOp before = given.contains(operand) ? null : maker(operand);
                if (before != null && !left.contains(before.getName())) {
                    throw new IllegalArgumentException("operation '" + operation.getName()
                            + "': expected operands that don't depend on it, got '" + operand + "' (a cycle)");
                }
            }
        }

        private void enter(Deque<SameDiffOp> pending, String variable) {
            SameDiffOp operation = given.contains(variable) ? null : maker(variable);
            if (operation != null && !entered.contains(operation.getName())) {
                pending.push(operation);
            }
        }

        boolean isLeaf(String variable) {
            return !given.contains(variable) && maker(variable) == null;
        }

        private @Nullable SameDiffOp maker(String variable) {
            String operation = variable(graph, variable).getOutputOfOp();
            return operation == null ? null : graph.getOps().get(operation);
        }
    }
}
