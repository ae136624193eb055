package org.curvature4j.internal.engine.nd4j;

import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import org.bytedeco.javacpp.DoublePointer;
import org.curvature4j.internal.engine.program.Step;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A block of a product of two float64 matrices by OpenBLAS, on ND4J's memory. */
final class NativeProduct implements Step {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private final int transposeA;
    private final int transposeB;
    private final int rows;
    private final int columns;
    private final int summed;
    private final double scale;
    private final double kept;
    private final DoublePointer a;
    private final DoublePointer b;
    private final DoublePointer z;
    private final int strideA;
    private final int strideB;
    private final int strideZ;

    /**
     * Two row-major matrices, which are transposed in reading, and a number times their product.
     *
     * @param symmetric whether the result is, to rounding
     */
    record Factors(INDArray a, INDArray b, boolean transposeA, boolean transposeB, double scale, boolean symmetric) {
        long summed() {
            return a.size(transposeA ? 0 : 1);
        }
    }

    /** @param kept 0, or 1 to add to what the result holds */
    NativeProduct(Factors factors, INDArray z, double kept, ProductBlocks.Block block) {
        this.transposeA = factors.transposeA() ? TRANSPOSED : PLAIN;
        this.transposeB = factors.transposeB() ? TRANSPOSED : PLAIN;
        this.rows = Math.toIntExact(block.rows());
        this.columns = Math.toIntExact(block.columns());
        this.summed = Math.toIntExact(factors.summed());
        this.scale = factors.scale();
        this.kept = kept;
        this.strideA = Math.toIntExact(factors.a().size(1));
        this.strideB = Math.toIntExact(factors.b().size(1));
        this.strideZ = Math.toIntExact(z.size(1));
        this.a = numbers(factors.a(), factors.transposeA() ? block.row() : block.row() * strideA);
        this.b = numbers(factors.b(), factors.transposeB() ? block.column() * strideB : block.column());
        this.z = numbers(z, block.row() * strideZ + block.column());
    }

    /** The array keeps the memory. */
    private static DoublePointer numbers(INDArray array, long from) {
        return new DoublePointer(array.data().addressPointer()).getPointer(from);
    }

    /** Whether this computes products with such a result; others are ND4J's. */
    static boolean can(INDArray a, INDArray z) {
        return z.rank() == 2
                && z.dataType() == DataType.DOUBLE
                && !z.isEmpty()
                && !a.isEmpty()
                && Nd4j.getEnvironment().isCPU();
    }

    @Override
    public void run() {
        cblas_dgemm(
                ROW_MAJOR,
                transposeA,
                transposeB,
                rows,
                columns,
                summed,
                scale,
                a,
                strideA,
                b,
                strideB,
                kept,
                z,
                strideZ);
    }
}
