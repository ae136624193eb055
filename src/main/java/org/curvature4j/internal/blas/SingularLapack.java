package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * LAPACK's {@code dgesdd} and {@code dgetrf}, called directly for one matrix after another of the same shape.
 *
 * <p>Bidiagonalisation, then divide and conquer; without vectors the differential qd algorithm (LAPACK Users' Guide, third
 * edition, section 2.4.6). J'J is never formed, which would lose every singular value below 1e-8 of the largest. A
 * row-major matrix is to LAPACK its transpose, whose left vectors are the right ones here. Each matrix is copied to the
 * same memory. Used by one thread.
 */
public final class SingularLapack implements SingularRoutine {
    private static final int COLUMN_MAJOR = 102;

    private final int rows;
    private final int columns;
    private final int count;
    private final byte job;
    private final LapackMemory memory;
    private final DoublePointer matrix;
    private final DoublePointer values;
    private final DoublePointer left;
    private final DoublePointer right;
    private final DoublePointer work;
    private final IntPointer integers;
    private final int workSize;
    private final int[] pivots;

    /** @param memory without any yet, closed with this */
    public SingularLapack(int rows, int columns, boolean vectors, LapackMemory memory) {
        this.memory = memory;
        this.rows = rows;
        this.columns = columns;
        count = Math.min(rows, columns);
        job = (byte) (vectors ? 'S' : 'N');
        pivots = new int[count];
        try {
            double[] size = new double[1];
            int status = openblas.LAPACKE_dgesdd_work(
                    COLUMN_MAJOR,
                    job,
                    columns,
                    rows,
                    size,
                    columns,
                    size,
                    size,
                    columns,
                    size,
                    count,
                    size,
                    -1,
                    pivots);
            if (status != 0) {
                throw new IllegalStateException(
                        "dgesdd: no workspace size for " + rows + " by " + columns + ", LAPACK status " + status);
            }
            workSize = (int) size[0];
            Pointer[] parts = memory.allocate(
                    "dgesdd of " + rows + " by " + columns,
                    (long) rows * columns,
                    count,
                    vectors ? (long) columns * count : 1,
                    vectors ? (long) rows * count : 1,
                    workSize,
                    8L * count);
            matrix = (DoublePointer) parts[0];
            values = (DoublePointer) parts[1];
            right = (DoublePointer) parts[2];
            left = (DoublePointer) parts[3];
            work = (DoublePointer) parts[4];
            integers = (IntPointer) parts[5];
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public boolean decompose(
            double[] matrices,
            int start,
            double[] valuesOut,
            int valuesStart,
            double @Nullable [] leftOut,
            double @Nullable [] rightOut) {
        if (rows == 1 && columns == 1) {
            double number = matrices[start];
            valuesOut[valuesStart] = Math.abs(number);
            if (leftOut != null && rightOut != null) {
                leftOut[0] = number < 0 ? -1 : 1;
                rightOut[0] = 1;
            }
            return true;
        }
        matrix.put(matrices, start, rows * columns);
        int status = openblas.LAPACKE_dgesdd_work(
                COLUMN_MAJOR,
                job,
                columns,
                rows,
                matrix,
                columns,
                values,
                right,
                columns,
                left,
                count,
                work,
                workSize,
                integers);
        if (status != 0) {
            return false;
        }
        values.get(valuesOut, valuesStart, count);
        if (leftOut != null && rightOut != null) {
            left.get(leftOut, 0, rows * count);
            right.get(rightOut, 0, columns * count);
        }
        return true;
    }

    @Override
    public void factor(double[] matrices, int start, double[] factors, int[] pivotsOut) {
        matrix.put(matrices, start, rows * columns);
        integers.put(pivots, 0, count);
        int status = openblas.LAPACKE_dgetrf_work(COLUMN_MAJOR, rows, rows, matrix, rows, integers);
        if (status < 0) {
            throw new IllegalStateException("dgetrf: LAPACK status " + status);
        }
        matrix.get(factors, 0, rows * columns);
        integers.get(pivotsOut, 0, count);
    }

    @Override
    public void close() {
        memory.close();
    }
}
