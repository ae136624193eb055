package org.curvature4j.curvature;

/** The terms of a sum over minibatches, wherever they are computed. For one thread at a time. */
interface Terms extends AutoCloseable {

    /** Computes the weighted sum; the result's numbers are overwritten. */
    void sum(double[] vector, double[] result);

    /** The weighted sums for several vectors, each the same bits as alone; the results' numbers are overwritten. */
    default void sums(double[][] vectors, double[][] results) {
        for (int k = 0; k < vectors.length; k++) {
            sum(vectors[k], results[k]);
        }
    }

    /** One batch's term, without its weight. */
    void one(Batch batch, double[] vector, double[] result);

    /** Where they are computed. */
    String describe();

    @Override
    void close();
}
