package org.curvature4j.internal.engine.fused;

/** What generated classes implement: a function over points that lie one after the other. */
public interface ScalarLoop {
    /**
     * Computes results.
     *
     * @param in points, row-major
     * @param out results, row-major; entries that are the same for every point are left alone
     * @param work scratch numbers, one array a thread
     * @param count of points
     */
    void run(double[] in, double[] out, double[] work, int count);
}
