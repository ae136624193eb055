package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * Even functions of what has a kink at 0, where the whole is smooth: the square of a norm, the cosine of an absolute
 * value. Differentiated part by part they would meet the kink's convention, from which a second derivative can't be had.
 */
final class Even {
    /** More than anybody writes between a square and its root; deeper ones would be looked through again and again. */
    private static final int MOST_LAYERS = 16;

    private Even() {}

    /**
     * The square. Of a norm it is the sum under the root, of which the root squared is one rounding away; a sum of squares
     * is never negative, and infinities and NaN come out as they are. Of |x| it is that of x, to the bit.
     */
    static Node square(Ops ops, Node x) {
        Node sum = squared(ops, x);
        Node operand = operand(ops, x);
        return sum == null ? ops.apply(Elementwise.MUL, operand, operand) : sum;
    }

    /** An even power. */
    static Node pow(Ops ops, Node x, double exponent) {
        Node sum = squared(ops, x);
        return sum == null
                ? ops.apply(Elementwise.POW, operand(ops, x), ops.like(x, exponent))
                : ops.pow(sum, exponent / 2);
    }

    /** What can stand for x under an even function: x itself, or that of which it is the absolute value, to the bit. */
    static Node operand(Ops ops, Node x) {
        List<Node> layers = layers(x, Even::isLayout);
        Node below = layers.isEmpty() ? x : layers.get(layers.size() - 1).operand(0);
        return below.op() == Elementwise.ABS ? over(ops, below.operand(0), layers) : x;
    }

    /** The square of a root, of a multiple of one, or of either in another layout; null for anything else. */
    private static @Nullable Node squared(Ops ops, Node x) {
        List<Node> layers = layers(x, node -> isLayout(node) || node.op() == Elementwise.NEG || isMultiple(node));
        Node below = layers.isEmpty() ? x : layers.get(layers.size() - 1).operand(0);
        return below.op() instanceof NormRoot root && root.order() == 0 ? over(ops, below.operand(0), layers) : null;
    }

    private static boolean isLayout(Node node) {
        return node.op() instanceof ShapeOp layout && !(layout instanceof ShapeOp.Pad);
    }

    private static boolean isMultiple(Node node) {
        return (node.op() == Elementwise.MUL || node.op() == Elementwise.DIV)
                && node.operand(1).op() instanceof Leaf.Literal;
    }

    /** What lies over the first node that isn't of these kinds, from the outside in; of no more layers than stated. */
    private static List<Node> layers(Node x, Predicate<Node> kind) {
        List<Node> layers = new ArrayList<>();
        for (Node node = x; layers.size() < MOST_LAYERS && kind.test(node); node = node.operand(0)) {
            layers.add(node);
        }
        return layers;
    }

    /** A value with such layers over it, each as the even function sees it: signs gone, factors squared. */
    private static Node over(Ops ops, Node value, List<Node> layers) {
        Node result = value;
        for (int i = layers.size() - 1; i >= 0; i--) {
            Node layer = layers.get(i);
            if (isLayout(layer)) {
                result = ops.apply(layer.op(), result);
            } else if (isMultiple(layer)) {
                // One factor after the other: its square might overflow.
                result = ops.apply(layer.op(), ops.apply(layer.op(), result, layer.operand(1)), layer.operand(1));
            }
        }
        return result;
    }
}
