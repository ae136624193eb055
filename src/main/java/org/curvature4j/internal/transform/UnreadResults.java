package org.curvature4j.internal.transform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Packing;
import org.curvature4j.op.Scan;
import org.curvature4j.op.ShapeOp;

/** The results of loops that nobody reads and that no other result is computed from. */
final class UnreadResults {
    private UnreadResults() {}

    /** By the applications of loops that have such results, their numbers; at least one result of each is left. */
    static Map<Node, Set<Integer>> of(Graph graph) {
        Map<Node, List<Node>> readers = new HashMap<>();
        for (Node node : graph.nodes()) {
            for (Node operand : new HashSet<>(node.operands())) {
                if (operand.op() instanceof Scan) {
                    readers.computeIfAbsent(operand, any -> new ArrayList<>()).add(node);
                }
            }
        }
        readers.keySet().removeAll(new HashSet<>(graph.outputs()));
        Map<Node, Set<Integer>> unread = new HashMap<>();
        readers.forEach((node, users) -> {
            Scan scan = (Scan) node.op();
            Set<Integer> read = read(Packing.of(scan), users);
            Set<Integer> without = new HashSet<>();
            IntStream.range(0, scan.body().outputs().size()).forEach(without::add);
            without.removeAll(needed(scan, read));
            if (!without.isEmpty() && without.size() < scan.body().outputs().size()) {
                unread.put(node, without);
            }
        });
        return unread;
    }

    private static Set<Integer> read(Packing packing, List<Node> users) {
        Set<Integer> read = new HashSet<>();
        for (Node user : users) {
            boolean slices = user.op() instanceof ShapeOp.Slice;
            long from = slices ? ((ShapeOp.Slice) user.op()).starts().get(0) : 0;
            long to = slices ? from + user.type().size() : packing.size();
            for (int part = 0; part < packing.shapes().size(); part++) {
                if (packing.offset(part) < to && packing.offset(part + 1) > from) {
                    read.add(part);
                }
            }
        }
        return read;
    }

    /** Results that are read, and states that these are computed from in some step. */
    private static Set<Integer> needed(Scan scan, Set<Integer> read) {
        List<Node> outputs = scan.body().outputs();
        Set<Integer> needed = new HashSet<>();
        Set<Node> reached = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(read);
        while (!open.isEmpty()) {
            int result = open.pop();
            if (needed.add(result)) {
                reach(outputs.get(result), reached);
                IntStream.range(0, scan.states())
                        .filter(i -> reached.contains(scan.body().inputs().get(i)))
                        .forEach(open::push);
            }
        }
        return needed;
    }

    private static void reach(Node node, Set<Node> reached) {
        Deque<Node> open = new ArrayDeque<>(List.of(node));
        while (!open.isEmpty()) {
            Node next = open.pop();
            if (reached.add(next)) {
                next.operands().forEach(open::push);
            }
        }
    }
}
