package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.op.Kernels.Value;

/**
 * Eigenvalues and singular values of small matrices by a fixed number of sweeps of Jacobi's rotations, which converge
 * quadratically: to rounding after so many for up to four rows (Golub and Van Loan, Matrix Computations, sections 8.5 and
 * 8.6).
 */
final class Rotations {
    private final Kernels kernels;
    private final Formula f;
    private final Elements e;
    private final Value matrix;

    /** A rotation of two columns. */
    private record Turn(Value tangent, Value cosine, Value sine) {}

    private Rotations(Kernels kernels, Value matrix) {
        this.kernels = kernels;
        this.f = Formula.of(kernels, matrix);
        this.e = new Elements(kernels);
        this.matrix = matrix;
    }

    static Value eigen(Kernels kernels, Value matrix) {
        return new Rotations(kernels, matrix).eigen();
    }

    static Value singular(Kernels kernels, Value matrix) {
        return new Rotations(kernels, matrix).singular();
    }

    private static int sweeps(int columns, int ofTwo) {
        return columns < 3 ? ofTwo : columns + 4;
    }

    private Value[][] identity(int n) {
        Value[][] identity = new Value[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                identity[i][j] = e.constant(matrix, i == j ? 1 : 0);
            }
        }
        return identity;
    }

    private Value eigen() {
        Value[][] a = e.symmetric(matrix);
        int n = a.length;
        Value[][] v = identity(n);
        for (int sweep = 0; sweep < sweeps(n, 1); sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    annihilate(a, v, p, q);
                }
            }
        }
        Value[] values = new Value[n];
        for (int i = 0; i < n; i++) {
            values[i] = a[i][i];
        }
        sort(Comparison.LT, values, List.of(v));
        List<Value[]> rows = new ArrayList<>();
        rows.add(values);
        signed(v, List.of(v));
        rows.addAll(List.of(v));
        return e.matrix(rows.toArray(Value[][]::new));
    }

    private void annihilate(Value[][] a, Value[][] v, int p, int q) {
        Turn turn = turn(f.sub(a[q][q], a[p][p]), a[p][q]);
        Value shift = f.mul(turn.tangent(), a[p][q]);
        a[p][p] = f.sub(a[p][p], shift);
        a[q][q] = f.add(a[q][q], shift);
        a[p][q] = e.constant(matrix, 0);
        a[q][p] = a[p][q];
        for (int r = 0; r < a.length; r++) {
            if (r != p && r != q) {
                rotate(turn, a[r], p, q);
                a[p][r] = a[r][p];
                a[q][r] = a[r][q];
            }
            rotate(turn, v[r], p, q);
        }
    }

    /** The smaller of two rotations by which twice the angle's cotangent is a difference over twice a product. */
    private Turn turn(Value difference, Value product) {
        Value none = f.isEqual(product, 0);
        Value divisor = kernels.select(none, f.of(1), f.mul(product, 2));
        Value cotangent = f.div(difference, divisor);
        Value size = e.size(cotangent);
        Value root = kernels.apply(Elementwise.SQRT, f.add(f.mul(size, size), 1));
        Value smaller = f.div(f.of(1), f.add(size, root));
        Value signed = kernels.select(f.isLess(cotangent, 0), kernels.apply(Elementwise.NEG, smaller), smaller);
        Value tangent = kernels.select(none, f.of(0), signed);
        Value cosine = f.div(f.of(1), kernels.apply(Elementwise.SQRT, f.add(f.mul(tangent, tangent), 1)));
        return new Turn(tangent, cosine, f.mul(tangent, cosine));
    }

    private void rotate(Turn turn, Value[] row, int p, int q) {
        Value first = row[p];
        row[p] = f.sub(f.mul(turn.cosine(), first), f.mul(turn.sine(), row[q]));
        row[q] = f.add(f.mul(turn.sine(), first), f.mul(turn.cosine(), row[q]));
    }

    private Value singular() {
        Value[][] a = e.of(matrix);
        int n = a[0].length;
        Value largest = e.largest(a);
        Value scale = kernels.select(f.isEqual(largest, 0), f.of(1), largest);
        for (Value[] row : a) {
            for (int j = 0; j < n; j++) {
                row[j] = f.div(row[j], scale);
            }
        }
        Value[][] v = identity(n);
        for (int sweep = 0; sweep < sweeps(n, 2); sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    Turn turn = turn(f.sub(dot(a, q, q), dot(a, p, p)), dot(a, p, q));
                    for (Value[] row : a) {
                        rotate(turn, row, p, q);
                    }
                    for (Value[] row : v) {
                        rotate(turn, row, p, q);
                    }
                }
            }
        }
        Value[] values = new Value[n];
        for (int j = 0; j < n; j++) {
            Value norm = kernels.apply(Elementwise.SQRT, dot(a, j, j));
            values[j] = f.mul(norm, scale);
            for (Value[] row : a) {
                row[j] = f.div(row[j], norm);
            }
        }
        List<Value[]> vectors = new ArrayList<>(List.of(a));
        vectors.addAll(List.of(v));
        sort(Comparison.GT, values, vectors);
        signed(v, vectors);
        List<Value[]> rows = new ArrayList<>();
        rows.add(values);
        rows.addAll(vectors);
        return e.matrix(rows.toArray(Value[][]::new));
    }

    private Value dot(Value[][] a, int p, int q) {
        Value sum = f.mul(a[0][p], a[0][q]);
        for (int i = 1; i < a.length; i++) {
            sum = f.add(sum, f.mul(a[i][p], a[i][q]));
        }
        return sum;
    }

    /** Columns in the order of their values. */
    private void sort(Comparison before, Value[] values, List<Value[]> rows) {
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                Value swap = kernels.test(before, values[j], values[i]);
                exchange(swap, values, i, j);
                for (Value[] row : rows) {
                    exchange(swap, row, i, j);
                }
            }
        }
    }

    private void exchange(Value swap, Value[] row, int i, int j) {
        Value first = row[i];
        row[i] = kernels.select(swap, row[j], first);
        row[j] = kernels.select(swap, first, row[j]);
    }

    /** Turns the columns of which the deciding element is negative. */
    private void signed(Value[][] deciding, List<Value[]> rows) {
        for (int j = 0; j < deciding[0].length; j++) {
            Value largest = e.size(deciding[0][j]);
            for (Value[] row : deciding) {
                largest = kernels.apply(Elementwise.MAX, largest, e.size(row[j]));
            }
            Value least = f.mul(largest, MatrixRoutine.LEADING);
            Value lead = deciding[deciding.length - 1][j];
            for (int i = deciding.length - 2; i >= 0; i--) {
                Value enough = kernels.test(Comparison.GE, e.size(deciding[i][j]), least);
                lead = kernels.select(enough, deciding[i][j], lead);
            }
            Value negative = f.isLess(lead, 0);
            for (Value[] row : rows) {
                row[j] = kernels.select(negative, kernels.apply(Elementwise.NEG, row[j]), row[j]);
            }
        }
    }
}
