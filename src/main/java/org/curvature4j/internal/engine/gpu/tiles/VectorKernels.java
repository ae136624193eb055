package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.internal.gpu.ptx.Threads;

/**
 * Work on long vectors that lie in one memory, each from an element on. Tables hold such elements and factors as doubles.
 * The operations and the order of sums are those of {@code org.curvature4j.operator}, so that the bits are.
 */
@SuppressWarnings({"NarrowCalculation", "UnusedMethod"})
final class VectorKernels {
    static final int THREADS = 128;

    static final String DOTS = "dots";
    static final String SUBTRACT = "subtract";
    static final String ADD = "add";
    static final String SCALE = "scale";
    static final String COMBINE = "combine";
    static final String PLACE = "place";

    /** Combinations that a thread of {@link #COMBINE} makes, which read a vector's number once. */
    static final int TOGETHER = 4;

    /** All of them. */
    static final String TEXT = text();

    private VectorKernels() {}

    private static String text() {
        PtxModule module = new PtxModule();
        for (String entry : new String[] {DOTS, SUBTRACT, ADD, SCALE, COMBINE, PLACE}) {
            module.entry(entry, VectorKernels.class, entry);
        }
        return module.text();
    }

    /**
     * Inner products of some vectors with one, by stretches of coordinates: neighbouring threads have neighbouring
     * coordinates of a stretch, and add up their sums by twos, neighbours first.
     *
     * @param table where the vectors begin
     * @param only where the vector begins that takes the table's place if there is one alone
     * @param sums takes [stretches, vectors]
     * @param lanes threads of a vector's stretch, a power of two up to a warp
     */
    private static void dots(
            double[] memory,
            double[] table,
            int vectors,
            long only,
            long vector,
            double[] sums,
            int length,
            int stretch,
            int lanes) {
        int lane = Threads.lane() % lanes;
        long place = Threads.index() / lanes;
        long from = place / vectors * stretch;
        double sum = 0;
        double rest = 0;
        if (from < length) {
            int size = (int) Math.min((long) stretch, length - from);
            long begin = vectors == 1 ? only : (long) table[(int) (place % vectors)];
            double[] a = Threads.from(memory, begin + from);
            double[] b = Threads.from(memory, vector + from);
            int whole = size - size % lanes;
            for (int i = lane; i < whole; i += lanes) {
                sum += a[i] * b[i];
            }
            for (int i = whole; i < size; i++) {
                rest += a[i] * b[i];
            }
        }
        for (int apart = 1; apart < lanes; apart *= 2) {
            sum += Threads.shuffle(sum, Threads.lane() ^ apart);
        }
        if (from < length && lane == 0) {
            Threads.from(sums, place)[0] = sum + rest;
        }
    }

    /**
     * Subtracts multiples of vectors, two at a time, a coordinate a thread.
     *
     * @param table where the vectors begin, then their factors
     */
    private static void subtract(double[] memory, double[] table, int vectors, long vector, int length) {
        long index = Threads.index();
        if (index < length) {
            int i = (int) index;
            double[] result = Threads.from(memory, vector);
            double left = result[i];
            int k = 0;
            for (; k + 1 < vectors; k += 2) {
                left -= table[vectors + k] * Threads.from(memory, (long) table[k])[i]
                        + table[vectors + k + 1] * Threads.from(memory, (long) table[k + 1])[i];
            }
            if (k < vectors) {
                left -= table[vectors + k] * Threads.from(memory, (long) table[k])[i];
            }
            result[i] = left;
        }
    }

    private static void add(double[] memory, double factor, long x, long y, int length) {
        long index = Threads.index();
        if (index < length) {
            int i = (int) index;
            Threads.from(memory, y)[i] += factor * Threads.from(memory, x)[i];
        }
    }

    private static void scale(double[] memory, double factor, long x, long y, int length) {
        long index = Threads.index();
        if (index < length) {
            int i = (int) index;
            Threads.from(memory, y)[i] = factor * Threads.from(memory, x)[i];
        }
    }

    /**
     * Combinations of vectors at some coordinates, {@link #TOGETHER} of them at one coordinate a thread.
     *
     * @param table where the vectors begin, then the factors [combinations, vectors]
     * @param first of the coordinates
     * @param combined takes [combinations, coordinates]
     */
    private static void combine(
            double[] memory,
            double[] table,
            int vectors,
            int combinations,
            int first,
            int coordinates,
            double[] combined) {
        long index = Threads.index();
        int k = (int) (index / coordinates) * TOGETHER;
        if (k < combinations) {
            int i = (int) (index % coordinates);
            int last = combinations - 1;
            double[] f0 = Threads.from(table, vectors + (long) k * vectors);
            double[] f1 = Threads.from(table, vectors + (long) Math.min(last, k + 1) * vectors);
            double[] f2 = Threads.from(table, vectors + (long) Math.min(last, k + 2) * vectors);
            double[] f3 = Threads.from(table, vectors + (long) Math.min(last, k + 3) * vectors);
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int j = 0; j < vectors; j++) {
                double number = Threads.from(memory, (long) table[j])[first + i];
                s0 += f0[j] * number;
                s1 += f1[j] * number;
                s2 += f2[j] * number;
                s3 += f3[j] * number;
            }
            double[] sums = Threads.from(combined, (long) k * coordinates + i);
            sums[0] = s0;
            if (k + 1 < combinations) {
                sums[coordinates] = s1;
            }
            if (k + 2 < combinations) {
                sums[2 * coordinates] = s2;
            }
            if (k + 3 < combinations) {
                sums[3 * coordinates] = s3;
            }
        }
    }

    /** Puts combinations in the place of the first vectors of the table. */
    private static void place(
            double[] memory, double[] table, int combinations, int first, int coordinates, double[] combined) {
        long index = Threads.index();
        int k = (int) (index / coordinates);
        if (k < combinations) {
            int i = (int) (index % coordinates);
            Threads.from(memory, (long) table[k])[first + i] = Threads.from(combined, index)[0];
        }
    }
}
