package org.curvature4j.conformance;

import java.util.List;
import java.util.function.Consumer;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Cholesky;
import org.curvature4j.op.Determinant;
import org.curvature4j.op.Domain;
import org.curvature4j.op.Eigenvalues;
import org.curvature4j.op.Eigenvectors;
import org.curvature4j.op.Factorization;
import org.curvature4j.op.MatrixOp;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Ops;
import org.curvature4j.op.OrthogonalTriangular;
import org.curvature4j.op.SingularValues;
import org.curvature4j.op.SingularVectors;
import org.curvature4j.op.Solve;
import org.curvature4j.op.TriangularSolve;

/** Samples of decompositions: of matrices that any numbers are made into, so that each has a result far from where there is none. */
final class MatrixSamples {
    private static final Domain DOMAIN = new Domain(-1, 1);

    private final Consumer<Sample> declare;

    private MatrixSamples(Consumer<Sample> declare) {
        this.declare = declare;
    }

    static void declare(Consumer<Sample> declare) {
        MatrixSamples samples = new MatrixSamples(declare);
        samples.triangles();
        samples.general();
        samples.orthogonal();
        samples.eigen();
        samples.singular();
    }

    private static TensorType real(long... dims) {
        return TensorType.of(DType.FLOAT64, dims);
    }

    private interface Applied {
        Node to(Ops ops, List<Node> inputs);
    }

    private void declare(MatrixOp op, Sample.Derivative derivative, Applied applied, TensorType... inputs) {
        declare.accept(new Sample(op, List.of(inputs), DOMAIN, derivative, applied::to));
    }

    private void declare(MatrixOp op, Applied applied, TensorType... inputs) {
        declare(op, Sample.Derivative.EXACT, applied, inputs);
    }

    /** A + d, with d on each diagonal: a different number in each row, so that eigenvalues differ. */
    private static Node onDiagonal(Ops ops, Node a, int axis, double first, double step) {
        long rows = a.shape().dim(axis);
        long columns = a.shape().dim(axis + 1);
        double[] values = new double[(int) (rows * columns)];
        for (int i = 0; i < Math.min(rows, columns); i++) {
            values[(int) (i * columns + i)] = first + i * step;
        }
        TensorType type = a.type()
                .withShape(org.curvature4j.graph.Shape.ones(a.shape().rank())
                        .with(axis, rows)
                        .with(axis + 1, columns));
        for (int i = 0; i < values.length; i++) {
            values[i] = type.dtype().round(values[i]);
        }
        return ops.add(ops.mul(a, 0.3), ops.builder().literal(type, values));
    }

    private void triangles() {
        Applied cholesky = (ops, x) -> ops.apply(new Cholesky(0), onDiagonal(ops, x.get(0), 0, 3, 0.5));
        for (long n : new long[] {1, 2, 3, 5}) {
            declare(new Cholesky(0), cholesky, real(n, n));
        }
        declare(
                new Cholesky(1),
                (ops, x) -> ops.apply(new Cholesky(1), onDiagonal(ops, x.get(0), 1, 3, 0.5)),
                real(2, 2, 2));
        for (boolean lower : new boolean[] {true, false}) {
            for (boolean transposed : new boolean[] {true, false}) {
                TriangularSolve op = new TriangularSolve(0, lower, transposed);
                Applied applied = (ops, x) -> ops.apply(op, onDiagonal(ops, x.get(0), 0, 2, 0.5), x.get(1));
                declare(op, applied, real(3, 3), real(3, 2));
            }
        }
        TriangularSolve stacked = new TriangularSolve(1, true, false);
        declare(
                stacked,
                (ops, x) -> ops.apply(stacked, onDiagonal(ops, x.get(0), 1, 2, 0.5), x.get(1)),
                real(2, 2, 2),
                real(2, 2, 1));
        TriangularSolve large = new TriangularSolve(0, false, true);
        declare(
                large,
                (ops, x) -> ops.apply(large, onDiagonal(ops, x.get(0), 0, 2, 0.5), x.get(1)),
                real(5, 5),
                real(5, 1));
    }

    private static Node lu(Ops ops, Node a, int axis) {
        return ops.apply(new Factorization(MatrixRoutine.LU, axis), a);
    }

    /** With rows that must change places. */
    private static Node turned(Ops ops, Node x, int axis) {
        return ops.apply(new org.curvature4j.op.Roll(axis, 1), onDiagonal(ops, x, axis, 2, 0.5));
    }

    private void general() {
        for (boolean transposed : new boolean[] {true, false}) {
            Solve op = new Solve(0, transposed);
            Applied applied = (ops, x) -> {
                Node a = turned(ops, x.get(0), 0);
                return ops.apply(op, a, lu(ops, a, 0), x.get(1));
            };
            declare(op, applied, real(3, 3), real(3, 2));
            declare(op, applied, real(5, 5), real(5, 1));
        }
        Solve stacked = new Solve(1, false);
        declare(
                stacked,
                (ops, x) -> {
                    Node a = turned(ops, x.get(0), 1);
                    return ops.apply(stacked, a, lu(ops, a, 1), x.get(1));
                },
                real(2, 2, 2),
                real(2, 2, 2));
        for (boolean logarithm : new boolean[] {true, false}) {
            Determinant op = new Determinant(0, logarithm);
            Applied applied = (ops, x) -> {
                Node a = turned(ops, x.get(0), 0);
                return ops.apply(op, a, lu(ops, a, 0));
            };
            for (long n : new long[] {1, 2, 3, 5}) {
                declare(op, applied, real(n, n));
            }
        }
        declare(
                new Factorization(MatrixRoutine.LU, 0),
                Sample.Derivative.HELD,
                (ops, x) -> lu(ops, turned(ops, x.get(0), 0), 0),
                real(3, 3));
    }

    private void orthogonal() {
        Applied qr = (ops, x) -> ops.apply(new OrthogonalTriangular(0), onDiagonal(ops, x.get(0), 0, 2, 0.5));
        declare(new OrthogonalTriangular(0), qr, real(2, 2));
        declare(new OrthogonalTriangular(0), qr, real(3, 2));
        declare(new OrthogonalTriangular(0), qr, real(3, 1));
        declare(new OrthogonalTriangular(0), qr, real(5, 3));
        declare(
                new OrthogonalTriangular(1),
                (ops, x) -> ops.apply(new OrthogonalTriangular(1), onDiagonal(ops, x.get(0), 1, 2, 0.5)),
                real(2, 3, 2));
    }

    private void eigen() {
        for (int axis = 0; axis < 2; axis++) {
            for (MatrixOp op : new MatrixOp[] {new Eigenvalues(axis), new Eigenvectors(axis)}) {
                Applied applied = (ops, x) -> {
                    Node a = onDiagonal(ops, x.get(0), op.axis(), -2, 1.2);
                    return ops.apply(op, a, ops.apply(new Factorization(MatrixRoutine.EIGEN, op.axis()), a));
                };
                if (axis == 0) {
                    for (long n : new long[] {1, 2, 3, 4}) {
                        declare(op, applied, real(n, n));
                    }
                } else {
                    declare(op, applied, real(2, 2, 2));
                }
            }
        }
    }

    private void singular() {
        for (int axis = 0; axis < 2; axis++) {
            for (MatrixOp op : new MatrixOp[] {new SingularValues(axis), new SingularVectors(axis)}) {
                Applied applied = (ops, x) -> {
                    Node a = onDiagonal(ops, x.get(0), op.axis(), 1, 1.2);
                    return ops.apply(op, a, ops.apply(new Factorization(MatrixRoutine.SINGULAR, op.axis()), a));
                };
                if (axis == 0) {
                    declare(op, applied, real(1, 1));
                    declare(op, applied, real(2, 2));
                    declare(op, applied, real(3, 2));
                    declare(op, applied, real(3, 3));
                } else {
                    declare(op, applied, real(2, 3, 2));
                }
            }
        }
    }
}
