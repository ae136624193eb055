package org.curvature4j.spectrum;

/**
 * What the singular values of a batch of Jacobians come to. Medians are lower medians, right to 1 part in 128; extremes are
 * exact. All are NaN for an empty batch.
 *
 * @param points how many matrices
 * @param smallest over the batch, of each matrix' smallest singular value
 * @param largest over the batch, of each matrix' largest singular value
 * @param condition over the batch, largest by smallest singular value; infinite for singular ones
 * @param worst index of the first matrix of the largest condition number, -1 for none
 * @param deficient how many matrices have a smaller rank than min(m, n), to rounding
 * @param square whether determinants make sense; all below is 0 or NaN otherwise
 * @param logDeterminant over the batch, of log |det|; minus infinity for singular ones
 * @param positive how many determinants are positive
 * @param negative how many determinants are negative
 * @param singular how many determinants are exactly 0
 */
public record SingularSummary(
        long points,
        Spread smallest,
        Spread largest,
        Spread condition,
        long worst,
        long deficient,
        boolean square,
        Spread logDeterminant,
        long positive,
        long negative,
        long singular) {
    /**
     * Where numbers lie.
     *
     * @param least the smallest
     * @param median the lower median
     * @param most the largest
     */
    public record Spread(double least, double median, double most) {
        static Spread of(Quantiles quantiles) {
            double median = quantiles.median();
            return Double.isNaN(median)
                    ? new Spread(median, median, median)
                    : new Spread(quantiles.smallest(), median, quantiles.largest());
        }
    }
}
