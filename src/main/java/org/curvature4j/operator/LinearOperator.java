package org.curvature4j.operator;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A real matrix A of m rows and n columns that is known by its products with vectors. Immutable, and safe for several
 * threads.
 *
 * <p>A subclass supplies {@link #multiply}, and {@link #multiplyAdjoint} where A isn't symmetric; shapes are checked here.
 * Operators made of others use these and don't own them: whoever made the first one closes it, last.
 */
public abstract class LinearOperator implements AutoCloseable {
    private final int rows;
    private final int columns;
    private final boolean symmetric;
    /** A vector and a product that no call uses. */
    private final AtomicReference<double @Nullable [][]> lent = new AtomicReference<>();

    /**
     * @param rows m, at least 1
     * @param columns n, at least 1
     * @param symmetric whether A' = A; then m = n
     */
    protected LinearOperator(int rows, int columns, boolean symmetric) {
        Arguments.refuseIf(rows < 1 || columns < 1, "operator", "at least one row and column", rows + " by " + columns);
        Arguments.refuseIf(
                symmetric && rows != columns, "symmetric operator", "as many rows as columns", rows + " by " + columns);
        this.rows = rows;
        this.columns = columns;
        this.symmetric = symmetric;
    }

    /** Numbers in a product, m. */
    public final int rows() {
        return rows;
    }

    /** Numbers in a vector that it is applied to, n. */
    public final int columns() {
        return columns;
    }

    /** Whether it is known to be its own adjoint. */
    public final boolean isSymmetric() {
        return symmetric;
    }

    /**
     * A v.
     *
     * @param vector n numbers; not modified
     * @return m numbers, a new array
     * @throws IllegalArgumentException if there are more or fewer than n numbers
     */
    public final double[] apply(double[] vector) {
        double[] product = new double[rows];
        apply(vector, product);
        return product;
    }

    /**
     * As {@link #apply(double[])}, into an array of yours.
     *
     * @param product takes m numbers; not the same array as the vector
     */
    public final void apply(double[] vector, double[] product) {
        Arguments.requireLength("vector", columns, vector.length);
        Arguments.requireLength("product", rows, product.length);
        multiply(vector, product);
    }

    /**
     * A v for several vectors, which costs less than one after the other where an operator can share work.
     *
     * @param vectors k of n numbers each; not modified
     * @return k of m numbers each, new arrays
     */
    public final double[][] apply(double[][] vectors) {
        double[][] products = new double[vectors.length][rows];
        for (double[] vector : vectors) {
            Arguments.requireLength("vector", columns, vector.length);
        }
        multiplyBlock(vectors, products);
        return products;
    }

    /**
     * As {@link #apply(double[])} or {@link #apply(double[][])}, of ND4J's arrays.
     *
     * @param vectors [n] or [k, n]; not modified
     * @return [m] or [k, m], float64; owned by the caller
     */
    public final INDArray apply(INDArray vectors) {
        if (vectors.rank() < 1 || vectors.rank() > 2 || vectors.size(-1) != columns) {
            throw new IllegalArgumentException("vectors: expected [" + columns + "] or [k, " + columns + "], got shape "
                    + Arrays.toString(vectors.shape()));
        }
        if (vectors.rank() == 1) {
            HostArray.requireNumbers("vectors", vectors);
            INDArray product = HostArray.create(DataType.DOUBLE, rows);
            multiply(vectors, product);
            return product;
        }
        double[][] given = new double[Math.toIntExact(vectors.size(0))][columns];
        try (HostArray source = HostArray.reading("vectors", vectors)) {
            for (int k = 0; k < given.length; k++) {
                source.read((long) k * columns, given[k], columns);
            }
        }
        INDArray products = HostArray.create(DataType.DOUBLE, given.length, rows);
        HostArray target = HostArray.writing(products);
        double[][] computed = apply(given);
        for (int k = 0; k < given.length; k++) {
            target.write((long) k * rows, computed[k], rows);
        }
        target.finish();
        return products;
    }

    /** A', whose products with vectors of m numbers have n. Its own adjoint is this operator. */
    public LinearOperator adjoint() {
        return symmetric ? this : new Adjoint(this);
    }

    /** A + B. */
    public final LinearOperator plus(LinearOperator other) {
        return new Sum(this, other);
    }

    /** A - B. */
    public final LinearOperator minus(LinearOperator other) {
        return plus(other.times(-1));
    }

    /** A multiple, factor A. */
    public final LinearOperator times(double factor) {
        return new Scaled(this, factor);
    }

    /** A B: B is applied first. Symmetric where B = A', as in {@code j.adjoint().times(j)}. */
    public final LinearOperator times(LinearOperator first) {
        return new Composed(this, first);
    }

    /** A + shift I, of a square A. */
    public final LinearOperator plusIdentity(double shift) {
        return plus(DiagonalOperator.identity(columns).times(shift));
    }

    /**
     * The rows and columns of a square A that belong to some of its coordinates, in the order given: a submatrix on the
     * diagonal.
     */
    public final LinearOperator restrictedTo(Range... coordinates) {
        return new Restricted(this, coordinates);
    }

    /** All its numbers, row-major [m, n]: for small ones, by products with unit vectors. A new array. */
    public double[] toDense() {
        double[] matrix = new double[Math.multiplyExact(rows, columns)];
        int block = Math.max(1, Math.min(columns, (1 << 20) / Math.max(rows, columns)));
        for (int first = 0; first < columns; first += block) {
            int count = Math.min(block, columns - first);
            double[][] units = new double[count][columns];
            for (int k = 0; k < count; k++) {
                units[k][first + k] = 1;
            }
            double[][] products = apply(units);
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < rows; i++) {
                    matrix[i * columns + first + k] = products[k][i];
                }
            }
        }
        return matrix;
    }

    /**
     * Where an algorithm is to keep vectors that this is multiplied with: on the heap, unless the operator has a better
     * place and that suffices for them.
     *
     * @param vectors how many there are at most
     * @param threads the most that work on them at once; results are the same bits for any number
     * @return owned by the caller, who closes it before the operator
     */
    public VectorSpace<?> space(int vectors, int threads) {
        return new HeapSpace(this, threads);
    }

    /** Writes A v; lengths are right. Doesn't modify the vector. */
    protected abstract void multiply(double[] vector, double[] product);

    /**
     * Writes A v, of ND4J's arrays; lengths are right. To be overridden where products are computed in such memory.
     *
     * @param vector [n] of any type of numbers and any layout; not modified
     * @param product [m], float64, row-major
     */
    protected void multiply(INDArray vector, INDArray product) {
        // To make arrays of millions of numbers takes a fifth of a product's time.
        double[][] spare = lent.getAndSet(null);
        double[][] used = spare != null ? spare : new double[][] {new double[columns], new double[rows]};
        try (HostArray source = HostArray.reading("vectors", vector)) {
            source.read(0, used[0], columns);
        }
        // As a new array is, for a subclass that adds to what it finds.
        Arrays.fill(used[1], 0);
        multiply(used[0], used[1]);
        HostArray target = HostArray.writing(product);
        target.write(0, used[1], rows);
        target.finish();
        lent.set(used);
    }

    /** Writes A'v; lengths are right. To be overridden where A isn't symmetric and has an adjoint. */
    protected void multiplyAdjoint(double[] vector, double[] product) {
        if (!symmetric) {
            throw new UnsupportedOperationException(this
                    + ": expected an operator with an adjoint, got one without (multiplyAdjoint isn't overridden)");
        }
        multiply(vector, product);
    }

    /**
     * Writes A v for several vectors, each to the same bits as alone; lengths are right. To be overridden where work can be
     * shared.
     */
    protected void multiplyBlock(double[][] vectors, double[][] products) {
        for (int k = 0; k < vectors.length; k++) {
            multiply(vectors[k], products[k]);
        }
    }

    /** Frees what the operator holds itself; nothing unless it says so. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return getClass().getSimpleName() + " [" + rows + ", " + columns + "]";
    }
}
