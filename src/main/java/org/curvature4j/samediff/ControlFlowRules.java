package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import org.curvature4j.graph.Node;

/**
 * Loops and branches: {@link LoopImport} and {@link Branches} read them as a whole, so that the operations that they are made
 * of compute nothing. These rules stand for them where each is listed.
 */
final class ControlFlowRules {
    private static final String LOOP =
            "of a loop whose number of steps is known at import: a counter of constants ends it";
    private static final String BRANCH =
            "of a condition that is constant, the branch taken; else both are computed, and a branch that isn't taken must be"
                    + " finite for derivatives to be";

    private ControlFlowRules() {}

    static void addTo(RuleTable table) {
        table.add("enter", SMOOTH, LOOP, ControlFlowRules::alone);
        table.add("exit", SMOOTH, LOOP, ControlFlowRules::alone);
        table.add("next_iteration", SMOOTH, LOOP, ControlFlowRules::alone);
        table.add("switch", SMOOTH, BRANCH, ControlFlowRules::alone);
        table.add("merge", STEP, BRANCH, ControlFlowRules::alone);
    }

    private static List<Node> alone(OpCall call) {
        throw call.expected("a loop or a branch as SameDiff makes them", "'" + call.op() + "' by itself");
    }
}
