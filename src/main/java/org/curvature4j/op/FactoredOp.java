package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * What is read off a {@link Factorization} that stands beside its matrix. Operands: A, and its factors, which are held
 * constant: all derivatives are by A.
 */
public sealed interface FactoredOp extends MatrixOp
        permits Determinant, Eigenvalues, Eigenvectors, SingularValues, SingularVectors {

    /** What makes the factors. */
    MatrixRoutine routine();

    /** The type of what is read off. */
    TensorType result(TensorType matrix);

    /** The derivative along a tangent of A. */
    Node push(Ops ops, Node node, Node tangent);

    /** The cotangent of A. */
    Node pull(Ops ops, Node node, Node cotangent);

    @Override
    default TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 2);
        MatrixTypes.checkFactors(this, routine(), operands);
        return result(operands.get(0));
    }

    @Override
    default boolean needsTangent(int operand) {
        return operand == 0;
    }

    @Override
    default @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        return tangent == null ? null : push(new Ops(builder), node, tangent);
    }

    @Override
    default List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? pull(new Ops(builder), node, cotangent) : null);
        cotangents.add(null);
        return cotangents;
    }

    @Override
    default String kinkWords() {
        return switch (routine()) {
            case EIGEN ->
                "with eigenvalues equal to rounding, where derivatives of vectors and second ones of values are NaN";
            case SINGULAR ->
                "with singular values equal, or zero, to rounding, where derivatives of vectors and second ones of values"
                        + " are NaN";
            default -> "singular to rounding, where derivatives are NaN or have no digits";
        };
    }

    @Override
    default double work(Node node) {
        return node.type().size();
    }
}
