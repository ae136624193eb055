package org.curvature4j.op;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.walk.Dependences;
import org.curvature4j.internal.walk.Forward;
import org.curvature4j.internal.walk.Walk;
import org.jspecify.annotations.Nullable;

/** What depends on what in a scan, and where it has kinks: scans that carry marks through the body. */
final class ScanMarks {
    private ScanMarks() {}

    /** As {@link org.curvature4j.graph.Op#dependence}. */
    static @Nullable Node dependence(Scan scan, Ops ops, List<@Nullable Node> dependences) {
        ScanMaker maker = new ScanMaker();
        Graph body = scan.body();
        List<@Nullable Node> marks = new ArrayList<>();
        for (int i = 0; i < dependences.size(); i++) {
            boolean marked = i < scan.states() || dependences.get(i) != null;
            marks.add(marked ? maker.like(scan, i, marks(body.inputs().get(i))) : null);
        }
        List<@Nullable Node> pushed = Dependences.push(maker.ops().builder(), body, marks, maker.ops()::sign);
        for (int i = 0; i < pushed.size(); i++) {
            Node mark = pushed.get(i);
            Node whole = mark == null ? maker.ops().zeros(marks(body.outputs().get(i))) : mark;
            if (i < scan.states()) {
                maker.next(java.util.Objects.requireNonNull(marks.get(i)), whole, true);
            } else {
                maker.output(whole);
            }
        }
        maker.close();
        for (int i = 0; i < marks.size(); i++) {
            Node mark = marks.get(i);
            Node given = dependences.get(i);
            if (mark != null) {
                maker.bind(mark, given == null ? ops.zeros(mark.type()) : given);
            }
        }
        List<@Nullable Node> parts = new ArrayList<>(maker.apply(ops, scan.length(), scan.reverse()));
        return Packing.of(scan).vector(ops, TensorType.of(DType.FLOAT64), parts);
    }

    private static TensorType marks(Node node) {
        return node.type().withDType(DType.FLOAT64);
    }

    /** As {@link Primitive#kink}: whether any step is at a kink, of what varies with operands that aren't constants. */
    static @Nullable Node kink(Scan scan, Ops ops, Node node) {
        ScanMaker maker = new ScanMaker();
        Ops inner = maker.ops();
        Graph body = scan.body();
        List<Node> values = maker.inputsOf(scan);
        Walk walk = Walk.copying(inner.builder(), body, values);
        Set<Node> counted = varying(scan, node);
        counted.retainAll(Forward.needed(body));
        Node total = null;
        for (Node part : body.nodes()) {
            boolean hidden = part.origin() != null
                    && part.origin().smooth()
                    && !part.op().bends();
            boolean counts = counted.contains(part) && !hidden && part.type().size() > 0;
            Node kink = counts ? part.op().kink(inner.builder(), walk.image(part)) : null;
            if (kink != null) {
                Node numbers = inner.cast(kink, node.dtype());
                total = inner.plus(total, inner.reshape(inner.sum(numbers, inner.allAxes(numbers)), Shape.SCALAR));
            }
        }
        if (total == null) {
            return null;
        }
        for (int i = 0; i < scan.states(); i++) {
            maker.next(values.get(i), walk.image(body.outputs().get(i)), false);
        }
        maker.output(total);
        maker.close();
        for (int i = 0; i < values.size(); i++) {
            maker.bind(values.get(i), node.operand(i));
        }
        Node totals = maker.apply(ops, scan.length(), scan.reverse()).get(0);
        Node all = ops.sum(totals, List.of(0));
        return ops.apply(Comparison.GT, all, ops.like(all, 0));
    }

    /** The nodes of the body that vary from point to point in some step. */
    private static Set<Node> varying(Scan scan, Node node) {
        Graph body = scan.body();
        Set<Node> varying = new HashSet<>();
        for (int i = 0; i < node.operands().size(); i++) {
            if (!node.operand(i).isConstant()) {
                varying.add(body.inputs().get(i));
            }
        }
        int before = -1;
        while (varying.size() > before) {
            before = varying.size();
            for (Node part : body.nodes()) {
                if (part.operands().stream().anyMatch(varying::contains)) {
                    varying.add(part);
                }
            }
            for (int i = 0; i < scan.states(); i++) {
                if (varying.contains(body.outputs().get(i))) {
                    varying.add(body.inputs().get(i));
                }
            }
        }
        return varying;
    }
}
