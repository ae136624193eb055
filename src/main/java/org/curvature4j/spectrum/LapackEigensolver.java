package org.curvature4j.spectrum;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.curvature4j.internal.blas.BlasThreads;
import org.jspecify.annotations.Nullable;

/**
 * LAPACK's {@code dsyevd}, called directly: ND4J's wrapper of it costs ten times the work at order 11, reads strided
 * views wrongly and drops the status.
 *
 * <p>Householder tridiagonalisation, then QL with implicit shifts up to order 25 and divide and conquer above (Anderson
 * et al., LAPACK Users' Guide, third edition, section 2.4.4). Each matrix is copied to the same memory, aligned to a
 * cache line, because kernels that peel unaligned heads round differently.
 */
final class LapackEigensolver implements Routines.SymmetricRoutine {

    private static final int COLUMN_MAJOR = 102;
    private static final byte LOWER = 'L';
    private static final int ALIGNMENT = 64;

    private final int order;
    /** The leading dimension, which LAPACK wants positive for a matrix without rows too. */
    private final int leading;

    private final byte job;
    private final BlasThreads threads;
    /** From malloc: JavaCPP's own allocation reads the process' size from the system, 100 us each time. */
    private final Pointer memory;

    private final DoublePointer matrix;
    private final DoublePointer values;
    private final DoublePointer work;
    private final IntPointer integerWork;
    private final int workSize;
    private final int integerWorkSize;

    LapackEigensolver(int order, boolean vectors) {
        this.order = order;
        leading = Math.max(1, order);
        job = (byte) (vectors ? 'V' : 'N');
        threads = BlasThreads.single();
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
            long matrixBytes = aligned(8L * order * order);
            long valueBytes = aligned(8L * order);
            long workBytes = aligned(8L * workSize);
            long bytes = matrixBytes + valueBytes + workBytes + 4L * integerWorkSize + ALIGNMENT;
            memory = Pointer.malloc(bytes);
            if (memory == null || memory.isNull()) {
                throw new OutOfMemoryError("dsyevd: no " + bytes + " bytes for a matrix of " + order + " rows");
            }
            long start = -memory.address() & (ALIGNMENT - 1);
            BytePointer byBytes = new BytePointer(memory);
            matrix = new DoublePointer(byBytes.getPointer(start));
            values = new DoublePointer(byBytes.getPointer(start + matrixBytes));
            work = new DoublePointer(byBytes.getPointer(start + matrixBytes + valueBytes));
            integerWork = new IntPointer(byBytes.getPointer(start + matrixBytes + valueBytes + workBytes));
        } catch (RuntimeException | Error e) {
            threads.close();
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
