package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Takes the second operand where the first, a boolean, holds, else the third. Its derivative selects likewise instead of
 * multiplying by 0 and 1, so an infinity in the branch not taken stays out of the result.
 */
public record Select() implements ElementwiseOp, Kernel {

    @Override
    public String name() {
        return "SELECT";
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public int arity() {
        return 3;
    }

    @Override
    public DType inferDType(List<TensorType> operands) {
        DType dtype = operands.get(1).dtype();
        if (operands.get(0).dtype() != DType.BOOL || operands.get(2).dtype() != dtype) {
            throw new IllegalArgumentException(
                    "SELECT: expected a boolean and two operands of one dtype, got " + operands);
        }
        return dtype;
    }

    @Override
    public @Nullable Node partial(Ops ops, Node node, int operand) {
        throw new IllegalStateException("SELECT: its derivative is not a product");
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node yes = tangents.get(1);
        Node no = tangents.get(2);
        if (yes == null && no == null) {
            return null;
        }
        Ops ops = new Ops(builder);
        return ops.broadcast(choose(ops, node, yes, no), node.shape());
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Ops ops = new Ops(builder);
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(null);
        cotangents.add(wanted.get(1) ? route(ops, node, cotangent, null, 1) : null);
        cotangents.add(wanted.get(2) ? route(ops, node, null, cotangent, 2) : null);
        return cotangents;
    }

    private Node route(Ops ops, Node node, @Nullable Node yes, @Nullable Node no, int operand) {
        return ops.unbroadcast(choose(ops, node, yes, no), node.operand(operand).shape());
    }

    private Node choose(Ops ops, Node node, @Nullable Node yes, @Nullable Node no) {
        Node zero = ops.zeros(TensorType.of(node.dtype()));
        return ops.select(node.operand(0), yes == null ? zero : yes, no == null ? zero : no);
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
        return kernels.select(operands.get(0), operands.get(1), operands.get(2));
    }
}
