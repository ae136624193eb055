package org.curvature4j.estimate;

import java.util.Arrays;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * For each of s vectors Y = Q B, the direction of their span that would be missing without it: the projector on the span
 * of the others is Q (I - t t') Q', so that one basis serves for all s (Epperly, Tropp, Webber 2024, section 4.1).
 *
 * <p>That t is orthogonal to every column of B but column i. With an orthonormal basis V of the rows of B, B' = V T, it is
 * T^-1 V'e_i where e_i lies in the span of V. Where it doesn't, the others span all of Q already, as they nearly always
 * do when there are fewer directions than vectors.
 */
final class LeaveOneOut {
    /**
     * What the standard error of s estimates, each of which leaves out another vector, is multiplied by. As if they were
     * independent it would be too small, by 10 to 40 percent where eigenvalues decay: probe j changes estimate i through
     * the projector about as probe i changes estimate j, and both changes enter the mean with the same sign. Where all of
     * the spread comes from such pairs, the variance of the mean is just twice that of independent numbers; where none
     * does, this is too large by as much.
     */
    static final double DEPENDENCE = Math.sqrt(2);

    /** How far the square norm of V'e_i may be from 1 by rounding. */
    private static final double ROUNDING = 1e-10;

    private final double[][] rows;
    private final double[] lengths;
    private final double[][] triangle;

    LeaveOneOut(ThinQr basis) {
        rows = Arrays.stream(basis.coefficients()).map(double[]::clone).toArray(double[][]::new);
        lengths = Arrays.stream(rows).mapToDouble(Vectors::norm).toArray();
        triangle = ThinQr.ofIndependent(rows).coefficients();
    }

    /** The unit vector t of r numbers for vector i; null if without that vector nothing is missing. */
    double @Nullable [] missing(int i) {
        int rank = rows.length;
        double[] missing = new double[rank];
        Arrays.setAll(missing, k -> rows[k][i]);
        if (rank == 0 || Vectors.dot(missing, missing) < 1 - ROUNDING) {
            return null;
        }
        // T t = V'e_i from below; T is the triangle of rows of length 1, its columns times the lengths.
        for (int k = rank - 1; k >= 0; k--) {
            for (int j = k + 1; j < rank; j++) {
                missing[k] -= triangle[k][j] * missing[j];
            }
            missing[k] /= triangle[k][k];
        }
        double shortest = Arrays.stream(lengths).min().orElseThrow();
        for (int k = 0; k < rank; k++) {
            missing[k] *= shortest / lengths[k];
        }
        double norm = Vectors.norm(missing);
        for (int k = 0; k < rank; k++) {
            missing[k] /= norm;
        }
        return missing;
    }
}
