package org.curvature4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The 2-2-1 net's Hessians by SameDiff alone, which differentiates once: its gradient worked out by hand, each of the
 * gradient's numbers a loss of a graph of its own, and each row of each Hessian a call.
 */
final class SameDiffRows implements Computation {
    private static final int N = 11;

    private final INDArray points;
    private final List<SameDiff> rows = new ArrayList<>();

    /** @param points [B, 11], or [11] */
    SameDiffRows(INDArray points) {
        this.points = points.reshape(-1, N);
        for (int row = 0; row < N; row++) {
            rows.add(gradient(row));
        }
    }

    /** One number of the gradient at theta [11]: with h = tanh(W1 x + b1) and s = W2 (1 - h^2), s x', s, h, 1 and W1's. */
    private static SameDiff gradient(int row) {
        SameDiff sd = SameDiff.create();
        SDVariable theta = sd.var("theta", DataType.DOUBLE, N);
        SDVariable weights = sd.reshape(theta.get(SDIndex.interval(0, 4)), 2, 2);
        SDVariable bias = sd.reshape(theta.get(SDIndex.interval(4, 6)), 2, 1);
        SDVariable second = sd.reshape(theta.get(SDIndex.interval(6, 8)), 2, 1);
        SDVariable x = sd.reshape(theta.get(SDIndex.interval(9, 11)), 2, 1);
        SDVariable h = sd.math().tanh(weights.mmul(x).add(bias));
        SDVariable slope = second.mul(h.mul(h).rsub(1));
        SDVariable one = sd.constant(Nd4j.ones(DataType.DOUBLE, 1));
        SDVariable gradient = sd.concat(
                0,
                sd.reshape(sd.mmul(slope, x, false, true, false), 4),
                sd.reshape(slope, 2),
                sd.reshape(h, 2),
                one,
                sd.reshape(sd.mmul(weights, slope, true, false, false), 2));
        gradient.get(SDIndex.interval(row, row + 1)).sum("loss");
        sd.setLossVariables("loss");
        return sd;
    }

    @Override
    public List<INDArray> compute() {
        long count = points.size(0);
        INDArray hessians = Nd4j.create(DataType.DOUBLE, count, N, N);
        for (long point = 0; point < count; point++) {
            INDArray theta = points.getRow(point).dup();
            for (int row = 0; row < N; row++) {
                SameDiff gradient = rows.get(row);
                gradient.associateArrayWithVariable(theta, "theta");
                INDArray derivative =
                        gradient.calculateGradients(Map.of(), "theta").get("theta");
                hessians.put(
                        new INDArrayIndex[] {NDArrayIndex.point(point), NDArrayIndex.point(row), NDArrayIndex.all()},
                        derivative);
            }
        }
        return List.of(hessians);
    }

    @Override
    public void close() {
        // Graphs hold their few numbers until the garbage collector finds them.
    }
}
