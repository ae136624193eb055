package org.curvature4j.internal.blas;

import java.util.function.UnaryOperator;

/** A library whose results for matrices in graphs are spoilt, for tests of what becomes of them. */
public final class FaultyKernels implements AutoCloseable {
    /** How results are spoilt. */
    public enum Fault {
        FIRST_NUMBER,
        MIDDLE_NUMBER,
        ALL_NUMBERS,
        NOT_A_NUMBER,
        NO_RESULT;

        private boolean spoil(double[] z) {
            switch (this) {
                case FIRST_NUMBER -> z[0] += 1e-5 * (1 + Math.abs(z[0]));
                case MIDDLE_NUMBER -> z[z.length / 2] += 1e-5 * (1 + Math.abs(z[z.length / 2]));
                case ALL_NUMBERS -> scale(z, x -> x * (1 + 1e-5));
                case NOT_A_NUMBER -> z[0] = Double.NaN;
                case NO_RESULT -> {
                    return false;
                }
            }
            return true;
        }

        private static void scale(double[] z, UnaryOperator<Double> by) {
            for (int i = 0; i < z.length; i++) {
                z[i] = by.apply(z[i]);
            }
        }
    }

    /**
     * Spoils what the library gives until it is closed.
     *
     * @param java whether what Java code finds in its place is spoilt too
     */
    public FaultyKernels(Fault fault, boolean java) {
        MatrixKernel.use(
                (kernel, a, b, z) -> kernel.compute(a, b, z) && fault.spoil(z),
                (kernel, a, b, z) -> kernel.recompute(a, b, z) && (!java || fault.spoil(z)));
    }

    @Override
    public void close() {
        MatrixKernel.use(MatrixKernel::compute, MatrixKernel::recompute);
    }
}
