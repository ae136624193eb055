package org.curvature4j.internal.composition;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Ops;

/** Parts of the last two axes, chosen by constant masks. */
public final class Matrices {
    private Matrices() {}

    /** Whether a mask has a one at a row and a column. */
    public interface Chosen {
        boolean at(long row, long column);
    }

    /** Ones where chosen, zeros elsewhere, alike in every matrix of a stack. */
    public static Node mask(Ops o, TensorType type, Chosen chosen) {
        Shape shape = type.shape();
        int rank = shape.rank();
        long rows = shape.dim(rank - 2);
        long columns = shape.dim(rank - 1);
        double[] values = new double[(int) (rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = chosen.at(i / columns, i % columns) ? 1 : 0;
        }
        Node matrix = o.constant(TensorType.of(type.dtype(), rows, columns), values);
        return o.broadcast(Broadcasting.raise(o, matrix, rank), shape);
    }

    /** The chosen elements of each matrix, zeros elsewhere. */
    public static Node keep(Ops o, Node x, Chosen chosen) {
        return o.select(conditions(o, x, chosen), x, o.like(x, 0));
    }

    public static Node conditions(Ops o, Node x, Chosen chosen) {
        int rank = x.shape().rank();
        TensorType matrix =
                TensorType.of(DType.BOOL, x.shape().dim(rank - 2), x.shape().dim(rank - 1));
        return Broadcasting.raise(o, mask(o, matrix, chosen), rank);
    }

    /** The elements on the main diagonal of each matrix, along one axis. */
    public static Node diagonal(Ops o, Node x) {
        int rank = x.shape().rank();
        long size = Math.min(x.shape().dim(rank - 2), x.shape().dim(rank - 1));
        Node square = o.slice(o.slice(x, rank - 2, 0, size), rank - 1, 0, size);
        Node kept = keep(o, square, (i, j) -> i == j);
        return o.reshape(
                o.sum(kept, List.of(rank - 1)), x.shape().dropLast().dropLast().append(size));
    }
}
