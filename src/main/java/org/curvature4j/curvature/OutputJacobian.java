package org.curvature4j.curvature;

import java.util.Arrays;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;

/** The Jacobian of a model's outputs, for all examples one after the other, in its parameters. */
final class OutputJacobian extends LinearOperator {
    private final Batches batches;
    private final BatchSum forward;
    private final BatchSum reverse;
    private final int each;

    /**
     * @param forward jvp of a batch
     * @param reverse vjp of a batch
     * @param each outputs of one example
     */
    OutputJacobian(Batches batches, BatchSum forward, BatchSum reverse, int each, int parameters) {
        super(Math.toIntExact(batches.examples() * each), parameters, false);
        this.batches = batches;
        this.forward = forward;
        this.reverse = reverse;
        this.each = each;
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        batches.forEach(batch -> {
            double[] part = new double[length(batch)];
            forward.one(batch, vector, part);
            System.arraycopy(part, 0, product, from(batch), part.length);
        });
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] product) {
        Arrays.fill(product, 0);
        double[] part = new double[product.length];
        batches.forEach(batch -> {
            int from = from(batch);
            reverse.one(batch, Arrays.copyOfRange(vector, from, from + length(batch)), part);
            Vectors.add(1, part, product);
        });
    }

    private int from(Batch batch) {
        return Math.toIntExact(batch.first() * each);
    }

    private int length(Batch batch) {
        return Math.toIntExact(batch.examples() * each);
    }

    @Override
    public void close() {
        Resources.of(forward, reverse).close();
    }

    @Override
    public String toString() {
        return "Jacobian of outputs [" + rows() + ", " + columns() + "]";
    }
}
