package org.curvature4j.spectrum;

import java.util.function.LongFunction;
import org.curvature4j.internal.text.Numbers;

/**
 * What must hold of a matrix before a solver may see it: finite entries, symmetry to rounding, a scale far from
 * overflow and underflow.
 */
final class MatrixPreparation {

    /** Squares and sums of a few billion entries within these powers of two neither overflow nor underflow. */
    static final int SAFE_EXPONENT = 400;

    static final double SAFE_LEAST = Math.scalb(1.0, -SAFE_EXPONENT);

    static final double SAFE_MOST = Math.scalb(1.0, SAFE_EXPONENT);

    private static final long LEAST_BITS = Double.doubleToRawLongBits(SAFE_LEAST);
    private static final long MOST_BITS = Double.doubleToRawLongBits(SAFE_MOST);

    private final int order;
    private final Precision precision;
    private final LongFunction<String> names;

    /** @param names how a message calls the matrix of a given index */
    MatrixPreparation(int order, Precision precision, LongFunction<String> names) {
        this.order = order;
        this.precision = precision;
        this.names = names;
    }

    /**
     * The largest magnitude in a matrix that is ready as it is, finite and symmetric to the last bit and of a safe scale;
     * NaN for any other, which the methods below have to look at. One pass without waiting for anything: nearly all
     * matrices are ready.
     */
    double largestIfReady(double[] matrices, int start) {
        long different = 0;
        long largest = order == 0 ? 0 : magnitude(matrices[start]);
        // Row by row below the diagonal, entry by entry of the first row: short loops cost more than what is in them.
        for (int i = 1; i < order; i++) {
            int row = start + i * order;
            int mirror = start + i;
            largest = Math.max(largest, magnitude(matrices[row + i]));
            int j = row;
            do {
                different |= Double.doubleToRawLongBits(matrices[j]) ^ Double.doubleToRawLongBits(matrices[mirror]);
                largest = Math.max(largest, magnitude(matrices[j]));
                mirror += order;
                j++;
            } while (j < row + i);
        }
        return different == 0 && unsafe(largest) >= 0 ? Double.longBitsToDouble(largest) : Double.NaN;
    }

    /** The bits of a number without its sign: the larger, the larger its magnitude, with infinities and NaN last. */
    private static long magnitude(double value) {
        return Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
    }

    /** A negative number if a matrix with this largest magnitude needs a scale or isn't finite, without a branch. */
    private static long unsafe(long largest) {
        return ((largest - LEAST_BITS) | (MOST_BITS - largest)) & -largest;
    }

    /**
     * The largest magnitude in the matrix.
     *
     * @param start where the matrix begins
     * @param index of the matrix, for the message
     * @throws IllegalArgumentException if an entry is NaN or infinite
     */
    double largest(double[] matrices, int start, long index) {
        double largest = 0;
        int end = start + order * order;
        for (int i = start; i < end; i++) {
            largest = Math.max(largest, Math.abs(matrices[i]));
        }
        if (largest <= Double.MAX_VALUE) {
            return largest;
        }
        int bad = start;
        while (Double.isFinite(matrices[bad])) {
            bad++;
        }
        throw new NotFiniteException(names.apply(index) + ": expected finite entries, got " + matrices[bad] + " at "
                + entry((bad - start) / order, (bad - start) % order));
    }

    /**
     * Checks symmetry, then replaces the matrix by its symmetric part times a power of two.
     *
     * @param largest what {@link #largest} found
     * @param scale from {@link #scale}: the entries are multiplied by two to the minus this
     * @return the Frobenius norm of the antisymmetric part that was dropped, scaled like the matrix
     * @throws IllegalArgumentException if mirrored entries differ by more than rounding
     */
    double symmetrise(double[] matrices, int start, double largest, int scale, long index) {
        double worst = 0;
        for (int i = 1; i < order; i++) {
            int row = start + i * order;
            for (int j = 0, mirror = start + i; j < i; j++, mirror += order) {
                worst = Math.max(worst, Math.abs(matrices[row + j] - matrices[mirror]));
            }
        }
        if (worst > precision.symmetryTolerance() * largest + precision.quantum()) {
            throw asymmetric(matrices, start, worst, index);
        }
        if (scale != 0) {
            for (int i = start; i < start + order * order; i++) {
                matrices[i] = Math.scalb(matrices[i], -scale);
            }
        }
        return worst == 0 ? 0 : average(matrices, start);
    }

    /** The power of two that the matrix is divided by: 0 unless its largest entry is extremely large or small. */
    static int scale(double largest) {
        int exponent = Math.getExponent(largest);
        return largest == 0 || Math.abs(exponent) <= SAFE_EXPONENT ? 0 : exponent;
    }

    private double average(double[] matrices, int start) {
        double sumOfSquares = 0;
        for (int i = 1; i < order; i++) {
            for (int j = 0; j < i; j++) {
                int below = start + i * order + j;
                int above = start + j * order + i;
                double half = (matrices[below] - matrices[above]) / 2;
                double mean = matrices[above] + half;
                matrices[below] = mean;
                matrices[above] = mean;
                sumOfSquares += 2 * half * half;
            }
        }
        return Math.sqrt(sumOfSquares);
    }

    private IllegalArgumentException asymmetric(double[] matrices, int start, double worst, long index) {
        for (int i = 1; i < order; i++) {
            for (int j = 0; j < i; j++) {
                double below = matrices[start + i * order + j];
                double above = matrices[start + j * order + i];
                if (Math.abs(below - above) == worst) {
                    return new IllegalArgumentException(
                            names.apply(index) + ": expected a symmetric matrix, got " + above + " at "
                                    + entry(j, i) + " and " + below + " at " + entry(i, j)
                                    + " (mirrored entries may differ by " + Numbers.brief(precision.symmetryTolerance())
                                    + " of the largest; average the matrix with its transpose, or use GeneralSpectrum.of)");
                }
            }
        }
        throw new AssertionError("the worst pair is among the pairs");
    }

    private static String entry(int row, int column) {
        return "[" + row + ", " + column + "]";
    }
}
