package org.curvature4j.internal.cli.report;

/** How fast something is that can be done again and again. */
public final class Rate {
    /** Of calls that are timed together, because the clock itself takes a while. */
    private static final double LEAST_S = 1e-3;

    private Rate() {}

    /**
     * How many of something a second: the best of several tries, because whatever else the machine does makes a try
     * slower.
     *
     * @param count of things a call
     * @param seconds that it may take, and takes at least for one call
     */
    public static double best(long count, double seconds, Runnable call) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double best = 0;
        int calls = 1;
        do {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            double time = (System.nanoTime() - start) / 1e9;
            best = Math.max(best, count * calls / time);
            if (time < LEAST_S) {
                calls *= 2;
            }
        } while (System.nanoTime() < end);
        return best;
    }
}
