package org.curvature4j.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Orthonormal vectors of one space, in an order, with the work on all of them at once: orthogonalising another vector
 * against them, and replacing them by combinations of themselves. Used by one thread at a time.
 *
 * @param <V> a vector of the space
 */
public final class Basis<V> {
    /**
     * How far from orthogonal a vector may stay, in units of its norm: about what the rounding of one inner product
     * leaves.
     */
    private static final double ORTHOGONAL = 0x1p-48;

    /**
     * Passes of Gram-Schmidt at most. Two are enough for any vector that isn't in the span to rounding (Giraud, Langou,
     * Rozloznik, van den Eshof: Rounding error analysis of the classical Gram-Schmidt orthogonalization process,
     * Numer. Math. 101 (2005), theorem 2); a vector in the span ends as rounding errors, whose direction may need more.
     */
    private static final int PASSES = 4;

    private static final int RECENT = 2;

    /** What a pass has to leave of a norm for it to be the last: Kahan's and Parlett's criterion (The Symmetric Eigenvalue Problem, section 6.9). */
    private static final double ENOUGH = 0.7;

    private final VectorSpace<V> space;
    private final List<V> vectors = new ArrayList<>();
    private int size;

    /** An empty one. Vectors are made as they are needed, and kept. */
    public Basis(VectorSpace<V> space) {
        this.space = space;
    }

    /** How many vectors there are. */
    public int size() {
        return size;
    }

    /** A vector, itself. */
    public V vector(int index) {
        return vectors.get(index);
    }

    /** Appends factor times a vector, which must have norm 1 / factor and be orthogonal to those here; it is copied. */
    public void append(V vector, double factor) {
        if (vectors.size() == size) {
            vectors.add(space.vector());
        }
        space.scale(factor, vector, vectors.get(size++));
    }

    /** Keeps these vectors, in this order, and forgets the others. */
    public void keep(int... indices) {
        List<V> before = new ArrayList<>(vectors);
        List<V> kept = Arrays.stream(indices).mapToObj(before::get).toList();
        boolean[] chosen = new boolean[before.size()];
        Arrays.stream(indices).forEach(index -> chosen[index] = true);
        vectors.clear();
        vectors.addAll(kept);
        for (int i = 0; i < chosen.length; i++) {
            if (!chosen[i]) {
                vectors.add(before.get(i));
            }
        }
        size = indices.length;
    }

    /** Forgets all vectors from this index on. */
    public void truncate(int count) {
        size = count;
    }

    /**
     * Makes a vector orthogonal to all vectors here, to rounding, by classical Gram-Schmidt, repeated as needed. The
     * coefficients of the next pass are taken in the same sweep over memory as the subtraction of this one's.
     *
     * @param vector modified: loses its part in the span
     * @param coefficients receives that part's coefficients, one for each vector here
     * @return the norm of what is left
     */
    public double orthogonalise(V vector, double[] coefficients) {
        Arrays.fill(coefficients, 0);
        if (size == 0) {
            return space.norm(vector);
        }
        subtractRecent(vector, coefficients);
        List<V> all = vectors.subList(0, size);
        double[] part = space.dots(all, vector);
        double norm = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            Vectors.add(1, part, coefficients);
            part = space.subtractThenDots(all, part, vector);
            norm = space.norm(vector);
            if (!(Vectors.norm(part) > ORTHOGONAL * norm)) {
                break;
            }
        }
        return norm;
    }

    /**
     * Makes a vector orthogonal to the newest two vectors here, to rounding.
     *
     * @param vector modified: loses its part in their span
     * @param coefficients receives that part's coefficients in the places of the two, and 0 elsewhere
     * @return the norm of what is left
     */
    public double orthogonaliseToRecent(V vector, double[] coefficients) {
        Arrays.fill(coefficients, 0);
        double norm = space.norm(vector);
        if (size == 0) {
            return norm;
        }
        for (int pass = 0; pass < PASSES; pass++) {
            subtractRecent(vector, coefficients);
            double left = space.norm(vector);
            if (left >= ENOUGH * norm) {
                return left;
            }
            norm = left;
        }
        return norm;
    }

    /**
     * The newest two first: in a Lanczos process they hold all of the part in the span but rounding errors, for which a
     * single pass over all vectors suffices then.
     */
    private void subtractRecent(V vector, double[] coefficients) {
        int first = Math.max(0, size - RECENT);
        List<V> recent = vectors.subList(first, size);
        double[] part = space.dots(recent, vector);
        space.subtract(recent, part, vector);
        for (int i = 0; i < part.length; i++) {
            coefficients[first + i] += part[i];
        }
    }

    /**
     * Replaces neighbouring vectors by fewer combinations of them; the vectors behind them follow on.
     *
     * @param first the first to be replaced
     * @param count how many are replaced
     * @param combinations row-major [kept, count], with orthonormal rows
     * @param kept how many take their place, at most count
     */
    public void combine(int first, int count, double[] combinations, int kept) {
        space.combine(vectors.subList(first, first + count), combinations, kept);
        for (int i = first + count; i < size; i++) {
            java.util.Collections.swap(vectors, i - count + kept, i);
        }
        size -= count - kept;
    }
}
