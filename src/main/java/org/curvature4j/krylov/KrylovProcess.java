package org.curvature4j.krylov;

import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.operator.Basis;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.VectorSpace;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Lanczos steps with full reorthogonalisation, in the orthogonal complement of vectors that are locked; or with as much as
 * {@link SemiOrthogonality} asks for.
 *
 * <p>Its basis holds the locked vectors, then those of the Krylov space, then the one that the next step multiplies.
 * The projection of the operator on the Krylov space is tridiagonal from a start vector on; after a thick restart (Wu,
 * Simon: Thick-restart Lanczos method for large symmetric eigenvalue problems, SIAM J. Matrix Anal. Appl. 22 (2000),
 * section 3) its leading part is an arrow: Ritz values on the diagonal, each coupled to the vector behind them.
 *
 * <p>Vectors are where the operator wants them; closing frees them.
 *
 * @param <V> a vector
 */
final class KrylovProcess<V> implements AutoCloseable {
    /**
     * What is left of a product counts as nothing up to this share of the largest product: what rounding alone leaves.
     * Larger remains of products that are rounded more do no harm, as they are random vectors in effect.
     */
    private static final double BREAKDOWN = 0x1p-48;

    private final LinearOperator operator;
    private final VectorSpace<V> space;
    private final Basis<V> basis;
    private final V product;
    private final double[] projection;
    private final int capacity;
    private final @Nullable SemiOrthogonality semiOrthogonality;
    private int locked;
    private int steps;
    private int products;
    private double coupling;
    private double firstNorm;
    private double largestNorm;
    private double asymmetry;

    private KrylovProcess(LinearOperator operator, VectorSpace<V> space, int capacity, boolean forVectors) {
        this.operator = operator;
        this.space = space;
        this.capacity = capacity;
        basis = new Basis<>(space);
        product = space.vector();
        projection = new double[Math.multiplyExact(capacity, capacity)];
        semiOrthogonality = forVectors ? null : new SemiOrthogonality(capacity);
    }

    /**
     * @param operator symmetric
     * @param capacity the most vectors kept, locked ones included, but not the one that the next step multiplies
     * @param threads the most that work on the vectors
     */
    static KrylovProcess<?> of(LinearOperator operator, int capacity, int threads) {
        return of(operator, capacity, threads, true);
    }

    /**
     * One of which only Ritz values are wanted, not vectors, nor restarts: it orthogonalises against all vectors only when that
     * is needed for these, which for long vectors takes as long as the products.
     */
    static KrylovProcess<?> forValues(LinearOperator operator, int capacity, int threads) {
        return of(operator, capacity, threads, false);
    }

    private static KrylovProcess<?> of(LinearOperator operator, int capacity, int threads, boolean forVectors) {
        requireSymmetric(operator);
        return new KrylovProcess<>(operator, operator.space(capacity + 2, threads), capacity, forVectors);
    }

    /** As {@link #forValues(LinearOperator, int, int)}, in a space of the caller's, who closes that and not this. */
    static <V> KrylovProcess<V> forValues(LinearOperator operator, int capacity, VectorSpace<V> space) {
        return new KrylovProcess<>(operator, space, capacity, false);
    }

    static void requireSymmetric(LinearOperator operator) {
        if (!operator.isSymmetric()) {
            throw new IllegalArgumentException("operator: expected a symmetric one, got " + operator
                    + " (for a Jacobian J take j.adjoint().times(j))");
        }
    }

    /** Forgets all, as a new process: what one start vector led to doesn't depend on others before it. */
    void reset() {
        locked = 0;
        clear();
        products = 0;
        largestNorm = 0;
        asymmetry = 0;
    }

    /** Forgets the Krylov space, but not the locked vectors. */
    void clear() {
        basis.truncate(locked);
        steps = 0;
        coupling = 0;
        if (semiOrthogonality != null) {
            semiOrthogonality.clear();
        }
    }

    /** Goes on with a vector, which must not be in the span of those here; not modified. */
    void begin(double[] vector) {
        double[] start = vector.clone();
        Vectors.divide(start, Vectors.norm(vector));
        space.write(start, product);
        double left = basis.orthogonalise(product, new double[basis.size()]);
        basis.append(product, 1 / left);
        coupling = 0;
        if (semiOrthogonality != null) {
            semiOrthogonality.restored(0);
        }
    }

    /** Goes on with a random vector, the same for the same seed and stream. */
    void beginAtRandom(long seed, int stream) {
        double[] start = new double[operator.columns()];
        StandardNormal.fill(StandardNormal.otherSeed(seed, stream), 0, start, 0, start.length);
        begin(start);
    }

    /**
     * Multiplies once.
     *
     * @return whether the space can grow on from here: not if it is invariant, or all of the space
     * @throws IllegalArgumentException if the product isn't finite
     */
    boolean step() {
        space.multiply(next(), product);
        return advance();
    }

    /** Where its vectors are. */
    VectorSpace<V> space() {
        return space;
    }

    /** The vector that the next step multiplies, into {@link #product}. */
    V next() {
        return basis.vector(locked + steps);
    }

    /** Where a step's product is to be before {@link #advance}. */
    V product() {
        return product;
    }

    /** As {@link #step}, after the multiplication. */
    boolean advance() {
        int column = steps;
        products++;
        double norm = space.norm(product);
        if (!Double.isFinite(norm)) {
            throw new IllegalArgumentException("operator: expected finite products, got " + norm
                    + " as the norm of product " + products + " (is the point where the function is finite?)");
        }
        if (column == 0) {
            firstNorm = norm;
        }
        largestNorm = Math.max(largestNorm, norm);
        double[] coefficients = new double[basis.size()];
        double left = orthogonalise(coefficients, column);
        double[] surplus = new double[column];
        for (int row = 0; row < column; row++) {
            surplus[row] = coefficients[locked + row] - projection[row * capacity + column];
        }
        asymmetry = Math.max(asymmetry, Vectors.norm(surplus));
        projection[column * capacity + column] = coefficients[locked + column];
        steps++;
        boolean grows = left > BREAKDOWN * largestNorm && basis.size() < operator.columns();
        coupling = grows ? left : 0;
        if (grows) {
            basis.append(product, 1 / left);
        }
        clearCouplings();
        return grows;
    }

    private double orthogonalise(double[] coefficients, int column) {
        if (semiOrthogonality == null) {
            return basis.orthogonalise(product, coefficients);
        }
        double left = basis.orthogonaliseToRecent(product, coefficients);
        if (!semiOrthogonality.holds(coefficients[column], left, largestNorm)) {
            double[] rest = new double[coefficients.length];
            left = basis.orthogonalise(product, rest);
            Vectors.add(1, rest, coefficients);
            semiOrthogonality.restored(left);
        }
        return left;
    }

    /** Sets the row and column of the next vector: coupled to the last one alone. */
    private void clearCouplings() {
        if (steps < capacity) {
            for (int i = 0; i < capacity; i++) {
                projection[i * capacity + steps] = 0;
                projection[steps * capacity + i] = 0;
            }
            projection[(steps - 1) * capacity + steps] = coupling;
            projection[steps * capacity + steps - 1] = coupling;
        }
    }

    /** Ritz values and vectors of the Krylov space. */
    RitzPairs ritzPairs() {
        return ritzPairs(steps);
    }

    /** Those after the first {@code count} steps from the start vector. */
    RitzPairs ritzPairs(int count) {
        return RitzPairs.of(projection, capacity, count, offDiagonal(count - 1));
    }

    /** Shrinks the Krylov space to the span of some Ritz vectors and the vector that comes next. */
    void restart(RitzPairs pairs, int... kept) {
        basis.combine(locked, steps, pairs.rows(kept), kept.length);
        java.util.Arrays.fill(projection, 0);
        steps = kept.length;
        for (int k = 0; k < steps; k++) {
            double arrow = coupling * pairs.component(kept[k], pairs.order() - 1);
            projection[k * capacity + k] = pairs.value(kept[k]);
            projection[k * capacity + steps] = arrow;
            projection[steps * capacity + k] = arrow;
        }
    }

    /** Locks some Ritz vectors behind those locked, and forgets the rest of the Krylov space. */
    void lock(RitzPairs pairs, int... chosen) {
        basis.combine(locked, steps, pairs.rows(chosen), chosen.length);
        locked += chosen.length;
        clear();
    }

    /** Keeps these of the locked vectors, in this order; there is no Krylov space. */
    void keepLocked(int... indices) {
        basis.keep(indices);
        locked = indices.length;
    }

    /** The numbers of a locked vector, which isn't to be used afterwards. */
    double[] takeLocked(int index) {
        return space.take(basis.vector(index));
    }

    /** The norms of Av - value v of the locked vectors v, by a product each. */
    double[] measuredResiduals(double[] values) {
        double[] residuals = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            space.multiply(basis.vector(k), product);
            products++;
            space.add(-values[k], basis.vector(k), product);
            residuals[k] = space.norm(product);
        }
        return residuals;
    }

    /** Rows of the operator. */
    int dimension() {
        return operator.columns();
    }

    /** The dimension of the Krylov space. */
    int steps() {
        return steps;
    }

    /** Whether no further vector fits. */
    boolean isFull() {
        return locked + steps >= capacity;
    }

    /** Products with the operator so far. */
    int products() {
        return products;
    }

    /** The norm of what the last step left of its product; 0 after a breakdown. */
    double coupling() {
        return coupling;
    }

    /** The norm of the first step's product. */
    double firstNorm() {
        return firstNorm;
    }

    /** The entry of the projection on the diagonal, for a vector of the Krylov space. */
    double diagonal(int index) {
        return projection[index * capacity + index];
    }

    /** The entry of the projection beside the diagonal, between a vector of the Krylov space and the next. */
    double offDiagonal(int index) {
        return index == steps - 1 ? coupling : projection[index * capacity + index + 1];
    }

    /** The largest norm of what a product had in the Krylov space that a symmetric operator's doesn't have there. */
    double asymmetry() {
        return asymmetry;
    }

    @Override
    public void close() {
        space.close();
    }
}
