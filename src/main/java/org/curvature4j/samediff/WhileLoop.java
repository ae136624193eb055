package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.BaseCompatOp;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.Enter;

/**
 * A loop of SameDiff's: a frame of operations. A state enters, is merged with what comes back, goes by a switch into the body
 * while the condition holds and out of an exit when it doesn't; {@code next_iteration} brings it back.
 *
 * @param states in the order in which they are made
 * @param entered values that are the same in all steps: their names inside, and outside
 */
record WhileLoop(String frame, List<State> states, String condition, Map<String, String> entered) {

    /** A state by the names of its variables: of its first value, in the condition, in the body, after a step, at the end. */
    record State(String initial, String merged, String inside, String next, String exited) {}

    /** Whether an operation gives a loop's results. */
    static boolean isExit(SameDiffOp operation) {
        return operation.getOp().opName().equals("exit");
    }

    /**
     * The loop out of which an operation leads.
     *
     * @throws IllegalArgumentException where it isn't made as SameDiff makes loops
     */
    static WhileLoop of(SameDiff graph, SameDiffOp exit) {
        SameDiffOp merge = maker(graph, maker(graph, exit, "switch"), "merge");
        return new Reader(graph).loop(frame(enter(graph, merge)));
    }

    private static SameDiffOp maker(SameDiff graph, SameDiffOp operation, String kind) {
        String operand = operation.getInputsToOp().get(0);
        SameDiffOp maker = maker(graph, operand);
        if (maker == null || !maker.getOp().opName().equals(kind)) {
            throw new IllegalArgumentException("loop of '" + operation.getName() + "': expected an operand that a "
                    + kind + " gives, got '" + operand + "'");
        }
        return maker;
    }

    private static @Nullable SameDiffOp maker(SameDiff graph, String variable) {
        String operation = NeededOps.variable(graph, variable).getOutputOfOp();
        return operation == null ? null : graph.getOps().get(operation);
    }

    private static Enter enter(SameDiff graph, SameDiffOp merge) {
        for (String operand : merge.getInputsToOp()) {
            SameDiffOp maker = maker(graph, operand);
            if (maker != null && maker.getOp() instanceof Enter enter) {
                return enter;
            }
        }
        throw new IllegalArgumentException(
                "loop of '" + merge.getName() + "': expected a state that enters it, got " + merge.getInputsToOp());
    }

    private static String frame(BaseCompatOp operation) {
        return operation.getFrameName();
    }

    /** What reads what. */
    private static final class Reader {
        private final SameDiff graph;
        private final Map<String, SameDiffOp> switches = new HashMap<>();
        private final Map<String, String> exits = new HashMap<>();

        Reader(SameDiff graph) {
            this.graph = graph;
            for (SameDiffOp operation : graph.getOps().values()) {
                String first = operation.getInputsToOp().isEmpty()
                        ? ""
                        : operation.getInputsToOp().get(0);
                switch (operation.getOp().opName()) {
                    case "switch" -> switches.put(first, operation);
                    case "exit" -> exits.put(first, operation.getOutputsOfOp().get(0));
                    default -> {}
                }
            }
        }

        WhileLoop loop(String frame) {
            Map<String, String> entered = new LinkedHashMap<>();
            for (SameDiffOp operation : graph.getOps().values()) {
                if (operation.getOp() instanceof Enter enter && frame(enter).equals(frame)) {
                    entered.put(
                            operation.getOutputsOfOp().get(0),
                            operation.getInputsToOp().get(0));
                }
            }
            List<State> states = new ArrayList<>();
            String condition = null;
            for (SameDiffOp operation : graph.getOps().values()) {
                List<String> operands = operation.getInputsToOp();
                boolean merges = operation.getOp().opName().equals("merge")
                        && operands.size() == 2
                        && entered.containsKey(operands.get(0));
                SameDiffOp back = merges ? maker(graph, operands.get(1)) : null;
                if (back != null && back.getOp().opName().equals("next_iteration")) {
                    String merged = operation.getOutputsOfOp().get(0);
                    SameDiffOp split = switches.get(merged);
                    if (split == null) {
                        throw new IllegalArgumentException(
                                "loop '" + frame + "': expected a switch of '" + merged + "', got none");
                    }
                    condition = split.getInputsToOp().get(1);
                    states.add(new State(
                            Objects.requireNonNull(entered.get(operands.get(0))),
                            merged,
                            split.getOutputsOfOp().get(1),
                            back.getInputsToOp().get(0),
                            exits.getOrDefault(split.getOutputsOfOp().get(0), "")));
                    entered.remove(operands.get(0));
                }
            }
            if (condition == null) {
                throw new IllegalArgumentException("loop '" + frame + "': expected a state, got none");
            }
            return new WhileLoop(frame, states, condition, entered);
        }
    }

    /** The names of what is given to its body. */
    private Set<String> given() {
        Set<String> given = new HashSet<>(entered.keySet());
        states.forEach(state -> given.addAll(List.of(state.merged, state.inside)));
        return given;
    }

    /** What is needed in a step for some variables of it. */
    NeededOps inside(SameDiff graph, List<String> wanted) {
        return NeededOps.of(graph, wanted, given());
    }

    /** Everything in a step. */
    NeededOps inside(SameDiff graph) {
        return inside(graph, results());
    }

    private List<String> results() {
        List<String> results = new ArrayList<>(List.of(condition));
        states.forEach(state -> results.add(state.next));
        return results;
    }

    /**
     * The variables outside that it is computed from.
     *
     * @param loops inside of how many it is, itself included
     */
    Set<String> operands(SameDiff graph, int loops) {
        NeededOps body = NeededOps.of(graph, results(), given(), loops);
        Set<String> operands = new LinkedHashSet<>();
        states.forEach(state -> operands.add(state.initial));
        body.taken().stream().filter(entered::containsKey).map(entered::get).forEach(operands::add);
        operands.addAll(body.leaves());
        return operands;
    }

    /** The states on which some variables of a step depend, in this step or one before. */
    List<State> behind(SameDiff graph, String wanted) {
        Set<State> behind = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(wanted));
        while (!open.isEmpty()) {
            Set<String> taken = inside(graph, open).taken();
            open.clear();
            for (State state : states) {
                if ((taken.contains(state.merged) || taken.contains(state.inside)) && behind.add(state)) {
                    open.add(state.next);
                }
            }
        }
        return List.copyOf(behind);
    }
}
