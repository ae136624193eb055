package org.curvature4j.spectrum;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.curvature4j.internal.blas.BlasThreads;
import org.jspecify.annotations.Nullable;

/**
 * LAPACK's {@code dgesdd} and {@code dgetrf}, called directly for one matrix after another of the same shape.
 *
 * <p>Bidiagonalisation, then divide and conquer; without vectors the differential qd algorithm (LAPACK Users' Guide, third
 * edition, section 2.4.6). J'J is never formed, which would lose every singular value below 1e-8 of the largest. A
 * row-major matrix is to LAPACK its transpose, whose left vectors are the right ones here. Each matrix is copied to the
 * same memory, aligned to a cache line, because kernels that peel unaligned heads round differently. Used by one thread.
 */
final class SingularSolver implements Routines.SingularRoutine {
    private static final int COLUMN_MAJOR = 102;
    private static final int ALIGNMENT = 64;

    private final int rows;
    private final int columns;
    private final int count;
    private final byte job;
    private final BlasThreads threads;
    private final Pointer memory;
    private final DoublePointer matrix;
    private final DoublePointer values;
    private final DoublePointer left;
    private final DoublePointer right;
    private final DoublePointer work;
    private final IntPointer integers;
    private final int workSize;
    private final int[] pivots;

    SingularSolver(int rows, int columns, boolean vectors) {
        this.rows = rows;
        this.columns = columns;
        count = Math.min(rows, columns);
        job = (byte) (vectors ? 'S' : 'N');
        pivots = new int[count];
        threads = BlasThreads.single();
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
            long[] bytes = {
                aligned(8L * rows * columns),
                aligned(8L * count),
                aligned(vectors ? 8L * columns * count : 8),
                aligned(vectors ? 8L * rows * count : 8),
                aligned(8L * workSize),
                aligned(4L * 8 * count)
            };
            long total = ALIGNMENT;
            for (long part : bytes) {
                total += part;
            }
            memory = Pointer.malloc(total);
            if (memory == null || memory.isNull()) {
                throw new OutOfMemoryError("dgesdd: no " + total + " bytes for " + rows + " by " + columns);
            }
            BytePointer byBytes = new BytePointer(memory);
            long at = -memory.address() & (ALIGNMENT - 1);
            matrix = new DoublePointer(byBytes.getPointer(at));
            values = new DoublePointer(byBytes.getPointer(at += bytes[0]));
            right = new DoublePointer(byBytes.getPointer(at += bytes[1]));
            left = new DoublePointer(byBytes.getPointer(at += bytes[2]));
            work = new DoublePointer(byBytes.getPointer(at += bytes[3]));
            integers = new IntPointer(byBytes.getPointer(at + bytes[4]));
        } catch (RuntimeException | Error e) {
            threads.close();
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
        if (!memory.isNull()) {
            Pointer.free(memory);
            memory.setNull();
            threads.close();
        }
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
