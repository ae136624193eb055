package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The family of decompositions of matrices and of what is solved by them. Matrices stand in two axes next to each other, the
 * first of which is {@link #axis}; axes before and after it are a batch. Each rule is written in members of the family, so
 * that any order of differentiation follows.
 *
 * <p>Where a matrix has no result, as one without inverse, its result is NaN throughout and others of the batch are as they
 * are, like a logarithm outside its domain.
 */
public sealed interface MatrixOp extends Primitive
        permits Cholesky,
                TriangularSolve,
                Factorization,
                Solve,
                Determinant,
                OrthogonalTriangular,
                Eigenvalues,
                Eigenvectors,
                SingularValues,
                SingularVectors {

    /** The axis of rows; columns are the next. */
    int axis();

    /**
     * As {@link Primitive#lower}, on float64 operands with one axis before their matrices and one after.
     *
     * @return of rank 4 likewise
     */
    Kernels.Value compute(Kernels kernels, List<Kernels.Value> operands);

    /** About how long it takes, in the time of an element of a product. */
    default double work(Node node) {
        double size = node.operand(0).type().size();
        long rows = node.operand(0).shape().dim(axis());
        return size * rows;
    }

    /** Each operand's matrices in float64 with one axis before and one after them, and the result back. */
    @Override
    default Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        List<Kernels.Value> stacks = operands.stream()
                .map(operand -> {
                    Shape shape = operand.type().shape();
                    Kernels.Value wide = kernels.cast(operand, DType.FLOAT64);
                    return kernels.reshape(wide, stack(shape, axis()));
                })
                .toList();
        Kernels.Value result = kernels.reshape(compute(kernels, stacks), node.shape());
        return kernels.cast(result, node.dtype());
    }

    private static Shape stack(Shape shape, int axis) {
        long before = 1;
        for (int i = 0; i < axis; i++) {
            before *= shape.dim(i);
        }
        return Shape.of(before, shape.dim(axis), shape.dim(axis + 1), shape.sizeFrom(axis + 2));
    }

    @Override
    default boolean bends() {
        return true;
    }

    @Override
    default @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    default Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        return builder.apply(this, new Ops(builder).batchAll(operands, batched, size));
    }

    /** Each element of a result on each of the operands' matrices. */
    @Override
    default @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        Ops ops = new Ops(builder);
        Node sum = null;
        for (Node dependence : dependences) {
            sum = ops.plus(sum, dependence == null ? null : ops.sum(dependence, List.of(axis(), axis() + 1)));
        }
        return sum == null ? null : ops.broadcast(sum, node.shape());
    }

    /**
     * Checks operands: floating, of one element type, with equal sizes on all axes but those of the matrices.
     *
     * @param count how many
     */
    default void check(List<TensorType> operands, int count) {
        TensorType first = operands.get(0);
        boolean floating = operands.size() == count && first.dtype().isFloat();
        if (!floating || operands.stream().anyMatch(operand -> operand.dtype() != first.dtype())) {
            throw new IllegalArgumentException(
                    name() + ": expected " + count + " floating operand(s) of one dtype, got " + operands);
        }
        for (TensorType operand : operands) {
            if (operand.rank() < axis() + 2
                    || operand.rank() != first.rank()
                    || !rest(operand.shape()).equals(rest(first.shape()))) {
                throw new IllegalArgumentException(
                        name() + ": expected matrices in axes " + axis() + " and " + (axis() + 1)
                                + " and equal sizes on all others, got " + operands);
            }
        }
    }

    /** Checks that an operand's matrices are square and have rows. */
    default void checkSquare(TensorType operand) {
        long rows = operand.shape().dim(axis());
        if (rows != operand.shape().dim(axis() + 1) || rows == 0) {
            throw new IllegalArgumentException(name() + ": expected square matrices, got " + operand.shape()
                    + " (rows in axis " + axis() + ", at least one)");
        }
    }

    /** Checks that an operand's matrices have at least as many rows as columns, and a column. */
    default void checkTall(TensorType operand) {
        long columns = operand.shape().dim(axis() + 1);
        if (operand.shape().dim(axis()) < columns || columns == 0) {
            throw new IllegalArgumentException(name() + ": expected matrices with at least as many rows as columns, got "
                    + operand.shape() + " (rows in axis " + axis() + "; transpose wide ones)");
        }
    }

    private Shape rest(Shape shape) {
        return shape.with(axis(), 1).with(axis() + 1, 1);
    }

    /** A shape with matrices of another size. */
    default TensorType sized(TensorType type, long rows, long columns) {
        return type.withShape(type.shape().with(axis(), rows).with(axis() + 1, columns));
    }
}
