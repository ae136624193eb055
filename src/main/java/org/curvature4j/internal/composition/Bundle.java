package org.curvature4j.internal.composition;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * Several values as one while a model is read: a sequence of tensors, or what may be there or not. Its parts are taken out
 * again before anything is computed: no engine knows one, and it has no derivative.
 *
 * @param kind what it is to the model, for messages
 */
public record Bundle(String kind) implements Op {

    public static Node of(Ops ops, String kind, List<Node> parts) {
        return ops.builder().apply(new Bundle(kind), parts);
    }

    /** What a value is, for messages. */
    public static String describe(Node node) {
        return node.op() instanceof Bundle bundle
                ? bundle.kind + " of " + node.operands().size()
                : node.type().toString();
    }

    @Override
    public String name() {
        return kind;
    }

    /** Stands for no tensor: whatever asks for a value's elements must have refused this before. */
    @Override
    public TensorType infer(List<TensorType> operands) {
        return TensorType.of(DType.BOOL);
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        throw noTensor();
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        throw noTensor();
    }

    @Override
    public boolean bends() {
        return false;
    }

    @Override
    public @Nullable Node kink(GraphBuilder builder, Node node) {
        throw noTensor();
    }

    @Override
    public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        throw noTensor();
    }

    @Override
    public @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        throw noTensor();
    }

    private IllegalStateException noTensor() {
        return new IllegalStateException(kind + ": expected its parts to be taken out, got it in a graph");
    }
}
