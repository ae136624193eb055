package org.curvature4j.internal.gpu.interpreter;

/** An instruction as it runs: for several threads at once. */
@FunctionalInterface
interface Step {

    /**
     * Runs it.
     *
     * @param lanes the numbers of the threads within their gang, the first n of the array
     */
    void run(Frame frame, int[] lanes, int n);
}
