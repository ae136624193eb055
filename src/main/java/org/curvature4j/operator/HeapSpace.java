package org.curvature4j.operator;

import java.util.List;
import java.util.function.Supplier;
import org.curvature4j.internal.host.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Vectors on the heap, with the work on many at once spread over several threads.
 *
 * <p>Millions of coordinates don't fit any cache, so that memory sets the pace: work goes by stretches of coordinates,
 * small enough for what is done there twice to find its numbers in the cache. Stretches have a fixed length and their
 * sums are added in order, so that bits don't depend on the number of threads. Safe for several threads, each on vectors of its own.
 */
public final class HeapSpace extends VectorSpace<double[]> {
    /**
     * Coordinates done in one go: those of 60 vectors take 960 KB, about a core's second cache. Shorter ones end where
     * memory has just begun to stream: 512 took half as long again.
     */
    private static final int STRETCH = 2048;

    /** Stretches that a thread takes at once. */
    private static final int TILE = 4;

    private final @Nullable LinearOperator operator;
    private final int threads;

    private HeapSpace(@Nullable LinearOperator operator, int length, int threads) {
        super(length);
        this.operator = operator;
        this.threads = threads;
    }

    /** @param threads the most that work at once, the calling one included; results are the same bits for any number */
    HeapSpace(LinearOperator operator, int threads) {
        this(operator, operator.columns(), threads);
    }

    /**
     * Of no operator.
     *
     * @param length numbers of a vector
     * @param threads the most that work at once, the calling one included; results are the same bits for any number
     */
    public HeapSpace(int length, int threads) {
        this(null, length, threads);
    }

    @Override
    public double[] vector() {
        return new double[length()];
    }

    @Override
    public void write(double[] numbers, double[] vector) {
        System.arraycopy(numbers, 0, vector, 0, length());
    }

    @Override
    public double[] take(double[] vector) {
        return vector;
    }

    /** @throws IllegalStateException if it is the space of no operator */
    @Override
    public double[] product() {
        return new double[operator().rows()];
    }

    /** @throws IllegalStateException if it is the space of no operator */
    @Override
    public void multiply(double[] vector, double[] product) {
        operator().apply(vector, product);
    }

    /** @throws IllegalStateException if it is the space of no operator */
    @Override
    public void multiply(List<double[]> vectors, List<double[]> products) {
        operator().multiplyBlock(vectors.toArray(double[][]::new), products.toArray(double[][]::new));
    }

    private LinearOperator operator() {
        if (operator == null) {
            throw new IllegalStateException("product: expected the space of an operator, got one of no operator");
        }
        return operator;
    }

    @Override
    public double dot(double[] a, double[] b) {
        return Vectors.dot(a, b);
    }

    @Override
    public double norm(double[] vector) {
        return Vectors.norm(vector);
    }

    @Override
    public void add(double factor, double[] x, double[] y) {
        Vectors.add(factor, x, y);
    }

    @Override
    public void scale(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = factor * x[i];
        }
    }

    @Override
    public double[] dots(List<double[]> vectors, double[] vector) {
        double[][] all = vectors.toArray(double[][]::new);
        return sums(all.length, (from, to, sums, at) -> Stretches.dots(all, vector, from, to, sums, at));
    }

    @Override
    public void subtract(List<double[]> vectors, double[] factors, double[] vector) {
        double[][] all = vectors.toArray(double[][]::new);
        sweep(() -> (from, to, stretch) -> Stretches.subtract(all, factors, vector, from, to));
    }

    /** In one sweep over memory. */
    @Override
    public double[] subtractThenDots(List<double[]> vectors, double[] factors, double[] vector) {
        double[][] all = vectors.toArray(double[][]::new);
        return sums(all.length, (from, to, sums, at) -> {
            Stretches.subtract(all, factors, vector, from, to);
            Stretches.dots(all, vector, from, to, sums, at);
        });
    }

    @Override
    public void combine(List<double[]> vectors, double[] combinations, int kept) {
        double[][] all = vectors.toArray(double[][]::new);
        sweep(() -> {
            double[][] combined = new double[kept][STRETCH];
            return (from, to, stretch) -> {
                for (int k = 0; k < kept; k++) {
                    Stretches.combine(all, combinations, k * all.length, from, to, combined[k]);
                }
                for (int k = 0; k < kept; k++) {
                    System.arraycopy(combined[k], 0, all[k], from, to - from);
                }
            };
        });
    }

    /** Nothing to free. */
    @Override
    public void close() {}

    /** Sums over stretches, so many. */
    private double[] sums(int count, PartialSums work) {
        double[] partial = new double[Math.multiplyExact(stretches(), count)];
        sweep(() -> (from, to, stretch) -> work.run(from, to, partial, stretch * count));
        return Stretches.total(partial, count);
    }

    private int stretches() {
        return (int) ((length() + STRETCH - 1L) / STRETCH);
    }

    private void sweep(Supplier<Stretch> factory) {
        Workers.run(stretches(), TILE, threads, () -> new StretchWorker(factory.get(), length()));
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
