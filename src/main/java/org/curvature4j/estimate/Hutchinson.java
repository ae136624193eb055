package org.curvature4j.estimate;

import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.VectorSpace;

/**
 * Averages over random vectors w whose covariance is the identity: w'Aw has the trace as its mean (M. F. Hutchinson: A
 * stochastic estimator of the trace of the influence matrix, Communications in Statistics - Simulation and Computation
 * 19, 1990), w times Aw by components the diagonal (Bekas, Kokiopoulou, Saad: An estimator for the diagonal of a matrix,
 * Applied Numerical Mathematics 57, 2007, section 2), and |Aw|^2 the squared Frobenius norm.
 *
 * <p>The error falls as one by the square root of the number of probes. Memory: two blocks of at most 32 vectors.
 */
public final class Hutchinson {
    /** No stopping before so many probes: a standard error of fewer is too often far too small. */
    private static final int LEAST_TO_STOP = 32;

    /** Probes between two looks at the standard error; the same for every operator, as the choice shows in the result. */
    private static final int STRIDE = 8;

    private Hutchinson() {}

    /** The trace of a square operator, by random signs, as many as the budget has products (at least 2). */
    public static Estimate trace(LinearOperator operator, Budget budget) {
        return trace(operator, budget, Probes.RADEMACHER, 0);
    }

    /**
     * The trace of a square operator.
     *
     * @param budget at least 2 products
     * @param relativeError stops when the standard error is at most this part of the estimate, after 32 probes or more;
     *     0 to use up the budget. An estimate that stopped is a little too sure of itself, as it stops where its standard
     *     error happens to be small
     * @throws IllegalArgumentException if the operator isn't square or has a product that isn't finite
     */
    public static Estimate trace(LinearOperator operator, Budget budget, Probes probes, double relativeError) {
        Products.requireSquare(operator, "trace");
        if (!(relativeError >= 0 && relativeError < 1)) {
            throw new IllegalArgumentException(
                    "relativeError: expected a number from 0 to below 1, got " + relativeError);
        }
        if (operator.rows() <= budget.products()) {
            return Exact.trace(operator, budget);
        }
        return average("trace", operator, budget, probes, relativeError, VectorSpace::dot);
    }

    /** The squared Frobenius norm, the sum of the squares of all entries, by random signs; any shape. */
    public static Estimate squaredFrobenius(LinearOperator operator, Budget budget) {
        if (operator.columns() <= budget.products()) {
            return Exact.squaredFrobenius(operator, budget);
        }
        return average("squared Frobenius norm", operator, budget, Probes.RADEMACHER, 0, Hutchinson::square);
    }

    /** What a probe and its product say. */
    @FunctionalInterface
    private interface Form {
        <V> double of(VectorSpace<V> space, V probe, V product);
    }

    private static <V> double square(VectorSpace<V> space, V probe, V product) {
        return Exact.square(space, product);
    }

    private static Estimate average(
            String quantity, LinearOperator operator, Budget budget, Probes probes, double relativeError, Form form) {
        budget.requireAtLeast(2, "Hutchinson's estimator");
        Products products = new Products(operator, budget.progress());
        int threads = Runtime.getRuntime().availableProcessors();
        try (VectorSpace<?> space = operator.space(2 * products.blockSize(), threads)) {
            return average(quantity, space, products, budget, probes, relativeError, form);
        }
    }

    private static <V> Estimate average(
            String quantity,
            VectorSpace<V> space,
            Products products,
            Budget budget,
            Probes probes,
            double relativeError,
            Form form) {
        int block = Math.min(products.blockSize(), budget.products());
        List<V> vectors = Stream.generate(space::vector).limit(block).toList();
        List<V> images = Stream.generate(space::product).limit(block).toList();
        Sample sample = new Sample();
        boolean enough = false;
        while (sample.size() < budget.products() && !enough) {
            int next = relativeError > 0 ? (sample.size() / STRIDE + 1) * STRIDE : budget.products();
            int count = Math.min(block, Math.min(next, budget.products()) - sample.size());
            double[][] drawn = probes.block(budget.seed(), sample.size(), count, space.length());
            for (int k = 0; k < count; k++) {
                space.write(drawn[k], vectors.get(k));
            }
            products.apply(space, vectors.subList(0, count), images.subList(0, count));
            for (int k = 0; k < count; k++) {
                double value = form.of(space, vectors.get(k), images.get(k));
                if (!Double.isFinite(value)) {
                    products.requireFinite(space.take(images.get(k)), products.count() - count + k);
                }
                sample.add(Result.finite(quantity, value));
            }
            enough = relativeError > 0
                    && sample.size() >= LEAST_TO_STOP
                    && sample.size() % STRIDE == 0
                    && sample.standardError() <= relativeError * Math.abs(sample.mean());
        }
        return new Estimate(
                quantity,
                "Hutchinson (1990), " + probes.words(),
                Result.finite(quantity, sample.mean()),
                Result.finite(quantity, sample.standardError()),
                sample.size(),
                products.count(),
                budget.seed(),
                false);
    }

    /**
     * The diagonal of a square operator, by random signs, as many as the budget has products (at least 2). The error of
     * entry i comes from the rest of row i, of which one more probe averages away a little.
     */
    public static DiagonalEstimate diagonal(LinearOperator operator, Budget budget) {
        Products.requireSquare(operator, "diagonal");
        int n = operator.rows();
        if (n <= budget.products()) {
            return Exact.diagonal(operator, budget);
        }
        budget.requireAtLeast(2, "Hutchinson's estimator");
        Products products = new Products(operator, budget.progress());
        Moments moments = new Moments(n);
        int done = 0;
        while (done < budget.products()) {
            int count = Math.min(products.blockSize(), budget.products() - done);
            double[][] vectors = Probes.RADEMACHER.block(budget.seed(), done, count, n);
            double[][] images = products.apply(vectors);
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < n; i++) {
                    images[k][i] *= vectors[k][i];
                }
                moments.add(images[k]);
            }
            done += count;
        }
        return new DiagonalEstimate(
                "Bekas, Kokiopoulou, Saad (2007)",
                moments.means(),
                moments.standardErrors(),
                done,
                products.count(),
                budget.seed(),
                false);
    }
}
