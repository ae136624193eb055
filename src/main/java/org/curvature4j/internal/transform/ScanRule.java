package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Scan;
import org.jspecify.annotations.Nullable;

/** Loops that are none, or carry what doesn't change. The steps that are left compute what they did before. */
enum ScanRule implements Rule {
    /** The only step is its body. */
    ONE_STEP {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Scan scan) || scan.length() > 1) {
                return null;
            }
            List<Node> arguments = new ArrayList<>();
            for (int i = 0; i < node.operands().size(); i++) {
                Shape slice = scan.body().inputs().get(i).shape();
                arguments.add(ops.reshape(node.operand(i), slice));
            }
            List<Node> flat = ops.builder().inline(scan.body(), arguments).stream()
                    .map(result -> ops.reshape(result, Shape.of(result.type().size())))
                    .toList();
            return ops.concat(flat, 0);
        }
    },

    /** What is known and the same in all steps is known in the body, where more can be made of it; what isn't used goes. */
    KNOWN_OPERANDS {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Scan scan)) {
                return null;
            }
            Set<Node> used = used(scan);
            ScanEdit edit = ScanEdit.of(scan, node.operands());
            boolean any = false;
            for (int i = scan.states(); i < node.operands().size(); i++) {
                Node input = scan.body().inputs().get(i);
                Leaf.Literal literal = Literals.of(node.operand(i));
                boolean slices = i < scan.states() + scan.scanned();
                if (literal != null && (!slices || literal.isUniform())) {
                    edit.with(i, new Leaf.Literal(input.type(), literal.values(), literal.structural()));
                    any = true;
                } else if (!used.contains(input)) {
                    edit.with(i, new Leaf.Literal(input.type(), new double[1], true));
                    any = true;
                }
            }
            return any ? edit.apply(ops) : null;
        }
    },

    /** A state that every step leaves as it is has its first value in all of them. */
    UNCHANGED_STATE {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Scan scan)) {
                return null;
            }
            ScanEdit edit = ScanEdit.of(scan, node.operands());
            boolean any = false;
            for (int i = 0; i < scan.states(); i++) {
                if (scan.body().outputs().get(i) == scan.body().inputs().get(i)) {
                    edit.constant(i);
                    any = true;
                }
            }
            return any ? edit.apply(ops) : null;
        }
    };

    private static Set<Node> used(Scan scan) {
        Set<Node> used = new HashSet<>(scan.body().outputs());
        scan.body().nodes().forEach(node -> used.addAll(node.operands()));
        return used;
    }
}
