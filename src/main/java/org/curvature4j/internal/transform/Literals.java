package org.curvature4j.internal.transform;

import java.util.Arrays;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** What the rules ask of literals. */
final class Literals {
    private Literals() {}

    static Leaf.@Nullable Literal of(Node node) {
        return node.op() instanceof Leaf.Literal literal ? literal : null;
    }

    /** The literal behind a node if one value stands for all of its elements. */
    static Leaf.@Nullable Literal uniform(Node node) {
        return node.op() instanceof Leaf.Literal literal && literal.isUniform() ? literal : null;
    }

    /** Whether a node is a literal whose every element is this value; -0.0 and 0.0 differ. */
    static boolean isAll(Node node, double value) {
        return node.op() instanceof Leaf.Literal literal && literal.isAll(value);
    }

    /** Whether nothing is there: a floating literal that a derivative rule made, zero everywhere. */
    static boolean isNothing(Node node) {
        return node.op() instanceof Leaf.Literal literal
                && literal.structural()
                && node.dtype().isFloat()
                && Arrays.stream(literal.values()).allMatch(value -> value == 0);
    }
}
