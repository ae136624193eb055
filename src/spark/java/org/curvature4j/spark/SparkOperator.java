package org.curvature4j.spark;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.curvature4j.Block;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.operator.LinearOperator;

/**
 * A symmetric matrix in all parameters of a loss, at one point, whose products are jobs: a vector goes to the executors, the
 * sum over partitions comes back. The same bits each time, for the same partitions, whatever the executors. Safe for several
 * threads. Executors keep what they prepared for it until it, or its loss, is closed: they hear of that with the next job of
 * any loss.
 */
public final class SparkOperator extends LinearOperator {
    /** Numbers of the vectors of one job: 128 MiB. */
    private static final int JOB = 1 << 24;

    private final String what;
    private final LossData data;
    private final List<Block> blocks;
    private final Term.Maker maker;
    private final boolean mean;
    private final Broadcast<double[]> point;
    private final long term;
    private final Lifetime lifetime = new Lifetime("operator", this::free);

    SparkOperator(String what, LossData data, List<Block> blocks, Term.Maker maker, boolean mean, double[] point) {
        super(point.length, point.length, true);
        this.what = what;
        this.data = data;
        this.blocks = blocks;
        this.maker = maker;
        this.mean = mean;
        this.point = data.broadcast(point);
        this.term = data.newTerm();
    }

    /** Where each parameter tensor lies among rows and columns, with its name in the graph. */
    public List<Block> blocks() {
        return blocks;
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        System.arraycopy(products(vector), 0, product, 0, product.length);
    }

    /** Several vectors make one job. */
    @Override
    protected void multiplyBlock(double[][] vectors, double[][] products) {
        int n = columns();
        int most = Math.max(1, JOB / n);
        for (int first = 0; first < vectors.length; first += most) {
            int count = Math.min(most, vectors.length - first);
            double[] some = new double[count * n];
            for (int k = 0; k < count; k++) {
                System.arraycopy(vectors[first + k], 0, some, k * n, n);
            }
            double[] computed = products(some);
            for (int k = 0; k < count; k++) {
                System.arraycopy(computed, k * n, products[first + k], 0, n);
            }
        }
    }

    private double[] products(double[] vectors) {
        lifetime.enter();
        try {
            return data.sums(what + " times vectors", term, maker, point, mean, vectors, columns(), rows());
        } finally {
            lifetime.exit();
        }
    }

    @Override
    public void close() {
        lifetime.close();
    }

    private void free() {
        data.drop(term);
        point.destroy();
    }

    @Override
    public String toString() {
        return what + " [" + rows() + ", " + columns() + "] on Spark";
    }
}
