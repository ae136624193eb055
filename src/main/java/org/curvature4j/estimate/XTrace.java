package org.curvature4j.estimate;

import java.util.Arrays;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * XTrace: every one of s probes serves both to find the directions in which the operator is large and, with the directions
 * that the others found, as the probe of what is left; the mean of these s estimates treats all probes alike (E. N.
 * Epperly, J. A. Tropp, R. J. Webber: XTrace: Making the most of every sample in stochastic trace estimation, SIAM
 * Journal on Matrix Analysis and Applications 45, 2024).
 *
 * <p>With P the projector on the span of A w_j for j other than i, estimate i is tr PAP + d x'Ax / x'x, where x =
 * (I - P) w_i and d = n - rank P: for normal w_i, x points in a random direction of the d dimensions that P leaves, so
 * that giving it the length sqrt(d) takes away variance and no more (the normalised probes of their section 2.3).
 * Unbiased also where A isn't symmetric. The standard error is the paper's error estimate, that of s independent numbers,
 * times sqrt(2) ({@link LeaveOneOut#DEPENDENCE}). Half of the products go to the probes, half to the basis; memory: the budget in vectors of n numbers.
 */
public final class XTrace {
    private static final String METHOD = "XTrace (Epperly, Tropp, Webber 2024)";

    private final int n;
    private final Sketch sketch;
    private final double[][] core;
    private final double trace;
    private final LeaveOneOut others;

    private XTrace(int n, Sketch sketch) {
        this.n = n;
        this.sketch = sketch;
        core = sketch.core();
        trace = Sketch.trace(core);
        others = new LeaveOneOut(sketch.basis());
    }

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
        budget.requireAtLeast(4, "XTrace");
        int n = operator.columns();
        int count = budget.products() / 2;
        Products products = new Products(operator, budget.progress());
        XTrace run = new XTrace(n, Sketch.of(products, Probes.GAUSSIAN, budget.seed(), count, n, false));
        Sample sample = new Sample();
        double[] probe = new double[n];
        for (int i = 0; i < count; i++) {
            Probes.GAUSSIAN.fill(budget.seed(), i, probe);
            sample.add(Result.finite("trace", run.estimate(i, probe)));
        }
        return new Estimate(
                "trace",
                METHOD,
                Result.finite("trace", sample.mean()),
                Result.finite("trace", LeaveOneOut.DEPENDENCE * sample.standardError()),
                count,
                products.count(),
                budget.seed(),
                false);
    }

    /** Overwrites the probe. */
    private double estimate(int i, double[] probe) {
        ThinQr basis = sketch.basis();
        double @Nullable [] missing = others.missing(i);
        double[] inside = basis.project(probe);
        double[] image = basis.coordinates(i);
        double known = trace;
        int left = n - basis.rank();
        if (missing != null) {
            Vectors.add(-Vectors.dot(missing, inside), missing, inside);
            known -= form(missing);
            left++;
        }
        double[] imageOutside = new double[n];
        ThinQr.combine(1, basis.vectors(), image, imageOutside);
        ThinQr.combine(-1, sketch.images(), inside, imageOutside);
        ThinQr.combine(-1, basis.vectors(), inside, probe);
        return known + left * (Vectors.dot(probe, imageOutside) / Vectors.dot(probe, probe));
    }

    /** t'Q'A Q t. */
    private double form(double[] t) {
        double[] product = new double[t.length];
        Arrays.setAll(product, k -> Vectors.dot(core[k], t));
        return Vectors.dot(t, product);
    }
}
