package org.curvature4j.op;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.walk.Forward;
import org.curvature4j.internal.walk.Walk;
import org.jspecify.annotations.Nullable;

/**
 * The tangent of a scan: a scan whose states are those that tangents depend on, and their tangents. Which states vary shows
 * in the body: those whose initial value does, and those that become of what varies.
 */
final class ScanTangent {
    private final Scan scan;
    private final Graph body;
    private final Ops ops;
    private final Node node;
    private final List<@Nullable Node> tangents;
    private final Set<Integer> varying = new HashSet<>();

    /**
     * @param node the scan's application
     * @param tangents one an operand; null for one that doesn't vary
     */
    ScanTangent(Scan scan, Ops ops, Node node, List<@Nullable Node> tangents) {
        this.scan = scan;
        this.body = scan.body();
        this.ops = ops;
        this.node = node;
        this.tangents = tangents;
        for (int i = 0; i < tangents.size(); i++) {
            if (tangents.get(i) != null) {
                varying.add(i);
            }
        }
    }

    @Nullable
    Node tangent() {
        Step step = new Step();
        while (varying.addAll(step.varyingNext())) {
            step = new Step();
        }
        return step.apply();
    }

    /** The body beside its tangent, with tangents of what varies. */
    private final class Step {
        private final ScanMaker maker = new ScanMaker();
        private final List<Node> values = maker.inputsOf(scan);
        private final List<@Nullable Node> directions = new ArrayList<>();
        private final Walk walk;
        private final List<@Nullable Node> pushed;

        Step() {
            for (int i = 0; i < values.size(); i++) {
                directions.add(
                        varying.contains(i) ? maker.like(scan, i, values.get(i).type()) : null);
            }
            this.walk = Walk.copying(maker.ops().builder(), body, values);
            this.pushed = Forward.push(maker.ops().builder(), body, walk, directions);
        }

        /** The states that vary after a step. */
        Set<Integer> varyingNext() {
            Set<Integer> next = new HashSet<>();
            for (int i = 0; i < scan.states(); i++) {
                if (pushed.get(i) != null) {
                    next.add(i);
                }
            }
            return next;
        }

        @Nullable
        Node apply() {
            for (int i = 0; i < scan.states(); i++) {
                maker.next(values.get(i), walk.image(body.outputs().get(i)), false);
                Node direction = directions.get(i);
                if (direction != null) {
                    maker.next(direction, whole(i), true);
                }
            }
            for (int i = scan.states(); i < pushed.size(); i++) {
                if (pushed.get(i) != null) {
                    maker.output(whole(i));
                }
            }
            return vector();
        }

        /** The tangent of a result in the result's shape. */
        private Node whole(int result) {
            Node tangent = pushed.get(result);
            Node value = body.outputs().get(result);
            return tangent == null
                    ? maker.ops().zeros(value.type())
                    : maker.ops().broadcast(tangent, value.shape());
        }

        private @Nullable Node vector() {
            boolean any = pushed.stream().anyMatch(tangent -> tangent != null)
                    || varying.stream().anyMatch(i -> i < scan.states());
            if (!any) {
                return null;
            }
            maker.close();
            for (int i = 0; i < values.size(); i++) {
                maker.bind(values.get(i), node.operand(i));
                Node direction = directions.get(i);
                if (direction != null) {
                    Node tangent = tangents.get(i);
                    maker.bind(
                            direction,
                            tangent == null
                                    ? ops.zeros(node.operand(i).type())
                                    : ops.broadcast(tangent, node.operand(i).shape()));
                }
            }
            List<Node> made = maker.apply(ops, scan.length(), scan.reverse());
            List<@Nullable Node> parts = new ArrayList<>();
            int next = 0;
            for (int i = 0; i < pushed.size(); i++) {
                boolean varies = i < scan.states() ? varying.contains(i) : pushed.get(i) != null;
                parts.add(varies ? made.get(next++) : null);
            }
            return Packing.of(scan).vector(ops, node.type(), parts);
        }
    }
}
