package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The family of decompositions of matrices and of what is solved by them. Matrices stand in two axes next to each other, the
 * first of which is {@link #axis}; axes before and after it are a batch. Each rule is written in members of the family, so
 * that any order of differentiation follows.
 *
 * <p>Where a matrix has no result, as one without inverse, its result is NaN throughout and others of the batch are as they
 * are, like a logarithm outside its domain; derivatives that rounding alone decides on are NaN too. {@link #kink} tells where.
 */
public sealed interface MatrixOp extends Primitive
        permits Cholesky, TriangularSolve, Factorization, Solve, OrthogonalTriangular, FactoredOp {

    /** The axis of rows; columns are the next. */
    int axis();

    /**
     * As {@link Primitive#lower}, on float64 operands with one axis before their matrices and one after.
     *
     * @return of rank 4 likewise
     */
    Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands);

    /** About how long it takes, in the time of an element of a product. */
    default double work(Node node) {
        double size = node.operand(0).type().size();
        long rows = node.operand(0).shape().dim(axis());
        return size * rows;
    }

    /** About how many operations on elements take its place in a backend without LAPACK. */
    default double applications(Node node) {
        return 5 + MatrixTypes.cube(this, node);
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
        Kernels.Value result = kernels.reshape(lowerStacks(kernels, stacks), node.shape());
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

    /** Every decomposition and solution has places without one, and must tell of them. */
    @Override
    String kinkWords();

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
}
