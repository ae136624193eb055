package org.curvature4j.op;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * How several tensors lie in one vector: each row-major, one after the other. A batch axis, which is the last of each part and
 * of the vector, changes nothing about that.
 *
 * @param shapes of the parts, in order
 */
public record Packing(List<Shape> shapes) {
    /** Sums that are looked through for what a part is made of. */
    private static final int MOST_TERMS = 64;

    public Packing {
        shapes = List.copyOf(shapes);
    }

    /** That of a scan's result: the last states, then the outputs. */
    public static Packing of(Scan scan) {
        List<Node> results = scan.body().outputs();
        return new Packing(IntStream.range(0, results.size())
                .mapToObj(i -> i < scan.states()
                        ? results.get(i).shape()
                        : scan.stacked(results.get(i).type()).shape())
                .toList());
    }

    /** The shape of a slice along the first axis. */
    static Shape afterFirst(Shape shape) {
        return Shape.of(Arrays.copyOfRange(shape.toArray(), 1, shape.rank()));
    }

    /** The shape of so many slices along a first axis. */
    static Shape beforeFirst(long length, Shape slice) {
        long[] dims = new long[slice.rank() + 1];
        dims[0] = length;
        System.arraycopy(slice.toArray(), 0, dims, 1, slice.rank());
        return Shape.of(dims);
    }

    /** The length of the vector. */
    public long size() {
        return offset(shapes.size());
    }

    /** Where a part begins. */
    public long offset(int part) {
        return shapes.stream().limit(part).mapToLong(Shape::size).sum();
    }

    /** All parts of a vector. */
    public List<Node> parts(Ops ops, Node vector) {
        List<Node> parts = new ArrayList<>();
        long from = 0;
        for (Shape shape : shapes) {
            parts.add(ops.reshape(ops.slice(vector, 0, from, from + shape.size()), shape));
            from += shape.size();
        }
        return parts;
    }

    /** The vector of some parts; where one is null, structural zeros stand. */
    Node vector(Ops ops, TensorType type, List<@Nullable Node> parts) {
        List<Node> flat = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            Shape shape = Shape.of(shapes.get(i).size());
            Node part = parts.get(i);
            flat.add(part == null ? ops.zeros(type.withShape(shape)) : ops.reshape(part, shape));
        }
        return ops.concat(flat, 0);
    }

    /** The parts of a cotangent, null where by the way it is made nothing stands. */
    List<@Nullable Node> present(Ops ops, Node vector) {
        List<@Nullable Node> parts = new ArrayList<>();
        long from = 0;
        for (Shape shape : shapes) {
            Node part = present(ops, vector, from, from + shape.size());
            parts.add(part == null ? null : ops.reshape(part, shape));
            from += shape.size();
        }
        return parts;
    }

    private record Range(Node vector, long from, long to) {}

    /** Elements of a vector: through sums, paddings and joins, to what they are made of. */
    private static @Nullable Node present(Ops ops, Node vector, long from, long to) {
        Deque<Range> open = new ArrayDeque<>(List.of(new Range(vector, from, to)));
        Node sum = null;
        for (int count = 0; !open.isEmpty(); count++) {
            Range range = open.pop();
            Node x = range.vector;
            if (isNothing(range)) {
                continue;
            }
            boolean added = x.op() == Elementwise.ADD
                    && x.operand(0).shape().equals(x.operand(1).shape())
                    && count < MOST_TERMS;
            Range within = within(range);
            if (added) {
                open.push(new Range(x.operand(1), range.from, range.to));
                open.push(new Range(x.operand(0), range.from, range.to));
            } else if (within != null) {
                open.push(within);
            } else {
                sum = ops.plus(sum, ops.slice(x, 0, range.from, range.to));
            }
        }
        return sum;
    }

    private static boolean isNothing(Range range) {
        Node x = range.vector;
        if (x.op() instanceof ShapeOp.Pad pad) {
            long start = pad.before().get(0);
            return range.to <= start
                    || range.from >= start + x.operand(0).type().size();
        }
        return range.from == range.to
                || (x.op() instanceof Leaf.Literal literal
                        && literal.structural()
                        && DoubleStream.of(literal.values()).allMatch(value -> value == 0));
    }

    /** The same elements of what was padded, or of one of the parts that were joined; null where they are of neither. */
    private static @Nullable Range within(Range range) {
        ShapeOp.Pad pad = range.vector.op() instanceof ShapeOp.Pad padding ? padding : null;
        if (pad == null && !(range.vector.op() instanceof Concat)) {
            return null;
        }
        long start = pad == null ? 0 : pad.before().get(0);
        for (Node part : range.vector.operands()) {
            long end = start + part.type().size();
            if (start <= range.from && range.to <= end) {
                return new Range(part, range.from - start, range.to - start);
            }
            start = end;
        }
        return null;
    }
}
