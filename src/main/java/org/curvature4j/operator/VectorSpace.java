package org.curvature4j.operator;

import java.util.List;

/**
 * The vectors that an algorithm keeps of an operator's space, and the work on them, where the operator's products are
 * computed: on the heap, or in the memory of a device, so that what a product takes and gives stays there. Sums are taken in
 * the same order everywhere, so that results are the same bits. Used by one thread at a time; closing frees the vectors.
 *
 * @param <V> a vector of n numbers, or what stands for it here
 */
public abstract class VectorSpace<V> implements AutoCloseable {
    private final int length;

    /** @param length numbers of a vector, n */
    protected VectorSpace(int length) {
        this.length = length;
    }

    /** Numbers of a vector, n. */
    public final int length() {
        return length;
    }

    /** A new vector, whose numbers are to be written before they are read. */
    public abstract V vector();

    /** Makes a vector of n numbers, which are copied. */
    public abstract void write(double[] numbers, V vector);

    /** The numbers of a vector, which is given up: an array of the caller's. */
    public abstract double[] take(V vector);

    /** A new vector for a product with the operator: of m numbers, where A isn't square. */
    public V product() {
        return vector();
    }

    /** A v by the operator whose space it is; not the same vector as the product. */
    public abstract void multiply(V vector, V product);

    /** A v for several vectors, which costs less where the operator can share work. */
    public void multiply(List<V> vectors, List<V> products) {
        for (int k = 0; k < vectors.size(); k++) {
            multiply(vectors.get(k), products.get(k));
        }
    }

    /** The inner product, to the bits of {@link Vectors#dot}. */
    public abstract double dot(V a, V b);

    /** The Euclidean norm, to the bits of {@link Vectors#norm}. */
    public abstract double norm(V vector);

    /** y += factor x. */
    public abstract void add(double factor, V x, V y);

    /** y = factor x. */
    public abstract void scale(double factor, V x, V y);

    /**
     * Inner products with a vector.
     *
     * @return one for each of the vectors, a new array
     */
    public abstract double[] dots(List<V> vectors, V vector);

    /** Subtracts multiples of vectors from one that isn't among them. */
    public abstract void subtract(List<V> vectors, double[] factors, V vector);

    /** As {@link #subtract}, then the inner products with what is left. */
    public double[] subtractThenDots(List<V> vectors, double[] factors, V vector) {
        subtract(vectors, factors, vector);
        return dots(vectors, vector);
    }

    /**
     * Replaces the first of some vectors by combinations of all of them; the others are left as they are, or not.
     *
     * @param combinations row-major [kept, vectors]
     * @param kept how many are replaced, at most all
     */
    public abstract void combine(List<V> vectors, double[] combinations, int kept);

    @Override
    public abstract void close();
}
