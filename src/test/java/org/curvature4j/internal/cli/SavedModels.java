package org.curvature4j.internal.cli;

import java.nio.file.Path;
import org.curvature4j.io.RandomPoints;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Small graphs saved as users save theirs. */
public final class SavedModels {
    private SavedModels() {}

    /** Placeholders x [-1, 3] and label [-1, 1]; variables W [3, 2], b [2], V [2, 1]; outputs loss [] and y [-1, 1]. */
    public static SameDiff regression() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable label = sd.placeHolder("label", DataType.DOUBLE, -1, 1);
        SDVariable hidden = sd.math().tanh(x.mmul(sd.var("W", numbers(1, 3, 2))).add(sd.var("b", numbers(2, 2))));
        SDVariable y = hidden.mmul("y", sd.var("V", numbers(3, 2, 1)));
        SDVariable error = y.sub(label);
        error.mul(error).mean("loss");
        return sd;
    }

    /** Float32, placeholder x [2, 2] without a batch axis, output f = sum(sin(x) * x) []. */
    static SameDiff single() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.FLOAT, 2, 2);
        sd.math().sin(x).mul(x).sum("f");
        return sd;
    }

    /** Two inputs p and q, [-1, 2] each, and two outputs, s and t, [-1, 2]. */
    static SameDiff several() {
        SameDiff sd = SameDiff.create();
        SDVariable p = sd.placeHolder("p", DataType.DOUBLE, -1, 2);
        SDVariable q = sd.placeHolder("q", DataType.DOUBLE, -1, 2);
        p.mul(q).mul("s", p);
        sd.math().exp("t", p.sub(q));
        return sd;
    }

    /** Variables u and v, scalars, and f = (1 - u)^2 + 100 (v - u^2)^2; no placeholder. */
    public static SameDiff rosenbrock(double u, double v) {
        SameDiff sd = SameDiff.create();
        SDVariable first = sd.var("u", org.nd4j.linalg.factory.Nd4j.scalar(DataType.DOUBLE, u));
        SDVariable second = sd.var("v", org.nd4j.linalg.factory.Nd4j.scalar(DataType.DOUBLE, v));
        SDVariable slope = first.rsub(1);
        SDVariable valley = second.sub(first.mul(first));
        slope.mul(slope).add("f", valley.mul(valley).mul(100));
        return sd;
    }

    /** An operation that nobody can import: random noise. */
    static SameDiff noisy() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 1, 2);
        x.mul(sd.random().normal("noise", 0, 1, DataType.DOUBLE, 1, 2)).sum("f");
        return sd;
    }

    public static Path save(SameDiff sd, Path folder, String name) {
        Path file = folder.resolve(name);
        sd.save(file.toFile(), false);
        return file;
    }

    static INDArray numbers(long seed, long... shape) {
        long size = 1;
        for (long one : shape) {
            size *= one;
        }
        return RandomPoints.of(seed, size).readRows(0, size).reshape(shape);
    }
}
