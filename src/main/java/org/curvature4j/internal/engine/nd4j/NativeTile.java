package org.curvature4j.internal.engine.nd4j;

import org.curvature4j.graph.Shape;
import org.curvature4j.host.HostArray;
import org.curvature4j.internal.engine.tile.HeapArray;
import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.engine.tile.Transposer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan of ND4J operations, with Java arrays in and out. */
public final class NativeTile implements TilePlan {
    private final TensorPlan plan;
    private final HeapArray input;
    private final HeapArray output;

    /** Of a plan that is closed with this. */
    public NativeTile(TensorPlan plan) {
        this.plan = plan;
        this.input = array(plan.inputs().get(0));
        this.output = array(plan.outputs().get(0));
    }

    private static HeapArray array(INDArray like) {
        Shape shape = Shape.of(like.shape());
        return new HeapArray(new double[Math.toIntExact(shape.size())], 0, shape, false);
    }

    @Override
    public HeapArray input() {
        return input;
    }

    @Override
    public void feed(int number, INDArray value) {
        HostArray.copy("feed", value, plan.inputs().get(number));
    }

    @Override
    public void run() {
        HostArray target = HostArray.writing(plan.inputs().get(0));
        target.write(0, input.values(), input.size());
        target.finish();
        plan.run();
        try (HostArray result = HostArray.reading("result", plan.outputs().get(0))) {
            result.read(0, output.values(), output.size());
        }
    }

    @Override
    public int outputSize() {
        return output.size();
    }

    @Override
    public void results(int count, double[] rows) {
        Transposer.toRows(output, rows);
    }

    @Override
    public void close() {
        plan.close();
    }
}
