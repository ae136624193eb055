package org.curvature4j.onnx;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Normalisations with the statistics that the file holds or the value itself gives, and softmax. */
final class NormalizationRules {
    private static final double EPSILON = 1e-5;

    private NormalizationRules() {}

    static void addTo(Map<String, OnnxRule> rules) {
        rules.put("BatchNormalization", OnnxRule.single(NormalizationRules::batch));
        rules.put("InstanceNormalization", OnnxRule.single(NormalizationRules::instance));
        rules.put("LayerNormalization", OnnxRule.single(NormalizationRules::layer));
        rules.put("Softmax", OnnxRule.single(node -> softmax(node, false)));
        rules.put("LogSoftmax", OnnxRule.single(node -> softmax(node, true)));
    }

    private static OnnxValue batch(OnnxNode node) {
        if (node.flag("training_mode", false)) {
            throw node.expected("training_mode 0", 1);
        }
        SDVariable centred = node.x(0).sub(perChannel(node, 3));
        SDVariable deviation = node.sd().math().sqrt(perChannel(node, 4).add(node.number("epsilon", EPSILON)));
        return node.input(0)
                .with(centred.div(deviation).mul(perChannel(node, 1)).add(perChannel(node, 2)));
    }

    private static OnnxValue instance(OnnxNode node) {
        int[] axes = new int[node.rank(0) - 2];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 2;
        }
        SDVariable normal = standardized(node, axes);
        return node.input(0).with(normal.mul(perChannel(node, 1)).add(perChannel(node, 2)));
    }

    private static OnnxValue layer(OnnxNode node) {
        int rank = node.rank(0);
        int first = node.axis("axis", -1, rank);
        int[] axes = new int[rank - first];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = first + i;
        }
        SDVariable scaled = standardized(node, axes).mul(node.x(1));
        return node.input(0).with(node.has(2) ? scaled.add(node.x(2)) : scaled);
    }

    private static SDVariable standardized(OnnxNode node, int... axes) {
        SameDiff sd = node.sd();
        SDVariable centred = node.x(0).sub(sd.mean(node.x(0), true, axes));
        SDVariable variance = sd.mean(sd.math().square(centred), true, axes);
        return centred.div(sd.math().sqrt(variance.add(node.number("epsilon", EPSILON))));
    }

    /** A vector along axis 1 of the first input. */
    private static SDVariable perChannel(OnnxNode node, int input) {
        long[] shape = new long[node.rank(0)];
        java.util.Arrays.fill(shape, 1);
        shape[1] = -1;
        return node.sd().reshape(node.x(input), shape);
    }

    /** Along one axis since opset 13; before, over all axes from one on taken together. */
    private static OnnxValue softmax(OnnxNode node, boolean log) {
        SameDiff sd = node.sd();
        int rank = node.rank(0);
        boolean old = node.opset() < 13;
        int axis = node.axis("axis", old ? 1 : -1, rank);
        if (old && axis != rank - 1) {
            throw node.expected("the last axis before opset 13, where several are one", axis);
        }
        return node.input(0)
                .with(log ? sd.nn().logSoftmax(node.x(0), axis) : sd.nn().softmax(node.x(0), axis));
    }
}
