package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * LAPACK's {@code dsyevd}, called directly: ND4J's wrapper of it costs ten times the work at order 11, reads strided
 * views wrongly and drops the status.
 *
 * <p>Householder tridiagonalisation, then QL with implicit shifts up to order 25 and divide and conquer above (Anderson
 * et al., LAPACK Users' Guide, third edition, section 2.4.4). Each matrix is copied to the same memory.
 */
public final class SymmetricLapack implements SymmetricRoutine {

    private static final int COLUMN_MAJOR = 102;
    private static final byte LOWER = 'L';

    private final int order;
    /** The leading dimension, which LAPACK wants positive for a matrix without rows too. */
    private final int leading;

    private final byte job;
    private final LapackMemory memory;
    private final DoublePointer matrix;
    private final DoublePointer values;
    private final DoublePointer work;
    private final IntPointer integerWork;
    private final int workSize;
    private final int integerWorkSize;

    /** @param memory without any yet, closed with this */
    public SymmetricLapack(int order, boolean vectors, LapackMemory memory) {
        this.order = order;
        this.memory = memory;
        leading = Math.max(1, order);
        job = (byte) (vectors ? 'V' : 'N');
        try {
            double[] size = new double[1];
            int[] integerSize = new int[1];
            int status = openblas.LAPACKE_dsyevd_work(
                    COLUMN_MAJOR, job, LOWER, order, size, leading, size, size, -1, integerSize, -1);
            if (status != 0) {
                throw new IllegalStateException(
                        "dsyevd: no workspace size for order " + order + ", LAPACK status " + status);
            }
            workSize = (int) size[0];
            integerWorkSize = integerSize[0];
            String what = "dsyevd of " + order + " rows";
            Pointer[] parts = memory.allocate(what, (long) order * order, order, workSize, integerWorkSize);
            matrix = (DoublePointer) parts[0];
            values = (DoublePointer) parts[1];
            work = (DoublePointer) parts[2];
            integerWork = (IntPointer) parts[3];
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public boolean solve(
            double[] matrices, int start, double[] valuesOut, int valueStart, double @Nullable [] vectorsOut) {
        int size = order * order;
        matrix.put(matrices, start, size);
        int status = openblas.LAPACKE_dsyevd_work(
                COLUMN_MAJOR, job, LOWER, order, matrix, leading, values, work, workSize, integerWork, integerWorkSize);
        if (status != 0) {
            return false;
        }
        values.get(valuesOut, valueStart, order);
        if (vectorsOut != null) {
            matrix.get(vectorsOut, start, size);
        }
        return true;
    }

    @Override
    public void close() {
        memory.close();
    }
}
