package org.curvature4j.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * A builder's nodes in the notation that derivative rules and importers are written in. Shapes broadcast as
 * {@link ElementwiseOp} says; a call that would change nothing returns its operand.
 */
public final class Ops {
    private final GraphBuilder builder;

    /** Operations that are added to a builder. */
    public Ops(GraphBuilder builder) {
        this.builder = builder;
    }

    /** Where nodes are added. */
    public GraphBuilder builder() {
        return builder;
    }

    /** Any operation. */
    public Node apply(Op op, Node... operands) {
        return builder.apply(op, operands);
    }

    /** A scalar of another node's dtype; an elementwise operation spreads it. */
    public Node like(Node other, double value) {
        return scalar(other.dtype(), value);
    }

    /** A constant of shape []. */
    public Node scalar(DType dtype, double value) {
        return builder.literal(TensorType.of(dtype), dtype.round(value));
    }

    /** A constant with the given elements, row-major, held as one number where all are the same. */
    public Node constant(TensorType type, double... values) {
        boolean uniform = values.length > 1
                && Arrays.stream(values)
                        .allMatch(value -> Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(values[0]));
        return builder.literal(type, uniform ? new double[] {values[0]} : values);
    }

    /** Zeros that say that nothing depends on this: a product with them is dropped. */
    public Node zeros(TensorType type) {
        return builder.structural(type, 0);
    }

    /** A constant of ones. */
    public Node ones(TensorType type) {
        return builder.literal(type, 1);
    }

    /** a + b. */
    public Node add(Node a, Node b) {
        return apply(Elementwise.ADD, a, b);
    }

    /** a - b. */
    public Node sub(Node a, Node b) {
        return apply(Elementwise.SUB, a, b);
    }

    /** a b. */
    public Node mul(Node a, Node b) {
        return a == b ? square(a) : apply(Elementwise.MUL, a, b);
    }

    /** a times a number. */
    public Node mul(Node a, double factor) {
        return mul(a, like(a, factor));
    }

    /** a / b. */
    public Node div(Node a, Node b) {
        return apply(Elementwise.DIV, a, b);
    }

    /** -x. */
    public Node neg(Node x) {
        return apply(Elementwise.NEG, x);
    }

    /** e to the power of x. */
    public Node exp(Node x) {
        return apply(Elementwise.EXP, x);
    }

    /** The sine. */
    public Node sin(Node x) {
        return apply(Elementwise.SIN, x);
    }

    /** The cosine. */
    public Node cos(Node x) {
        return apply(Elementwise.COS, Even.operand(this, x));
    }

    /** The hyperbolic cosine. */
    public Node cosh(Node x) {
        return apply(Elementwise.COSH, Even.operand(this, x));
    }

    /** The hyperbolic sine. */
    public Node sinh(Node x) {
        return apply(Elementwise.SINH, x);
    }

    /** -1, 0 or 1. */
    public Node sign(Node x) {
        return apply(Elementwise.SIGN, x);
    }

    /** The square root. */
    public Node sqrt(Node x) {
        return apply(Elementwise.SQRT, x);
    }

    /** The logistic function 1 / (1 + exp(-x)). */
    public Node sigmoid(Node x) {
        return apply(Elementwise.SIGMOID, x);
    }

    /** x squared. */
    public Node square(Node x) {
        return Even.square(this, x);
    }

    /** 1 / x. */
    public Node reciprocal(Node x) {
        return div(like(x, 1), x);
    }

    /** 1 + x. */
    public Node onePlus(Node x) {
        return add(x, like(x, 1));
    }

    /** 1 - x^2 as (1 - x)(1 + x), which doesn't cancel where |x| is near 1. */
    public Node oneMinusSquare(Node x) {
        return mul(sub(like(x, 1), x), onePlus(x));
    }

    /** x to a known power; small whole powers by multiplication. */
    public Node pow(Node x, double exponent) {
        if (exponent == 0) {
            return ones(x.type());
        } else if (exponent == 1) {
            return x;
        } else if (exponent == 2) {
            return square(x);
        } else if (exponent == 3) {
            return mul(square(x), x);
        } else if (exponent == -1) {
            return reciprocal(x);
        }
        return exponent % 2 == 0 ? Even.pow(this, x, exponent) : apply(Elementwise.POW, x, like(x, exponent));
    }

    /** Elementwise one of two values by a condition. */
    public Node select(Node condition, Node yes, Node no) {
        return apply(new Select(), condition, yes, no);
    }

    /** The share of an extremum's derivative that goes to x: 1 where x alone attains y, a half where z does too. */
    Node share(Node x, Node y, Node z) {
        Node attained = cast(apply(Comparison.EQ, x, y), y.dtype());
        Node half = like(y, 0.5);
        return select(apply(Comparison.EQ, x, z), half, attained);
    }

    /** Sum of two derivatives, either of which may be a structural zero. */
    public @Nullable Node plus(@Nullable Node a, @Nullable Node b) {
        if (a == null) {
            return b;
        }
        return b == null ? a : add(a, b);
    }

    /** A derivative times a partial; a partial of 1 or -1 costs no multiplication. */
    Node scale(Node derivative, Node partial) {
        if (partial.op() instanceof Leaf.Literal literal) {
            if (literal.isAll(1)) {
                return derivative;
            } else if (literal.isAll(-1)) {
                return neg(derivative);
            }
        }
        return mul(derivative, partial);
    }

    /** The nearest elements of another type. */
    public Node cast(Node x, DType dtype) {
        return x.dtype() == dtype ? x : apply(new Cast(dtype), x);
    }

    /** The same elements, row-major, in another shape. */
    public Node reshape(Node x, Shape shape) {
        return x.shape().equals(shape) ? x : apply(new ShapeOp.Reshape(shape), x);
    }

    /** The axes in another order: axis i of the result is axis {@code axes[i]} of x. */
    public Node permute(Node x, List<Integer> axes) {
        boolean identity = IntStream.range(0, axes.size()).allMatch(axis -> axes.get(axis) == axis);
        return identity ? x : apply(new ShapeOp.Permute(axes), x);
    }

    /** Repeats axes of size 1, or a scalar, up to a shape. */
    public Node broadcast(Node x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        Node ranked = x.shape().rank() == 0 ? reshape(x, Shape.ones(shape.rank())) : x;
        return ranked.shape().equals(shape) ? ranked : apply(new ShapeOp.Broadcast(shape), ranked);
    }

    /** The transpose of broadcasting from a shape: sums over the axes that were repeated. */
    public Node unbroadcast(Node x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        } else if (shape.rank() == 0) {
            return reshape(sum(x, allAxes(x)), shape);
        }
        return sum(x, Arrays.stream(shape.axesExpandedTo(x.shape())).boxed().toList());
    }

    /** Repeats x along a new last axis. */
    public Node batch(Node x, long size) {
        return broadcast(reshape(x, x.shape().append(1)), x.shape().append(size));
    }

    /** Operands that all have a batch axis: those without one repeated along it. */
    List<Node> batchAll(List<Node> operands, List<Boolean> batched, long size) {
        return IntStream.range(0, operands.size())
                .mapToObj(i -> batched.get(i) ? operands.get(i) : batch(operands.get(i), size))
                .toList();
    }

    /** A block of these sizes. */
    public Node slice(Node x, List<Long> starts, Shape sizes) {
        return x.shape().equals(sizes) ? x : apply(new ShapeOp.Slice(starts, sizes), x);
    }

    /** Slices {@code from} (included) to {@code to} (excluded) along one axis. */
    public Node slice(Node x, int axis, long from, long to) {
        Long[] starts = new Long[x.shape().rank()];
        Arrays.fill(starts, 0L);
        starts[axis] = from;
        return slice(x, List.of(starts), x.shape().with(axis, to - from));
    }

    /** The parts one after the other along an axis. */
    public Node concat(List<Node> parts, int axis) {
        return parts.size() == 1 ? parts.get(0) : builder.apply(new Concat(axis), parts);
    }

    /** Puts {@code before} and {@code after} elements of one value around x along an axis. */
    public Node pad(Node x, int axis, long before, long after, double value) {
        List<Node> parts = new ArrayList<>();
        parts.add(padding(x, axis, before, value));
        parts.add(x);
        parts.add(padding(x, axis, after, value));
        parts.removeIf(part -> part != x && part.shape().dim(axis) == 0);
        return concat(parts, axis);
    }

    private Node padding(Node x, int axis, long size, double value) {
        TensorType type = x.type().withShape(x.shape().with(axis, size));
        return builder.literal(type, x.dtype().round(value));
    }

    /** The elements at these places along an axis. */
    public Node gather(Node x, int axis, Indices indices) {
        return apply(new Indexing.Gather(axis, indices), x);
    }

    /** The elements at computed places along an axis, INT64 from 0 on; 0 where there is none. As {@link Lookup.Gather}. */
    public Node gather(Node x, int axis, Node positions) {
        return apply(new Lookup.Gather(axis), x, positions);
    }

    /** Elements added at computed places along an axis of zeros. As {@link Lookup.ScatterAdd}. */
    public Node scatterAdd(Node x, int axis, Node positions, Shape shape) {
        return apply(new Lookup.ScatterAdd(axis, shape), x, positions);
    }

    /** Sums over axes, which stay at size 1. */
    public Node sum(Node x, List<Integer> axes) {
        return axes.isEmpty() ? x : apply(new Sum(axes), x);
    }

    /** The largest element along axes, which stay at size 1. */
    public Node max(Node x, List<Integer> axes) {
        return axes.isEmpty() ? x : apply(new Extremum.Largest(axes), x);
    }

    /** The numbers of all axes. */
    public List<Integer> allAxes(Node x) {
        return IntStream.range(0, x.shape().rank()).boxed().toList();
    }

    /**
     * A contraction in Einstein's notation, such as {@code "ij,jk->ik"}. An axis that stands in one operand only, and not
     * in the result, is summed first.
     */
    public Node einsum(String formula, Node a, Node b) {
        String[] parts = formula.split(",|->", -1);
        String left = strip(parts[0], parts[1] + parts[2]);
        String right = strip(parts[1], parts[0] + parts[2]);
        return apply(new Einsum(left, right, parts[2]), sumLone(a, parts[0], left), sumLone(b, parts[1], right));
    }

    private Node sumLone(Node x, String labels, String kept) {
        List<Integer> lone = allAxes(x).stream()
                .filter(axis -> kept.indexOf(labels.charAt(axis)) < 0)
                .toList();
        long[] sizes = kept.chars()
                .mapToLong(label -> x.shape().dim(labels.indexOf(label)))
                .toArray();
        return reshape(sum(x, lone), Shape.of(sizes));
    }

    private static String strip(String labels, String others) {
        StringBuilder kept = new StringBuilder();
        labels.chars().filter(label -> others.indexOf(label) >= 0).forEach(label -> kept.append((char) label));
        return kept.toString();
    }

    /**
     * A loop of a known number of steps, as {@link Scan} says. States and outputs may be of any types: where these aren't one
     * floating type, floating numbers that hold them all are what is carried, and a body's whole numbers and booleans are
     * made of these again in each step.
     *
     * @param body inputs: states, slices of the scanned, unchanging values; outputs: next states, then slices of outputs
     * @param length the number of steps, 0 or more
     * @param reverse whether the first step is that of the last slices
     * @param initial the first states, of the types of the body's
     * @param scanned of shapes [length, ...], whose slices along the first axis have the types of the body's
     * @param unchanging what each step gets alike
     * @return the last states, then the outputs, each of shape [length, ...]
     */
    public List<Node> scan(
            Graph body, long length, boolean reverse, List<Node> initial, List<Node> scanned, List<Node> unchanging) {
        return ScanTypes.apply(this, body, length, reverse, initial, scanned, unchanging);
    }

    /** x, held constant by derivatives. */
    public Node stopGradient(Node x) {
        return apply(new StopGradient(), x);
    }

    /** A value whose derivative is stated by the caller; see {@link Custom.WithPartials}. */
    public Node withPartials(Node value, List<Node> variables, List<Node> partials) {
        List<Node> operands = new ArrayList<>();
        operands.add(value);
        for (int i = 0; i < variables.size(); i++) {
            operands.add(broadcast(variables.get(i), value.shape()));
            operands.add(broadcast(partials.get(i), value.shape()));
        }
        return builder.apply(new Custom.WithPartials(variables.size()), operands);
    }
}
