package org.curvature4j.samediff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
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
 * @param taken variables whose values are supplied and that are read
 */
record NeededOps(List<SameDiffOp> operations, Set<String> leaves, Set<String> taken) {
    /** Loops inside of loops at most. */
    private static final int DEEPEST = 6;

    /**
     * @param given variables whose values are supplied, so that what computes them isn't needed
     * @throws IllegalArgumentException where an output's name is unknown
     */
    static NeededOps of(SameDiff graph, List<String> outputs, Set<String> given) {
        return of(graph, outputs, given, 0);
    }

    /**
     * As above, inside of some loops.
     *
     * @throws IllegalArgumentException if these are more than are read
     */
    static NeededOps of(SameDiff graph, List<String> outputs, Set<String> given, int loops) {
        if (loops > DEEPEST) {
            throw new IllegalArgumentException(
                    "loops: expected at most " + DEEPEST + " inside each other, got more around " + outputs);
        }
        Search walk = new Search(graph, given, loops);
        outputs.forEach(walk::visit);
        Set<String> read = new LinkedHashSet<>();
        walk.operations.forEach(operation -> read.addAll(walk.operands(operation)));
        read.addAll(outputs);
        Set<String> leaves = new LinkedHashSet<>(read);
        leaves.removeIf(name -> !walk.isLeaf(name));
        read.retainAll(given);
        return new NeededOps(walk.operations, leaves, read);
    }

    /** These operations, and those inside of loops among them. */
    List<SameDiffOp> withLoops(SameDiff graph) {
        List<SameDiffOp> all = new ArrayList<>();
        Set<String> frames = new HashSet<>();
        for (SameDiffOp operation : operations) {
            all.add(operation);
            if (WhileLoop.isExit(operation)) {
                WhileLoop loop = WhileLoop.of(graph, operation);
                if (frames.add(loop.frame())) {
                    all.addAll(loop.inside(graph).withLoops(graph));
                }
            }
        }
        return all;
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
        private final int depth;
        private final List<SameDiffOp> operations = new ArrayList<>();
        private final Set<String> entered = new HashSet<>();
        private final Set<String> left = new HashSet<>();
        private final Map<String, List<String>> loops = new HashMap<>();

        Search(SameDiff graph, Set<String> given, int depth) {
            this.graph = graph;
            this.given = given;
            this.depth = depth;
        }

        void visit(String output) {
            Deque<SameDiffOp> pending = new ArrayDeque<>();
            enter(pending, output);
            while (!pending.isEmpty()) {
                SameDiffOp operation = pending.getFirst();
                if (entered.add(operation.getName())) {
                    List<String> operands = new ArrayList<>(operands(operation));
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
            for (String operand : operands(operation)) {
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

        /** What an operation takes; of one that leads out of a loop, what the loop takes. */
        List<String> operands(SameDiffOp operation) {
            return WhileLoop.isExit(operation)
                    ? loops.computeIfAbsent(
                            operation.getName(),
                            any -> List.copyOf(WhileLoop.of(graph, operation).operands(graph, depth + 1)))
                    : operation.getInputsToOp();
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
