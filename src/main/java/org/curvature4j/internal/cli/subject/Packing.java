package org.curvature4j.internal.cli.subject;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.curvature4j.stream.RowSink;

/**
 * Symmetric matrices as their upper triangles, row by row from the diagonal on: of n x n numbers the n (n + 1) / 2 with
 * column >= row. LAPACK calls the same bytes, its matrices being stored by columns, packed storage of the lower triangle.
 */
public final class Packing implements RowSink {
    private final RowSink sink;
    private final int order;
    private final int packed;
    private final ConcurrentLinkedDeque<double[]> idle = new ConcurrentLinkedDeque<>();

    /** Packs matrices of so many rows on their way to a sink. */
    public Packing(RowSink sink, int order) {
        this.sink = sink;
        this.order = order;
        this.packed = Math.toIntExact(length(order));
    }

    /** Numbers of a packed matrix. */
    public static long length(long order) {
        return order * (order + 1) / 2;
    }

    /** Rows of the matrix that has so many numbers packed, or -1 if none has. */
    static long order(long length) {
        long order = (long) ((Math.sqrt(8.0 * length + 1) - 1) / 2);
        while (length(order) < length) {
            order++;
        }
        return length(order) == length ? order : -1;
    }

    @Override
    public void write(long first, int count, double[] rows) {
        double[] pooled = idle.poll();
        int wanted = Math.multiplyExact(count, packed);
        double[] triangles = pooled != null && pooled.length >= wanted ? pooled : new double[wanted];
        int to = 0;
        for (int matrix = 0; matrix < count; matrix++) {
            int from = matrix * order * order;
            for (int row = 0; row < order; row++) {
                System.arraycopy(rows, from + row * order + row, triangles, to, order - row);
                to += order - row;
            }
        }
        sink.write(first, count, triangles);
        idle.push(triangles);
    }

    /**
     * Turns packed matrices into whole ones.
     *
     * @param into takes {@code count} matrices of n x n numbers
     */
    static void unpack(double[] triangles, int count, int order, double[] into) {
        int from = 0;
        for (int matrix = 0; matrix < count; matrix++) {
            int to = matrix * order * order;
            for (int row = 0; row < order; row++) {
                for (int column = row; column < order; column++) {
                    double value = triangles[from++];
                    into[to + row * order + column] = value;
                    into[to + column * order + row] = value;
                }
            }
        }
    }
}
