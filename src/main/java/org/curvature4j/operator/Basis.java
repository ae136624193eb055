package org.curvature4j.operator;

import org.curvature4j.internal.host.Workers;

/**
 * Orthonormal vectors of one length, in an order, with the work on all of them at once: orthogonalising another vector
 * against them, and replacing them by combinations of themselves. Used by one thread at a time; its own work is spread
 * over several.
 *
 * <p>Millions of coordinates don't fit any cache, so that memory sets the pace: work goes by stretches of coordinates,
 * small enough for what is done there twice to find its numbers in the cache. Stretches have a fixed length and their
 * sums are added in order, so that bits don't depend on the number of threads.
 */
public final class Basis {
    /**
     * Coordinates done in one go: those of 60 vectors take 960 KB, about a core's second cache. Shorter ones end where
     * memory has just begun to stream: 512 took half as long again.
     */
    private static final int STRETCH = 2048;

    /** Stretches that a thread takes at once. */
    private static final int TILE = 4;

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

    private final int length;
    private final int threads;
    private final double[][] vectors;
    private int size;

    /**
     * An empty one. Memory for vectors is taken as they come, and kept.
     *
     * @param length numbers in a vector
     * @param capacity how many vectors fit
     * @param threads the most that work at once, the calling one included; results are the same bits for any number
     */
    public Basis(int length, int capacity, int threads) {
        this.length = length;
        this.threads = threads;
        vectors = new double[capacity][];
    }

    /** How many vectors there are. */
    public int size() {
        return size;
    }

    /** A vector, the array itself. */
    public double[] vector(int index) {
        return vectors[index];
    }

    /** Appends factor times a vector, which must have norm 1 / factor and be orthogonal to those here; it is copied. */
    public void append(double[] vector, double factor) {
        if (vectors[size] == null) {
            vectors[size] = new double[length];
        }
        double[] target = vectors[size++];
        for (int i = 0; i < length; i++) {
            target[i] = factor * vector[i];
        }
    }

    /** Keeps these vectors, in this order, and forgets the others. */
    public void keep(int... indices) {
        double[][] before = vectors.clone();
        boolean[] kept = new boolean[vectors.length];
        int next = 0;
        for (int index : indices) {
            kept[index] = true;
            vectors[next++] = before[index];
        }
        size = next;
        for (int i = 0; i < before.length; i++) {
            if (!kept[i]) {
                vectors[next++] = before[i];
            }
        }
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
    public double orthogonalise(double[] vector, double[] coefficients) {
        java.util.Arrays.fill(coefficients, 0);
        if (size == 0) {
            return Vectors.norm(vector);
        }
        subtractRecent(vector, coefficients);
        double[] part = sums(0, (from, to, sums, at) -> Stretches.dots(vectors, 0, size, vector, from, to, sums, at));
        double norm = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            Vectors.add(1, part, coefficients);
            double[] subtracted = part;
            part = sums(0, (from, to, sums, at) -> {
                Stretches.subtract(vectors, 0, size, subtracted, vector, from, to);
                Stretches.dots(vectors, 0, size, vector, from, to, sums, at);
            });
            norm = Vectors.norm(vector);
            if (!(Vectors.norm(part) > ORTHOGONAL * norm)) {
                break;
            }
        }
        return norm;
    }

    /**
     * The newest two first: in a Lanczos process they hold all of the part in the span but rounding errors, for which a
     * single pass over all vectors suffices then.
     */
    private void subtractRecent(double[] vector, double[] coefficients) {
        int first = Math.max(0, size - RECENT);
        double[] part =
                sums(first, (from, to, sums, at) -> Stretches.dots(vectors, first, size, vector, from, to, sums, at));
        sweep(() -> (from, to, stretch) -> Stretches.subtract(vectors, first, size, part, vector, from, to));
        System.arraycopy(part, 0, coefficients, first, part.length);
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
        sweep(() -> {
            double[][] combined = new double[kept][STRETCH];
            return (from, to, stretch) -> {
                for (int k = 0; k < kept; k++) {
                    combineOne(combined[k], first, count, combinations, k * count, from, to);
                }
                for (int k = 0; k < kept; k++) {
                    System.arraycopy(combined[k], 0, vectors[first + k], from, to - from);
                }
            };
        });
        for (int i = first + count; i < size; i++) {
            double[] spare = vectors[i - count + kept];
            vectors[i - count + kept] = vectors[i];
            vectors[i] = spare;
        }
        size -= count - kept;
    }

    private void combineOne(double[] sum, int first, int count, double[] factors, int at, int from, int to) {
        java.util.Arrays.fill(sum, 0, to - from, 0);
        for (int i = 0; i < count; i++) {
            double factor = factors[at + i];
            double[] vector = vectors[first + i];
            for (int x = 0; x < to - from; x++) {
                sum[x] += factor * vector[from + x];
            }
        }
    }

    /** Sums over stretches, one for each vector here from {@code first} on. */
    private double[] sums(int first, PartialSums work) {
        int count = size - first;
        double[] partial = new double[stretches() * count];
        sweep(() -> (from, to, stretch) -> work.run(from, to, partial, stretch * count));
        double[] sums = new double[count];
        for (int stretch = 0; stretch < stretches(); stretch++) {
            for (int k = 0; k < count; k++) {
                sums[k] += partial[stretch * count + k];
            }
        }
        return sums;
    }

    private int stretches() {
        return (length + STRETCH - 1) / STRETCH;
    }

    private void sweep(java.util.function.Supplier<Stretch> factory) {
        Workers.run(stretches(), TILE, threads, () -> new StretchWorker(factory.get(), length));
    }

    /** Work on coordinates {@code from} to {@code to}, the stretch of that number. */
    @FunctionalInterface
    private interface Stretch {
        void run(int from, int to, int stretch);
    }

    /** Work on coordinates that leaves a sum for each vector at a place. */
    @FunctionalInterface
    private interface PartialSums {
        void run(int from, int to, double[] sums, int at);
    }

    private record StretchWorker(Stretch work, int length) implements Workers.Worker {
        @Override
        public void run(long first, int count) {
            for (int stretch = (int) first; stretch < first + count; stretch++) {
                work.run(stretch * STRETCH, (int) Math.min(length, (stretch + 1L) * STRETCH), stretch);
            }
        }
    }
}
