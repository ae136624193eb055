package org.curvature4j.op;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;

/** The elements and rows of matrices [batch, rows, columns, batch], taken apart and put together. */
final class Elements {
    private static final int ROW = 1;
    private static final int COLUMN = 2;

    private final Kernels kernels;

    Elements(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Each element, [batch, 1, 1, batch]. */
    Value[][] of(Value matrix) {
        Value[] rows = rowsOf(matrix);
        Value[][] elements = new Value[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            elements[i] = slices(rows[i], COLUMN);
        }
        return elements;
    }

    /** Each row, [batch, 1, columns, batch]. */
    Value[] rowsOf(Value matrix) {
        return slices(matrix, ROW);
    }

    private Value[] slices(Value x, int axis) {
        Shape shape = x.type().shape();
        Value[] parts = new Value[Math.toIntExact(shape.dim(axis))];
        for (int i = 0; i < parts.length; i++) {
            Long[] starts = {0L, 0L, 0L, 0L};
            starts[axis] = (long) i;
            parts[i] = parts.length == 1 ? x : kernels.slice(x, List.of(starts), shape.with(axis, 1));
        }
        return parts;
    }

    /** The elements of (A + A') / 2. */
    Value[][] symmetric(Value matrix) {
        Value[][] a = of(matrix);
        Formula f = Formula.of(kernels, matrix);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = f.mul(f.add(a[i][j], a[j][i]), 0.5);
                a[j][i] = a[i][j];
            }
        }
        return a;
    }

    /** A number for each matrix of a batch. */
    Value constant(Value matrix, double number) {
        return kernels.constant(element(matrix), number);
    }

    private static TensorType element(Value matrix) {
        return matrix.type().withShape(matrix.type().shape().with(ROW, 1).with(COLUMN, 1));
    }

    Value size(Value x) {
        return kernels.apply(Elementwise.ABS, x);
    }

    /** The largest size of any. */
    Value largest(Value[][] a) {
        return Arrays.stream(a)
                .flatMap(Arrays::stream)
                .map(this::size)
                .reduce((x, y) -> kernels.apply(Elementwise.MAX, x, y))
                .orElseThrow();
    }

    /** A matrix of elements. */
    Value matrix(Value[][] elements) {
        Value[] rows = Arrays.stream(elements).map(row -> joined(row, COLUMN)).toArray(Value[]::new);
        return joined(rows, ROW);
    }

    /** A matrix of rows, to each of which the same is added. */
    Value rows(Value[] rows, Value added) {
        return joined(
                Arrays.stream(rows)
                        .map(row -> kernels.apply(Elementwise.ADD, row, added))
                        .toArray(Value[]::new),
                ROW);
    }

    private Value joined(Value[] parts, int axis) {
        return parts.length == 1 ? parts[0] : kernels.concat(List.of(parts), axis);
    }
}
