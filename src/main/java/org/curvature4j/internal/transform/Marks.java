package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Primitive;

/**
 * Dependences, computed as marks: what a dependence is made of moves, joins and repeats marks and never compares or
 * cancels them. Its cost is that of what differs, not that of the tensors.
 */
final class Marks implements Kernels {

    /**
     * The outputs' marks.
     *
     * @param dependence as {@link Dependence#of} makes it
     * @param inputs one an input
     */
    static List<Mark> of(Graph dependence, List<Mark> inputs) {
        Marks kernels = new Marks();
        Map<Node, Value> known = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            known.put(dependence.inputs().get(i), inputs.get(i));
        }
        for (Node node : dependence.nodes()) {
            if (node.op() instanceof Leaf.Literal literal) {
                known.put(node, kernels.literal(literal));
            } else if (node.op() instanceof Primitive primitive) {
                List<Value> operands = node.operands().stream().map(known::get).toList();
                known.put(node, primitive.compute(kernels, node, operands));
            }
        }
        return dependence.outputs().stream().map(node -> (Mark) known.get(node)).toList();
    }

    private static Mark mark(Value value) {
        return (Mark) value;
    }

    private static UnsupportedOperationException none(String what) {
        return new UnsupportedOperationException("dependence: expected marks that are moved or joined, got " + what);
    }

    @Override
    public Value constant(TensorType type, double... values) {
        if (values.length == 1 || type.size() == 0) {
            return Mark.of(type, values.length > 0 && values[0] != 0);
        }
        boolean[] marked = new boolean[values.length];
        for (int i = 0; i < marked.length; i++) {
            marked[i] = values[i] != 0;
        }
        return Mark.of(type, type.shape(), marked);
    }

    @Override
    public Value apply(Elementwise operation, Value... operands) {
        return switch (operation) {
            case SIGN -> operands[0];
            case ADD -> either(mark(operands[0]), mark(operands[1]));
            default -> throw none(operation.name());
        };
    }

    private static Mark either(Mark a, Mark b) {
        int rank = Math.max(a.type().rank(), b.type().rank());
        Mark first = a.ofRank(rank);
        Mark second = b.ofRank(rank);
        Shape kept = first.kept().joined(second.kept());
        boolean[] either = first.repeated(kept).marked().clone();
        boolean[] others = second.repeated(kept).marked();
        for (int i = 0; i < either.length; i++) {
            either[i] |= others[i];
        }
        return Mark.of(
                a.type().withShape(first.type().shape().joined(second.type().shape())), kept, either);
    }

    @Override
    public Value cast(Value x, DType dtype) {
        return new Mark(x.type().withDType(dtype), mark(x).kept(), mark(x).marked());
    }

    @Override
    public Value reduce(Reduction reduction, Value x, List<Integer> axes) {
        return mark(x).any(axes);
    }

    @Override
    public Value reshape(Value x, Shape shape) {
        return mark(x).reshaped(shape);
    }

    @Override
    public Value permute(Value x, List<Integer> axes) {
        Shape shape = Strides.of(x.type().shape()).axes(axes).shape();
        return mark(x).picked(
                        x.type().withShape(shape), Strides.of(mark(x).kept()).axes(axes));
    }

    @Override
    public Value broadcast(Value x, Shape shape) {
        Mark same = mark(x).ofRank(shape.rank());
        return new Mark(x.type().withShape(shape), same.kept(), same.marked());
    }

    @Override
    public Value slice(Value x, List<Long> starts, Shape sizes) {
        Shape kept = mark(x).kept();
        Shape block = kept;
        List<Long> from = new ArrayList<>(starts);
        for (int axis = 0; axis < kept.rank(); axis++) {
            boolean isKept = kept.dim(axis) > 1;
            block = block.with(axis, isKept ? sizes.dim(axis) : 1);
            from.set(axis, isKept ? starts.get(axis) : 0);
        }
        Mark part = mark(x).picked(x.type(), Strides.of(kept).block(from, block));
        return Mark.of(x.type().withShape(sizes), block, part.marked());
    }

    @Override
    public Value pad(Value x, List<Long> before, Shape shape) {
        Shape own = x.type().shape();
        int[] padded = IntStream.range(0, shape.rank())
                .filter(axis -> shape.dim(axis) != own.dim(axis))
                .toArray();
        Mark inside = mark(x).whole(padded);
        Shape all = inside.kept();
        for (int axis : padded) {
            all = all.with(axis, shape.dim(axis));
        }
        boolean[] marked = new boolean[Math.toIntExact(all.size())];
        place(inside, Strides.of(all).block(before, inside.kept()), marked);
        return Mark.of(x.type().withShape(shape), all, marked);
    }

    private static void place(Mark part, Strides places, boolean... into) {
        int[] positions = places.positions();
        for (int i = 0; i < positions.length; i++) {
            into[positions[i]] |= part.marked()[i];
        }
    }

    @Override
    public Value concat(List<Value> parts, int axis) {
        long size =
                parts.stream().mapToLong(part -> part.type().shape().dim(axis)).sum();
        TensorType type = parts.get(0).type();
        Shape all = Shape.ones(type.rank());
        for (Value part : parts) {
            all = all.joined(mark(part).kept().with(axis, 1));
        }
        all = all.with(axis, size);
        boolean[] marked = new boolean[Math.toIntExact(all.size())];
        long start = 0;
        for (Value part : parts) {
            long own = part.type().shape().dim(axis);
            Strides places = Strides.of(all).slice(axis, start, own);
            place(mark(part).whole(axis).repeated(all.with(axis, own)), places, marked);
            start += own;
        }
        return Mark.of(type.withShape(type.shape().with(axis, size)), all, marked);
    }

    @Override
    public Value gather(Value x, int axis, Indices indices) {
        return along(x, axis, indices.count(), (from, to) -> {
            for (int i = 0; i < indices.count(); i++) {
                to.set(i, from.get(indices.get(i)));
            }
        });
    }

    @Override
    public Value scatterAdd(Value x, int axis, Indices indices, long size) {
        return along(x, axis, size, (from, to) -> {
            for (int i = 0; i < indices.count(); i++) {
                to.set(indices.get(i), from.get(i));
            }
        });
    }

    @Override
    public Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse) {
        int size = Math.toIntExact(x.type().shape().dim(axis));
        return along(x, axis, size, (from, to) -> {
            boolean any = false;
            for (int i = 0; i < size; i++) {
                int at = reverse ? size - 1 - i : i;
                boolean with = any || from.get(at);
                to.set(at, exclusive ? any : with);
                any = with;
            }
        });
    }

    /** Elements along an axis, the others being fixed. */
    private static final class Line {
        private final boolean[] marked;
        private final int first;
        private final int step;

        Line(boolean[] marked, int first, int step) {
            this.marked = marked;
            this.first = first;
            this.step = step;
        }

        boolean get(int i) {
            return marked[first + i * step];
        }

        void set(int i, boolean mark) {
            marked[first + i * step] |= mark;
        }
    }

    private interface Move {
        void apply(Line from, Line to);
    }

    private static Mark along(Value x, int axis, long size, Move move) {
        Mark from = mark(x).whole(axis);
        Shape kept = from.kept().with(axis, size);
        boolean[] marked = new boolean[Math.toIntExact(kept.size())];
        int step = Math.toIntExact(kept.sizeFrom(axis + 1));
        int[] firsts = Strides.of(from.kept()).slice(axis, 0, 1).positions();
        int[] others = Strides.of(kept).slice(axis, 0, 1).positions();
        for (int i = 0; i < firsts.length; i++) {
            move.apply(new Line(from.marked(), firsts[i], step), new Line(marked, others[i], step));
        }
        Shape shape = x.type().shape().with(axis, size);
        return Mark.of(x.type().withShape(shape), kept, marked);
    }

    @Override
    public Value named(String kernel, Value x) {
        throw none(kernel);
    }

    @Override
    public Value test(Comparison comparison, Value a, Value b) {
        throw none(comparison.name());
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        throw none("a choice");
    }

    @Override
    public Value argMax(Value x, int axis) {
        throw none("a place");
    }

    @Override
    public Value index(Value x, IndexCheck check) {
        throw none("an index");
    }

    @Override
    public Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
        throw none("a product");
    }

    @Override
    public Value matrices(MatrixRoutine routine, Value... operands) {
        throw none("a decomposition");
    }
}
