package org.curvature4j.internal.composition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.jspecify.annotations.Nullable;

/**
 * Values that depend on no input, computed at import: shapes, sizes and indices, which models compute with operations
 * of its own. Only operations that give the same bits here as in an engine are computed; the rest stay in the graph.
 */
public final class ConstantFolding {
    /** Larger values stay as they are: they are data, not shapes. */
    private static final long LARGEST = 1 << 16;

    private final Ops ops;
    private final Map<Node, Node> folded = new HashMap<>();

    public ConstantFolding(Ops ops) {
        this.ops = ops;
    }

    /** A literal of the same value where that is known, else the node itself. */
    public Node fold(Node node) {
        // What depends on an input isn't gone into: of a chain of many nodes each would be gone through for each.
        if (!node.isConstant()) {
            return node;
        }
        // With a stack of its own: rules make chains deeper than the thread's, such as a sum of many operands.
        Deque<Node> pending = new ArrayDeque<>();
        pending.push(node);
        while (!pending.isEmpty()) {
            Node next = pending.getFirst();
            List<Node> open = next.operands().stream()
                    .filter(operand -> !isLeaf(operand) && !folded.containsKey(operand))
                    .toList();
            if (isLeaf(next) || folded.containsKey(next)) {
                pending.pop();
            } else if (open.isEmpty()) {
                pending.pop();
                folded.put(
                        next,
                        evaluate(next, next.operands().stream().map(this::known).toList()));
            } else {
                open.forEach(pending::push);
            }
        }
        return known(node);
    }

    private static boolean isLeaf(Node node) {
        return node.op() instanceof Leaf || node.operands().isEmpty();
    }

    private Node known(Node node) {
        return isLeaf(node) ? node : Objects.requireNonNull(folded.get(node));
    }

    private Node evaluate(Node node, List<Node> operands) {
        List<Leaf.Literal> literals = new ArrayList<>();
        for (Node operand : operands) {
            if (!(operand.op() instanceof Leaf.Literal literal)
                    || operand.type().size() > LARGEST) {
                return node;
            }
            literals.add(literal);
        }
        // The zeros of a pad stand for nothing, which a folded one couldn't say.
        boolean folds = node.type().size() <= LARGEST && !(node.op() instanceof ShapeOp.Pad);
        double @Nullable [] values = folds ? KnownValues.of(node, literals) : null;
        return values == null ? node : ops.constant(node.type(), values);
    }
}
