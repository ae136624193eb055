package org.curvature4j.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/** Joins operands along an axis. Linear in all of them together: its transpose cuts a cotangent into their parts. */
public record Concat(int axis) implements Primitive {

    @Override
    public String name() {
        return "CONCAT axis " + axis;
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        if (operands.isEmpty()) {
            throw new IllegalArgumentException(name() + ": expected at least 1 operand, got none");
        }
        TensorType first = operands.get(0);
        long size = 0;
        for (TensorType operand : operands) {
            boolean fits = operand.rank() == first.rank()
                    && operand.rank() > axis
                    && operand.equals(first.withShape(
                            first.shape().with(axis, operand.shape().dim(axis))));
            if (!fits) {
                throw new IllegalArgumentException(
                        name() + ": expected types equal but for that axis' size, got " + operands);
            }
            size += operand.shape().dim(axis);
        }
        return first.withShape(first.shape().with(axis, size));
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        return joinOrZeros(builder, node, tangents, node.dtype());
    }

    @Override
    public @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        return joinOrZeros(builder, node, dependences, DType.FLOAT64);
    }

    private @Nullable Node joinOrZeros(GraphBuilder builder, Node node, List<@Nullable Node> parts, DType dtype) {
        if (parts.stream().allMatch(part -> part == null)) {
            return null;
        }
        Ops ops = new Ops(builder);
        List<Node> filled = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Node part = parts.get(i);
            filled.add(part == null ? ops.zeros(node.operand(i).type().withDType(dtype)) : part);
        }
        return builder.apply(this, filled);
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Ops ops = new Ops(builder);
        List<@Nullable Node> cotangents = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < wanted.size(); i++) {
            Shape shape = node.operand(i).shape();
            Long[] starts = new Long[shape.rank()];
            Arrays.fill(starts, 0L);
            starts[axis] = position;
            cotangents.add(wanted.get(i) ? ops.slice(cotangent, List.of(starts), shape) : null);
            position += shape.dim(axis);
        }
        return cotangents;
    }

    @Override
    public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        return builder.apply(this, new Ops(builder).batchAll(operands, batched, size));
    }

    @Override
    public boolean bends() {
        return false;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return kernels.concat(operands, axis);
    }
}
