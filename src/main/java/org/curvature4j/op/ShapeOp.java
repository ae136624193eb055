package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/** Linear operations that move elements without computing: each element of the result is one of the operand, or zero. */
public sealed interface ShapeOp extends LinearOp {

    /** The same elements, row-major, in another shape. */
    record Reshape(Shape shape) implements ShapeOp {
        @Override
        public String name() {
            return "RESHAPE " + shape;
        }

        @Override
        public TensorType infer(TensorType operand) {
            if (operand.size() != shape.size()) {
                throw new IllegalArgumentException(name() + ": expected " + shape.size() + " elements, got " + operand);
            }
            return operand.withShape(shape);
        }

        @Override
        public Node transpose(Ops ops, Node cotangent, TensorType operand) {
            return ops.reshape(cotangent, operand.shape());
        }

        @Override
        public LinearOp batched(TensorType operand, long size) {
            return new Reshape(shape.append(size));
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
            return kernels.reshape(operand, shape);
        }
    }

    /** Axis i of the result is axis {@code axes[i]} of the operand. */
    record Permute(List<Integer> axes) implements ShapeOp {
        public Permute {
            axes = List.copyOf(axes);
        }

        @Override
        public String name() {
            return "PERMUTE " + axes;
        }

        @Override
        public TensorType infer(TensorType operand) {
            if (axes.size() != operand.rank() || axes.stream().distinct().count() != axes.size()) {
                throw new IllegalArgumentException(name() + ": expected each axis of " + operand + " once");
            }
            return operand.withShape(Shape.of(
                    axes.stream().mapToLong(axis -> operand.shape().dim(axis)).toArray()));
        }

        @Override
        public Node transpose(Ops ops, Node cotangent, TensorType operand) {
            Integer[] inverse = new Integer[axes.size()];
            for (int i = 0; i < inverse.length; i++) {
                inverse[axes.get(i)] = i;
            }
            return ops.permute(cotangent, List.of(inverse));
        }

        @Override
        public LinearOp batched(TensorType operand, long size) {
            List<Integer> longer = new ArrayList<>(axes);
            longer.add(axes.size());
            return new Permute(longer);
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
            return kernels.permute(operand, axes);
        }
    }

    /** Repeats axes of size 1 up to the given shape of the same rank. */
    record Broadcast(Shape shape) implements ShapeOp {
        @Override
        public String name() {
            return "BROADCAST " + shape;
        }

        @Override
        public TensorType infer(TensorType operand) {
            boolean fits = operand.rank() == shape.rank();
            for (int axis = 0; fits && axis < shape.rank(); axis++) {
                fits = operand.shape().dim(axis) == 1 || operand.shape().dim(axis) == shape.dim(axis);
            }
            if (!fits) {
                throw new IllegalArgumentException(name() + ": expected sizes equal or 1, got " + operand);
            }
            return operand.withShape(shape);
        }

        @Override
        public Node transpose(Ops ops, Node cotangent, TensorType operand) {
            return ops.unbroadcast(cotangent, operand.shape());
        }

        @Override
        public LinearOp batched(TensorType operand, long size) {
            return new Broadcast(shape.append(size));
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
            return kernels.broadcast(operand, shape);
        }
    }

    /** The block of the given sizes that begins at {@code starts}. */
    record Slice(List<Long> starts, Shape sizes) implements ShapeOp {
        public Slice {
            starts = List.copyOf(starts);
        }

        @Override
        public String name() {
            return "SLICE " + starts + " " + sizes;
        }

        @Override
        public TensorType infer(TensorType operand) {
            checkBlock(name(), starts, sizes, operand.shape());
            return operand.withShape(sizes);
        }

        @Override
        public Node transpose(Ops ops, Node cotangent, TensorType operand) {
            return ops.apply(new Pad(starts, operand.shape()), cotangent);
        }

        @Override
        public LinearOp batched(TensorType operand, long size) {
            return new Slice(appendZero(starts), sizes.append(size));
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
            return kernels.slice(operand, starts, sizes);
        }
    }

    /**
     * The operand placed at {@code before} in zeros of the given shape. The zeros are structural, as in the transpose of
     * a slice: nothing is there, and a sum with another value may leave them out. Padding with zeros that are numbers is
     * {@link Ops#pad}.
     */
    record Pad(List<Long> before, Shape shape) implements ShapeOp {
        public Pad {
            before = List.copyOf(before);
        }

        @Override
        public String name() {
            return "PAD " + before + " " + shape;
        }

        @Override
        public TensorType infer(TensorType operand) {
            checkBlock(name(), before, operand.shape(), shape);
            return operand.withShape(shape);
        }

        @Override
        public Node transpose(Ops ops, Node cotangent, TensorType operand) {
            return ops.slice(cotangent, before, operand.shape());
        }

        @Override
        public LinearOp batched(TensorType operand, long size) {
            return new Pad(appendZero(before), shape.append(size));
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
            return kernels.pad(operand, before, shape);
        }
    }

    private static List<Long> appendZero(List<Long> starts) {
        List<Long> longer = new ArrayList<>(starts);
        longer.add(0L);
        return longer;
    }

    private static void checkBlock(String name, List<Long> starts, Shape block, Shape whole) {
        boolean fits = starts.size() == whole.rank() && block.rank() == whole.rank();
        for (int axis = 0; fits && axis < whole.rank(); axis++) {
            fits = starts.get(axis) >= 0 && starts.get(axis) + block.dim(axis) <= whole.dim(axis);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    name + ": expected a block inside " + whole + ", got " + block + " at " + starts);
        }
    }
}
