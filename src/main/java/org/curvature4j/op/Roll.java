package org.curvature4j.op;

import java.util.Collections;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/** Moves elements along an axis, those that leave it at one end coming in at the other; by a negative number back. */
public record Roll(int axis, long shift) implements LinearOp {

    @Override
    public String name() {
        return "ROLL axis " + axis + " by " + shift;
    }

    @Override
    public TensorType infer(TensorType operand) {
        return operand;
    }

    @Override
    public Node transpose(Ops ops, Node cotangent, TensorType operand) {
        return ops.apply(new Roll(axis, -shift), cotangent);
    }

    @Override
    public LinearOp batched(TensorType operand, long size) {
        return this;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
        Shape shape = node.shape();
        long size = shape.dim(axis);
        long moved = Math.floorMod(shift, size);
        if (moved == 0) {
            return operand;
        }
        Kernels.Value first = kernels.slice(operand, starts(shape, 0), shape.with(axis, size - moved));
        Kernels.Value last = kernels.slice(operand, starts(shape, size - moved), shape.with(axis, moved));
        return kernels.concat(List.of(last, first), axis);
    }

    private List<Long> starts(Shape shape, long start) {
        Long[] starts = Collections.nCopies(shape.rank(), 0L).toArray(Long[]::new);
        starts[axis] = start;
        return List.of(starts);
    }
}
