package org.curvature4j.op;

import org.curvature4j.graph.Shape;
import org.curvature4j.op.Kernels.Value;

/**
 * Decompositions of small matrices as operations on their elements, each of which stands for that element of all matrices of
 * a batch: for scalar code, where layout costs nothing, and for backends without a routine.
 */
public final class UnrolledMatrices {
    /** Rows up to which eigenvalues are unrolled: a sweep of rotations grows with the cube. */
    private static final int LARGEST_ROTATED = 4;

    private final Kernels kernels;
    private final Formula f;

    private UnrolledMatrices(Kernels kernels, Value first) {
        this.kernels = kernels;
        this.f = Formula.of(kernels, first);
    }

    /**
     * Whether operands are small enough.
     *
     * @param limit rows, up to which a backend takes the operations, whose number grows with the cube
     */
    public static boolean suits(MatrixRoutine routine, long limit, Value... operands) {
        return rows(routine, operands[0].type().shape()) <= limit(routine, limit)
                && operands[0].type().shape().dim(2) <= limit(routine, limit);
    }

    /** What of some operands isn't unrolled, in words. */
    public static String refusal(MatrixRoutine routine, long limit, Value... operands) {
        Shape shape = operands[0].type().shape();
        return routine.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " of " + rows(routine, shape)
                + " x " + shape.dim(2) + " matrices: operations on elements take its place up to "
                + limit(routine, limit) + " rows";
    }

    private static long limit(MatrixRoutine routine, long limit) {
        boolean rotated = routine == MatrixRoutine.EIGEN || routine == MatrixRoutine.SINGULAR;
        return rotated ? Math.min(limit, LARGEST_ROTATED) : limit;
    }

    /** Factors have two rows more than their matrix. */
    private static long rows(MatrixRoutine routine, Shape shape) {
        boolean factored =
                routine == MatrixRoutine.SOLVE_FACTORED || routine == MatrixRoutine.SOLVE_FACTORED_TRANSPOSED;
        return shape.dim(factored ? 2 : 1);
    }

    /** As {@link Kernels#matrices}, by the kernels' elementwise operations and moves. */
    public static Value of(Kernels kernels, MatrixRoutine routine, Value... operands) {
        UnrolledMatrices unrolled = new UnrolledMatrices(kernels, operands[0]);
        Elements e = new Elements(kernels);
        return switch (routine) {
            case CHOLESKY -> unrolled.cholesky(e, operands[0]);
            case LU -> unrolled.factors(e, operands[0]);
            case QR -> Reflections.of(kernels, operands[0]);
            case EIGEN -> Rotations.eigen(kernels, operands[0]);
            case SINGULAR -> Rotations.singular(kernels, operands[0]);
            case SOLVE_LOWER -> unrolled.solve(e, operands, false, true);
            case SOLVE_LOWER_TRANSPOSED -> unrolled.solve(e, operands, true, false);
            case SOLVE_UPPER -> unrolled.solve(e, operands, false, false);
            case SOLVE_UPPER_TRANSPOSED -> unrolled.solve(e, operands, true, true);
            case SOLVE_FACTORED -> unrolled.solveFactored(e, operands[0], operands[1]);
            case SOLVE_FACTORED_TRANSPOSED -> unrolled.solveTransposed(e, operands[0], operands[1]);
        };
    }

    /** Column by column; the root of what isn't positive is NaN, and all that follows. */
    private Value cholesky(Elements e, Value matrix) {
        Value[][] a = e.symmetric(matrix);
        int n = a.length;
        Value bad = f.of(0);
        for (int j = 0; j < n; j++) {
            Value pivot = a[j][j];
            for (int k = 0; k < j; k++) {
                pivot = f.sub(pivot, f.mul(a[j][k], a[j][k]));
            }
            Value isPositive = kernels.test(Comparison.GT, pivot, f.of(0));
            a[j][j] = kernels.apply(Elementwise.SQRT, kernels.select(isPositive, pivot, f.of(Double.NaN)));
            for (int i = j + 1; i < n; i++) {
                Value rest = a[i][j];
                for (int k = 0; k < j; k++) {
                    rest = f.sub(rest, f.mul(a[i][k], a[j][k]));
                }
                a[i][j] = f.div(rest, a[j][j]);
            }
            bad = f.add(bad, f.mul(a[j][j], 0));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = j > i ? bad : f.add(a[i][j], bad);
            }
        }
        return e.matrix(a);
    }

    /** Gaussian elimination; rows change places one by one until the largest leads. */
    private Value factors(Elements e, Value matrix) {
        int n = Math.toIntExact(matrix.type().shape().dim(2));
        Value[][] rows = new Value[n + 2][];
        Value[][] a = e.of(matrix);
        System.arraycopy(a, 0, rows, 0, n);
        Value[] order = new Value[n];
        for (int i = 0; i < n; i++) {
            order[i] = e.constant(matrix, i);
        }
        Value sign = e.constant(matrix, 1);
        for (int k = 0; k < n; k++) {
            for (int i = k + 1; i < n; i++) {
                Value larger = kernels.test(Comparison.GT, e.size(rows[i][k]), e.size(rows[k][k]));
                for (int j = 0; j < n; j++) {
                    Value upper = rows[k][j];
                    rows[k][j] = kernels.select(larger, rows[i][j], upper);
                    rows[i][j] = kernels.select(larger, upper, rows[i][j]);
                }
                Value first = order[k];
                order[k] = kernels.select(larger, order[i], first);
                order[i] = kernels.select(larger, first, order[i]);
                sign = kernels.select(larger, kernels.apply(Elementwise.NEG, sign), sign);
            }
            Value pivot = rows[k][k];
            sign = f.mul(sign, kernels.apply(Elementwise.SIGN, pivot));
            Value divisor = kernels.select(f.isEqual(pivot, 0), f.of(1), pivot);
            for (int i = k + 1; i < n; i++) {
                rows[i][k] = f.div(rows[i][k], divisor);
                for (int j = k + 1; j < n; j++) {
                    rows[i][j] = f.sub(rows[i][j], f.mul(rows[i][k], rows[k][j]));
                }
            }
        }
        rows[n] = order;
        Value[] signs = new Value[n];
        java.util.Arrays.fill(signs, sign);
        rows[n + 1] = signs;
        return e.matrix(rows);
    }

    /**
     * Row by row.
     *
     * @param forward whether the first row is solved first
     */
    private Value solve(Elements e, Value[] operands, boolean transposed, boolean forward) {
        Value[][] t = e.of(operands[0]);
        return e.rows(substitute(t, e.rowsOf(operands[1]), transposed, forward, false), singular(t));
    }

    private Value[] substitute(Value[][] t, Value[] right, boolean transposed, boolean forward, boolean unit) {
        int n = right.length;
        Value[] x = right.clone();
        for (int step = 0; step < n; step++) {
            int i = forward ? step : n - 1 - step;
            for (int known = 0; known < step; known++) {
                int j = forward ? known : n - 1 - known;
                x[i] = f.sub(x[i], f.mul(transposed ? t[j][i] : t[i][j], x[j]));
            }
            x[i] = unit ? x[i] : f.div(x[i], t[i][i]);
        }
        return x;
    }

    /** NaN where the diagonal has a zero, else 0. */
    private Value singular(Value[][] t) {
        Value sum = f.of(0);
        for (int i = 0; i < t[0].length; i++) {
            sum = f.add(sum, kernels.select(f.isEqual(t[i][i], 0), f.of(Double.NaN), f.of(0)));
        }
        return sum;
    }

    private Value solveFactored(Elements e, Value factors, Value right) {
        Value[][] lu = e.of(factors);
        Value[] b = e.rowsOf(right);
        Value[] moved = new Value[b.length];
        for (int i = 0; i < b.length; i++) {
            moved[i] = b[0];
            for (int j = 1; j < b.length; j++) {
                moved[i] = kernels.select(f.isEqual(lu[b.length][i], j), b[j], moved[i]);
            }
        }
        Value[] half = substitute(lu, moved, false, true, true);
        return e.rows(substitute(lu, half, false, false, false), singular(lu));
    }

    private Value solveTransposed(Elements e, Value factors, Value right) {
        Value[][] lu = e.of(factors);
        Value[] half = substitute(lu, e.rowsOf(right), true, true, false);
        Value[] solved = substitute(lu, half, true, false, true);
        Value[] moved = new Value[solved.length];
        for (int j = 0; j < solved.length; j++) {
            moved[j] = solved[0];
            for (int i = 1; i < solved.length; i++) {
                moved[j] = kernels.select(f.isEqual(lu[solved.length][i], j), solved[i], moved[j]);
            }
        }
        return e.rows(moved, singular(lu));
    }
}
