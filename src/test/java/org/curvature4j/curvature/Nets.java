package org.curvature4j.curvature;

import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.io.RandomPoints;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Small nets with data, for tests of operators. */
final class Nets {
    static final int EXAMPLES = 23;
    static final int CLASSES = 3;

    private Nets() {}

    /** A 4-5-3 tanh net with "logits", losses "mean" and "total" by softmax cross entropy, and "squares". */
    static SameDiff classifier() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 4);
        SDVariable labels = sd.placeHolder("labels", DataType.DOUBLE, -1, CLASSES);
        SDVariable w1 = sd.var("W1", normal(1, 4, 5));
        SDVariable b1 = sd.var("b1", normal(2, 5));
        SDVariable w2 = sd.var("W2", normal(3, 5, CLASSES));
        SDVariable b2 = sd.var("b2", normal(4, CLASSES));
        SDVariable logits = sd.math().tanh(x.mmul(w1).add(b1)).mmul(w2).add("logits", b2);
        sd.loss().softmaxCrossEntropy("mean", labels, logits, null);
        SDVariable shifted = logits.sub(sd.math().log(sd.math().exp(logits).sum(true, 1)));
        labels.mul(shifted).sum().mul("total", -1);
        sd.loss().meanSquaredError("squares", labels, logits, null);
        return sd;
    }

    static Map<String, INDArray> data() {
        Map<String, INDArray> data = new LinkedHashMap<>();
        data.put("x", normal(5, EXAMPLES, 4));
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, CLASSES);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(i, i * i % CLASSES, 1);
        }
        data.put("labels", labels);
        return data;
    }

    /** The same data, so many examples at a time. */
    static Iterable<Map<String, INDArray>> minibatches(Map<String, INDArray> data, int size) {
        java.util.List<Map<String, INDArray>> batches = new java.util.ArrayList<>();
        for (int from = 0; from < EXAMPLES; from += size) {
            batches.add(rows(data, from, Math.min(EXAMPLES, from + size)));
        }
        return batches;
    }

    static Map<String, INDArray> rows(Map<String, INDArray> data, int from, int to) {
        Map<String, INDArray> rows = new LinkedHashMap<>();
        data.forEach((name, array) -> rows.put(name, array.get(NDArrayIndex.interval(from, to))));
        return rows;
    }

    private static INDArray normal(long seed, long... shape) {
        return RandomPoints.of(seed, 1, shape).readRows(0, 1).reshape(shape);
    }
}
