package org.curvature4j.spectrum;

/**
 * The shape of a function around a point, by the signs of its Hessian's eigenvalues.
 *
 * <p>Two numbers decide. The <em>tolerance</em> says up to which magnitude an eigenvalue counts as zero, the direction
 * as flat: what lies there can't be told from zero, and only higher derivatives know which way such a direction bends.
 * The <em>error bound</em> says how far a computed eigenvalue may lie from the true one. Every eigenvalue thus stands
 * for an interval, and a class is given only if all values in the intervals lead to it; otherwise the answer is
 * {@link #UNDECIDED}. With the default tolerance, four error bounds, eigenvalues that are zero but for rounding come
 * out as flat, and undecided are only those in the narrow band around the tolerance.
 *
 * <p>Where eigenvalues of both signs are certain, the point is a saddle whatever the others are; then the tolerance
 * alone says whether it has flat directions.
 */
public enum Classification {
    /** All eigenvalues positive. */
    CONVEX("convex"),
    /** All eigenvalues negative. */
    CONCAVE("concave"),
    /** Eigenvalues of both signs, none near zero. */
    SADDLE("saddle"),
    /** Positive and near-zero eigenvalues. */
    CONVEX_WITH_FLAT("convex with flat directions"),
    /** Negative and near-zero eigenvalues. */
    CONCAVE_WITH_FLAT("concave with flat directions"),
    /** Eigenvalues of both signs and near-zero ones. */
    SADDLE_WITH_FLAT("saddle with flat directions"),
    /** All eigenvalues near zero; also the class of a matrix with no rows. */
    FLAT("flat"),
    /** The class hinges on eigenvalues that the error bound leaves open: compute in float64, or state a tolerance. */
    UNDECIDED("undecided within tolerance");

    private static final Classification[] ALL = values();

    private final String words;

    Classification(String words) {
        this.words = words;
    }

    /** The class in words, lower case. */
    public String words() {
        return words;
    }

    /**
     * Classifies by eigenvalues, in any order.
     *
     * @param values the eigenvalues
     * @param tolerance magnitude up to which an eigenvalue counts as zero, at least 0
     * @param errorBound how far an eigenvalue may lie from the true one, at least 0
     */
    public static Classification of(double[] values, double tolerance, double errorBound) {
        return ALL[ClassKernel.of(values, 0, 1, values.length, tolerance, errorBound)];
    }

    /** As {@link #of(double[], double, double)} of a part of an array, ascending; the common answers by few comparisons. */
    static Classification ofAscending(double[] values, int start, int end, double tolerance, double errorBound) {
        double sure = tolerance + errorBound;
        if (start < end) {
            double first = values[start];
            double last = values[end - 1];
            if (first > sure) {
                return CONVEX;
            }
            if (last < -sure) {
                return CONCAVE;
            }
            if (first < -sure && last > sure) {
                int k = start;
                while (values[k] < -tolerance) {
                    k++;
                }
                return values[k] > tolerance ? SADDLE : SADDLE_WITH_FLAT;
            }
        }
        return ALL[ClassKernel.of(values, start, 1, end - start, tolerance, errorBound)];
    }
}
