package org.curvature4j.estimate;

import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;

/**
 * Hutch++: the trace over the directions in which the operator is large exactly, over the rest by Hutchinson's average
 * (R. A. Meyer, Cameron Musco, Christopher Musco, D. Woodruff: Hutch++: Optimal stochastic trace estimation, SOSA 2021,
 * algorithm 1).
 *
 * <p>A third of the products finds the directions Q, a third goes to Q'A Q, the rest to tr (I - QQ')A(I - QQ'). Unbiased,
 * as the probes of the last part are independent of Q; the standard error is that of the last part, given Q. Memory: two
 * thirds of the budget in vectors of n numbers.
 */
public final class HutchPlusPlus {
    private HutchPlusPlus() {}

    /**
     * The trace of a square operator.
     *
     * @param budget at least 4 products
     * @throws IllegalArgumentException if the operator isn't square or has a product that isn't finite
     */
    public static Estimate trace(LinearOperator operator, Budget budget) {
        Products.requireSquare(operator, "trace");
        if (operator.rows() <= budget.products()) {
            return Exact.trace(operator, budget);
        }
        budget.requireAtLeast(4, "Hutch++");
        int n = operator.columns();
        Products products = new Products(operator, budget.progress());
        Sketch sketch = Sketch.of(products, Probes.RADEMACHER, budget.seed(), budget.products() / 3, n, false);
        ThinQr basis = sketch.basis();
        Sample rest = new Sample();
        long seed = StandardNormal.otherSeed(budget.seed(), 1);
        while (products.count() < budget.products()) {
            int count = Math.min(products.blockSize(), budget.products() - products.count());
            double[][] probes = Probes.RADEMACHER.block(seed, rest.size(), count, n);
            for (double[] probe : probes) {
                ThinQr.combine(-1, basis.vectors(), basis.project(probe), probe);
            }
            double[][] images = products.apply(probes);
            for (int k = 0; k < count; k++) {
                rest.add(Result.finite("trace", Vectors.dot(probes[k], images[k])));
            }
        }
        return new Estimate(
                "trace",
                "Hutch++ (Meyer, Musco, Musco, Woodruff 2021)",
                Result.finite("trace", Sketch.trace(sketch.core()) + rest.mean()),
                Result.finite("trace", rest.standardError()),
                rest.size(),
                products.count(),
                budget.seed(),
                false);
    }
}
