package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * A matrix' factors in one array, as {@link MatrixRoutine} lays them out, held constant by derivatives: who reads them
 * ({@link Solve}, {@link Eigenvectors} and others) takes the matrix as an operand too and states the derivative by it.
 *
 * @param routine {@link MatrixRoutine#LU}, {@link MatrixRoutine#EIGEN} or {@link MatrixRoutine#SINGULAR}
 */
public record Factorization(MatrixRoutine routine, int axis) implements MatrixOp {

    public Factorization {
        if (routine != MatrixRoutine.LU && routine != MatrixRoutine.EIGEN && routine != MatrixRoutine.SINGULAR) {
            throw new IllegalArgumentException("factorization: expected LU, EIGEN or SINGULAR, got " + routine);
        }
    }

    @Override
    public String name() {
        return "factorization " + routine;
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 1);
        TensorType operand = operands.get(0);
        if (routine == MatrixRoutine.SINGULAR) {
            MatrixTypes.checkTall(this, operand);
        } else {
            MatrixTypes.checkSquare(this, operand);
        }
        long rows = operand.shape().dim(axis);
        long columns = operand.shape().dim(axis + 1);
        return MatrixTypes.sized(this, operand, routine.rows(rows, columns), columns);
    }

    @Override
    public boolean needsTangent(int operand) {
        return false;
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        return null;
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        List<@Nullable Node> none = new ArrayList<>();
        none.add(null);
        return none;
    }

    @Override
    public boolean bends() {
        return false;
    }

    /** Whoever reads the factors tells. */
    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    public String kinkWords() {
        return "without factors";
    }

    @Override
    public double work(Node node) {
        return MatrixOp.super.work(node) * (routine == MatrixRoutine.LU ? 0.1 : 2);
    }

    /** Sweeps of rotations, one for each pair of columns, find eigenvalues. */
    @Override
    public double applications(Node node) {
        double pairs =
                1 + MatrixTypes.cube(this, node) * (node.operand(0).shape().dim(axis + 1) - 1);
        return switch (routine) {
            case EIGEN -> 16 * pairs;
            case SINGULAR -> 24 * pairs;
            default -> MatrixOp.super.applications(node) + MatrixTypes.cube(this, node);
        };
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        return kernels.matrices(routine, operands.get(0));
    }
}
