package org.curvature4j.estimate;

import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * XDiag: the diagonal by the same idea as {@link XTrace} (Epperly, Tropp, Webber 2024, section 2.4): with P the projector
 * on the span of A w_j for j other than i, and w_i of random signs, estimate i is diag(P A) + w_i times (I - P) A w_i by
 * components, and the result the mean of these s estimates.
 *
 * <p>Unbiased. The standard errors are the trace's formula by components. Half of the products go to the probes, half are of the adjoint with the basis; memory: the budget in
 * vectors of n numbers.
 */
public final class XDiag {
    private XDiag() {}

    /**
     * The diagonal of a square operator, which must have an adjoint.
     *
     * @param budget at least 4 products
     * @throws IllegalArgumentException if the operator isn't square or has a product that isn't finite
     */
    public static DiagonalEstimate diagonal(LinearOperator operator, Budget budget) {
        Products.requireSquare(operator, "diagonal");
        if (operator.rows() <= budget.products()) {
            return Exact.diagonal(operator, budget);
        }
        budget.requireAtLeast(4, "XDiag");
        int n = operator.columns();
        int count = budget.products() / 2;
        Products products = new Products(operator, budget.progress());
        Sketch sketch = Sketch.of(products, Probes.RADEMACHER, budget.seed(), count, n, true);
        ThinQr basis = sketch.basis();
        LeaveOneOut others = new LeaveOneOut(basis);
        double[] known = new double[n];
        for (int k = 0; k < basis.rank(); k++) {
            for (int j = 0; j < n; j++) {
                known[j] += basis.vectors()[k][j] * sketch.images()[k][j];
            }
        }
        Moments changes = new Moments(n);
        double[] probe = new double[n];
        for (int i = 0; i < count; i++) {
            Probes.RADEMACHER.fill(budget.seed(), i, probe);
            changes.add(change(sketch, others, i, probe));
        }
        double[] values = changes.means();
        Vectors.add(1, known, values);
        double[] errors = changes.standardErrors();
        for (int j = 0; j < n; j++) {
            errors[j] *= LeaveOneOut.DEPENDENCE;
            Result.finite("diagonal", values[j] + errors[j]);
        }
        return new DiagonalEstimate(
                "XDiag (Epperly, Tropp, Webber 2024)", values, errors, count, products.count(), budget.seed(), false);
    }

    /** What estimate i has in place of diag(QQ'A): less the direction that the others lack, more the rest by the probe. */
    private static double[] change(Sketch sketch, LeaveOneOut others, int i, double[] probe) {
        ThinQr basis = sketch.basis();
        double[] change = new double[probe.length];
        double @Nullable [] missing = others.missing(i);
        if (missing != null) {
            double[] direction = new double[probe.length];
            double[] image = new double[probe.length];
            ThinQr.combine(1, basis.vectors(), missing, direction);
            ThinQr.combine(1, sketch.images(), missing, image);
            double length = Vectors.dot(missing, basis.coordinates(i));
            for (int j = 0; j < change.length; j++) {
                change[j] = direction[j] * (probe[j] * length - image[j]);
            }
        }
        return change;
    }
}
