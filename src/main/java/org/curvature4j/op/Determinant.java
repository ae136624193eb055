package org.curvature4j.op;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/**
 * The determinant, or the logarithm of its size, as matrices of one element. Operands: A [n, n], and its
 * {@link Factorization} by {@link MatrixRoutine#LU}. Where A is singular the value is 0, or minus infinity, and the derivative,
 * which takes A's inverse, is NaN.
 *
 * @param logarithm whether log |det A|
 */
public record Determinant(int axis, boolean logarithm) implements FactoredOp {

    @Override
    public String name() {
        return logarithm ? "log_determinant" : "determinant";
    }

    @Override
    public MatrixRoutine routine() {
        return MatrixRoutine.LU;
    }

    @Override
    public TensorType result(TensorType matrix) {
        return MatrixTypes.sized(this, matrix, 1, 1);
    }

    @Override
    public Node push(Ops ops, Node node, Node tangent) {
        Matrices m = new Matrices(ops, axis);
        return m.total(ops.mul(gradient(m, node), tangent));
    }

    @Override
    public Node pull(Ops ops, Node node, Node cotangent) {
        return ops.mul(gradient(new Matrices(ops, axis), node), cotangent);
    }

    /** The derivative by each element. */
    private Node gradient(Matrices m, Node node) {
        Node a = node.operand(0);
        Node inverse = m.ops().apply(new Solve(axis, true), a, node.operand(1), m.identity(a));
        return logarithm ? inverse : m.ops().mul(inverse, node);
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return new Matrices(ops, axis).isDependent(node.operand(0), node.operand(1));
    }

    @Override
    public double work(Node node) {
        return node.operand(0).shape().dim(axis) * (double) node.type().size();
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        Kernels.Value factors = operands.get(1);
        Shape shape = factors.type().shape();
        long n = shape.dim(2);
        Kernels.Value flat = kernels.reshape(factors, Shape.of(shape.dim(0), (n + 2) * n, 1, shape.dim(3)));
        int[] places = IntStream.range(0, Math.toIntExact(n))
                .map(i -> Math.toIntExact(i * n + i))
                .toArray();
        Kernels.Value sizes = kernels.apply(Elementwise.ABS, kernels.gather(flat, 1, Indices.of(places)));
        if (logarithm) {
            return kernels.reduce(Kernels.Reduction.SUM, kernels.apply(Elementwise.LOG, sizes), List.of(1));
        }
        Kernels.Value sign = kernels.slice(
                factors, List.of(0L, n + 1, 0L, 0L), shape.with(1, 1).with(2, 1));
        return kernels.apply(Elementwise.MUL, sign, product(kernels, sizes));
    }

    /** Of all elements along axis 1, by halves. */
    private static Kernels.Value product(Kernels kernels, Kernels.Value x) {
        Kernels.Value rest = x;
        while (rest.type().shape().dim(1) > 1) {
            Shape shape = rest.type().shape();
            long half = shape.dim(1) / 2;
            Kernels.Value first = kernels.slice(rest, List.of(0L, 0L, 0L, 0L), shape.with(1, half));
            Kernels.Value second = kernels.slice(rest, List.of(0L, half, 0L, 0L), shape.with(1, half));
            Kernels.Value halves = kernels.apply(Elementwise.MUL, first, second);
            rest = shape.dim(1) == 2 * half
                    ? halves
                    : kernels.concat(
                            List.of(halves, kernels.slice(rest, List.of(0L, 2 * half, 0L, 0L), shape.with(1, 1))), 1);
        }
        return rest;
    }
}
