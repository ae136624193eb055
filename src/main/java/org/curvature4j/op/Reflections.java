package org.curvature4j.op;

import org.curvature4j.op.Kernels.Value;

/**
 * Q and R of small matrices by Householder's reflections, in the signs of LAPACK's dgeqrf: R's diagonal has the sign opposite
 * to what it replaces, but where nothing is left to reflect (Golub and Van Loan, Matrix Computations, section 5.2).
 */
final class Reflections {
    private final Kernels kernels;
    private final Formula f;

    private Reflections(Kernels kernels, Value matrix) {
        this.kernels = kernels;
        this.f = Formula.of(kernels, matrix);
    }

    static Value of(Kernels kernels, Value matrix) {
        return new Reflections(kernels, matrix).decompose(matrix);
    }

    private Value decompose(Value matrix) {
        Elements e = new Elements(kernels);
        Value[][] a = e.of(matrix);
        int rows = a.length;
        int columns = a[0].length;
        Value largest = e.largest(a);
        Value scale = kernels.select(f.isEqual(largest, 0), f.of(1), largest);
        for (Value[] row : a) {
            for (int j = 0; j < columns; j++) {
                row[j] = f.div(row[j], scale);
            }
        }
        Value zero = e.constant(matrix, 0);
        Value[][] factors = new Value[columns][];
        for (int k = 0; k < Math.min(columns, rows - 1); k++) {
            factors[k] = reflect(a, k);
        }
        Value[][] q = identity(e, matrix, rows, columns);
        for (int k = Math.min(columns, rows - 1) - 1; k >= 0; k--) {
            for (int j = k; j < columns; j++) {
                apply(factors[k], q, k, j);
            }
        }
        Value[][] both = new Value[rows + columns][];
        System.arraycopy(q, 0, both, 0, rows);
        for (int i = 0; i < columns; i++) {
            both[rows + i] = new Value[columns];
            for (int j = 0; j < columns; j++) {
                both[rows + i][j] = j < i ? zero : f.mul(a[i][j], scale);
            }
        }
        return e.matrix(both);
    }

    private static Value[][] identity(Elements e, Value matrix, int rows, int columns) {
        Value[][] q = new Value[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                q[i][j] = e.constant(matrix, i == j ? 1 : 0);
            }
        }
        return q;
    }

    /** Takes a column below the diagonal to zero, and gives the reflection: v from row k on, v_k = tau in place of 1. */
    private Value[] reflect(Value[][] a, int k) {
        int rows = a.length;
        Value rest = f.mul(a[k + 1][k], a[k + 1][k]);
        for (int i = k + 2; i < rows; i++) {
            rest = f.add(rest, f.mul(a[i][k], a[i][k]));
        }
        Value lead = a[k][k];
        Value nothing = f.isEqual(rest, 0);
        Value norm = kernels.apply(Elementwise.SQRT, f.add(f.mul(lead, lead), rest));
        Value opposite =
                kernels.select(kernels.test(Comparison.GE, lead, f.of(0)), kernels.apply(Elementwise.NEG, norm), norm);
        Value difference = kernels.select(nothing, f.of(1), f.sub(lead, opposite));
        Value divisor = kernels.select(nothing, f.of(1), opposite);
        Value[] v = new Value[rows];
        v[k] = kernels.select(nothing, f.of(0), f.div(f.sub(opposite, lead), divisor));
        for (int i = k + 1; i < rows; i++) {
            v[i] = f.div(a[i][k], difference);
        }
        a[k][k] = kernels.select(nothing, lead, opposite);
        for (int j = k + 1; j < a[0].length; j++) {
            apply(v, a, k, j);
        }
        return v;
    }

    /** x - tau v v'x, from row k on, of a column. */
    private void apply(Value[] v, Value[][] a, int k, int column) {
        Value sum = a[k][column];
        for (int i = k + 1; i < a.length; i++) {
            sum = f.add(sum, f.mul(v[i], a[i][column]));
        }
        Value moved = f.mul(v[k], sum);
        a[k][column] = f.sub(a[k][column], moved);
        for (int i = k + 1; i < a.length; i++) {
            a[i][column] = f.sub(a[i][column], f.mul(moved, v[i]));
        }
    }
}
