package org.curvature4j.internal.engine.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.internal.engine.scalar.Scalar;
import org.curvature4j.internal.engine.scalar.ScalarProgram;

/**
 * In which order a program's numbers are computed, inputs included: of two orders the one in which fewer wait at the same
 * time to be used. The order in which the expressions were made is better for nets with one wide hidden layer (8-32-1: 96
 * registers for 164), one result after the other for deep ones (6-15-15-1: 72 bytes spilled for 480).
 */
final class StatementOrder {
    private StatementOrder() {}

    static List<Scalar> of(ScalarProgram program) {
        // Results that are inputs themselves are in no call.
        List<Scalar> made = ordered(Stream.<Scalar>concat(program.calls().stream(), program.outputs().stream())
                .toList());
        List<Scalar> byResult = ordered(program.outputs());
        return mostWaiting(made) <= mostWaiting(byResult) ? made : byResult;
    }

    /** What is wanted, each after what it is computed of; without recursion, which deep programs would exhaust the stack by. */
    private static List<Scalar> ordered(List<? extends Scalar> wanted) {
        Set<Scalar> ordered = new LinkedHashSet<>();
        List<Scalar> pending = new ArrayList<>();
        for (Scalar each : wanted) {
            pending.add(each);
            while (!pending.isEmpty()) {
                Scalar next = pending.get(pending.size() - 1);
                List<Scalar> missing = missing(next, ordered);
                if (missing.isEmpty()) {
                    pending.remove(pending.size() - 1);
                    if (!(next instanceof Scalar.Constant)) {
                        ordered.add(next);
                    }
                } else {
                    pending.addAll(missing);
                }
            }
        }
        return List.copyOf(ordered);
    }

    private static List<Scalar> missing(Scalar scalar, Set<Scalar> ordered) {
        return ordered.contains(scalar)
                ? List.of()
                : operands(scalar).stream()
                        .filter(operand -> !ordered.contains(operand))
                        .toList();
    }

    private static List<Scalar> operands(Scalar scalar) {
        return scalar instanceof Scalar.Call call
                ? call.operands().stream()
                        .filter(operand -> !(operand instanceof Scalar.Constant))
                        .toList()
                : List.of();
    }

    /** The most numbers that are still to be used at any time; what is only stored isn't. */
    private static int mostWaiting(List<Scalar> order) {
        Map<Scalar, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            for (Scalar operand : operands(order.get(i))) {
                lastUse.put(operand, i);
            }
        }
        Set<Scalar> waiting = new HashSet<>();
        int most = 0;
        for (int i = 0; i < order.size(); i++) {
            Scalar next = order.get(i);
            for (Scalar operand : operands(next)) {
                if (Integer.valueOf(i).equals(lastUse.get(operand))) {
                    waiting.remove(operand);
                }
            }
            if (lastUse.containsKey(next)) {
                waiting.add(next);
            }
            most = Math.max(most, waiting.size());
        }
        return most;
    }
}
