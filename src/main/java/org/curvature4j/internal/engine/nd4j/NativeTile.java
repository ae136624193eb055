package org.curvature4j.internal.engine.nd4j;

import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.engine.tile.Transposer;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan of ND4J operations, with Java arrays in and out. */
final class NativeTile implements TilePlan {
    private final TensorPlan plan;
    private final double[] input;
    /** The results of a batch, which have to be transposed; of none, those of a point. */
    private final double[] output;

    private final Shape result;
    private final int threads;

    private NativeTile(TensorPlan plan, Shape result, boolean batch, int threads) {
        this.plan = plan;
        this.threads = threads;
        this.result = result;
        this.input = new double
                [Math.toIntExact(Shape.of(plan.inputs().get(0).shape()).size())];
        this.output = new double[batch ? outputSize() : 0];
    }

    /** Of a plan over a batch, the last axis, which is closed with this. */
    static NativeTile ofBatch(TensorPlan plan) {
        return new NativeTile(plan, result(plan), true, 1);
    }

    /**
     * Of a plan at one point, whose result has no axis of the batch; closed with this.
     *
     * @param threads that share the reading of a large result
     */
    static NativeTile ofPoint(TensorPlan plan, int threads) {
        return new NativeTile(plan, result(plan), false, threads);
    }

    private static Shape result(TensorPlan plan) {
        return Shape.of(plan.outputs().get(0).shape());
    }

    @Override
    public int inputSize() {
        return input.length;
    }

    @Override
    public void points(double[] rows, int tile) {
        Transposer.transpose(rows, 0, tile, input.length / tile, input);
    }

    @Override
    public void feed(int number, INDArray value) {
        HostArray.copy("feed", value, plan.inputs().get(number));
    }

    @Override
    public void run() {
        HostArray target = HostArray.writing(plan.inputs().get(0));
        target.write(0, input, input.length);
        target.finish();
        plan.run();
    }

    private void read(double[] numbers) {
        try (HostArray values = HostArray.reading("result", plan.outputs().get(0))) {
            values.readAll(numbers, threads);
        }
    }

    @Override
    public int outputSize() {
        return Math.toIntExact(result.size());
    }

    @Override
    public void results(int first, int count, double[] rows) {
        if (output.length == 0) {
            read(rows);
        } else {
            read(output);
            Transposer.toRows(output, 0, result, rows);
        }
    }

    @Override
    public void close() {
        plan.close();
    }
}
