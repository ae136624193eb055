package org.curvature4j.internal.composition;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Extremum;
import org.curvature4j.op.NormRoot;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Product;

/** Reductions over axes, which stay at size 1, in forms whose derivatives are right where the textbook's are not. */
public final class Reductions {
    private Reductions() {}

    public static long count(Node x, List<Integer> axes) {
        return axes.stream().mapToLong(axis -> x.shape().dim(axis)).reduce(1, Math::multiplyExact);
    }

    public static Node mean(Ops o, Node x, List<Integer> axes) {
        Node sum = o.sum(x, axes);
        return o.div(sum, o.like(x, (double) count(x, axes)));
    }

    /** Mean of squared deviations from the mean; from n - 1 degrees of freedom where corrected. */
    public static Node variance(Ops o, Node x, List<Integer> axes, boolean corrected) {
        Node deviation = o.sub(x, mean(o, x, axes));
        long count = count(x, axes) - (corrected ? 1 : 0);
        return o.div(o.sum(o.square(deviation), axes), o.like(x, (double) count));
    }

    /** The largest of tensors of one shape, element by element: along a new axis, so that any number of equal ones share evenly. */
    public static Node largest(Ops o, List<Node> operands) {
        return Axes.drop(o, o.max(Axes.stack(o, operands, 0), List.of(0)), List.of(0));
    }

    /** The root of a sum of squares. */
    public static Node root(Ops o, Node squares) {
        return o.apply(new NormRoot(0), squares);
    }

    /** The p-th root of a sum of p-th powers, p known. */
    public static Node root(Ops o, Node powers, double p) {
        if (p == 1) {
            return powers;
        }
        return p == 2 ? root(o, powers) : o.pow(powers, 1 / p);
    }

    public static Node norm(Ops o, Node x, List<Integer> axes) {
        return root(o, o.sum(o.square(x), axes));
    }

    /**
     * log of the sum of exponentials, shifted by the largest element, which is held constant. Where that is infinite
     * nothing is subtracted: inf - inf is no number.
     */
    public static Node logSumExp(Ops o, Node x, List<Integer> axes) {
        Node shift = finiteMax(o, x, axes);
        Node sum = o.sum(o.exp(o.sub(x, shift)), axes);
        return o.add(o.apply(Elementwise.LOG, sum), shift);
    }

    public static Node softmax(Ops o, Node x, int axis) {
        return softmax(o, x, List.of(axis));
    }

    public static Node softmax(Ops o, Node x, List<Integer> axes) {
        Node powers = o.exp(o.sub(x, o.stopGradient(o.max(x, axes))));
        return o.div(powers, o.sum(powers, axes));
    }

    public static Node logSoftmax(Ops o, Node x, int axis) {
        return logSoftmax(o, x, List.of(axis));
    }

    public static Node logSoftmax(Ops o, Node x, List<Integer> axes) {
        Node shifted = o.sub(x, o.stopGradient(o.max(x, axes)));
        return o.sub(shifted, o.apply(Elementwise.LOG, o.sum(o.exp(shifted), axes)));
    }

    /** As {@link #softmax}, but zeros where every element is minus infinity: of nothing, nothing is chosen. */
    public static Node softmaxOrNone(Ops o, Node x, int axis) {
        List<Integer> axes = List.of(axis);
        Node largest = o.stopGradient(o.max(x, axes));
        Node isNone = o.apply(Comparison.EQ, largest, o.like(x, Double.NEGATIVE_INFINITY));
        Node powers = o.exp(o.sub(x, o.select(isNone, o.like(x, 0), largest)));
        Node sum = o.sum(powers, axes);
        return o.div(powers, o.select(isNone, o.like(x, 1), sum));
    }

    private static Node finiteMax(Ops o, Node x, List<Integer> axes) {
        Node largest = o.stopGradient(o.max(x, axes));
        Node isInfinite =
                o.apply(Comparison.EQ, o.apply(Elementwise.ABS, largest), o.like(x, Double.POSITIVE_INFINITY));
        return o.select(isInfinite, o.like(x, 0), largest);
    }

    /**
     * The product as a tree of multiplications. Its derivative is exact where elements are zero, which the usual form,
     * the product divided by each element, is not.
     */
    public static Node product(Ops o, Node x, List<Integer> axes) {
        Node product = x;
        for (int axis : axes) {
            product = productAlong(o, product, axis);
        }
        return product;
    }

    /** A product of many is made of these, since parts of it may overflow; whole numbers have no derivative to mind. */
    public static Node times(Ops o, Node x, Node z) {
        return x.dtype().isFloat() ? o.apply(new Product(false), x, z) : o.mul(x, z);
    }

    private static Node productAlong(Ops o, Node x, int axis) {
        long size = x.shape().dim(axis);
        if (size == 0) {
            return o.ones(x.type().withShape(x.shape().with(axis, 1)));
        }
        Node left = x;
        Node odd = null;
        while (left.shape().dim(axis) > 1) {
            long dim = left.shape().dim(axis);
            long half = dim / 2;
            if (dim % 2 == 1) {
                Node last = o.slice(left, axis, dim - 1, dim);
                odd = odd == null ? last : times(o, odd, last);
            }
            left = times(o, o.slice(left, axis, 0, half), o.slice(left, axis, half, 2 * half));
        }
        return odd == null ? left : times(o, left, odd);
    }

    /** The index of the first largest element among the reduced ones, counted row-major; reduced axes at size 1. */
    public static Node position(Ops o, Node x, List<Integer> axes) {
        Flattened flat = Flattened.of(o, x, axes);
        Node index = o.apply(new Extremum.Position(flat.axis()), flat.node());
        return o.reshape(index, collapsed(x, axes));
    }

    private static Shape collapsed(Node x, List<Integer> axes) {
        Shape shape = x.shape();
        for (int axis : axes) {
            shape = shape.with(axis, 1);
        }
        return shape;
    }

    /** A tensor with some of its axes moved to the end and joined into one. */
    public record Flattened(Node node, List<Integer> order) {
        public static Flattened of(Ops o, Node x, List<Integer> axes) {
            int rank = x.shape().rank();
            List<Integer> order = IntStream.concat(
                            IntStream.range(0, rank).filter(axis -> !axes.contains(axis)),
                            axes.stream().mapToInt(axis -> axis))
                    .boxed()
                    .toList();
            Node moved = o.permute(x, order);
            long[] dims = new long[rank - axes.size() + 1];
            for (int i = 0; i < dims.length - 1; i++) {
                dims[i] = moved.shape().dim(i);
            }
            dims[dims.length - 1] = count(x, axes);
            return new Flattened(o.reshape(moved, Shape.of(dims)), order);
        }

        public int axis() {
            return node.shape().rank() - 1;
        }

        /** A result of the flattened tensor's shape, with the axes back in their places. */
        public Node restore(Ops o, Node result, Shape shape) {
            long[] moved = order.stream().mapToLong(shape::dim).toArray();
            Integer[] back = new Integer[order.size()];
            for (int i = 0; i < back.length; i++) {
                back[order.get(i)] = i;
            }
            return o.permute(o.reshape(result, Shape.of(moved)), List.of(back));
        }
    }
}
