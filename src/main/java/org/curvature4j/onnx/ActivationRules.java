package org.curvature4j.onnx;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Activations, by the formulas of the ONNX standard, with its default parameters. */
final class ActivationRules {
    private ActivationRules() {}

    private interface Formula {
        SDVariable apply(OnnxNode node, SameDiff sd, SDVariable x);
    }

    static void addTo(Map<String, OnnxRule> rules) {
        put(rules, "Relu", (node, sd, x) -> sd.nn().relu(x, 0));
        put(rules, "LeakyRelu", (node, sd, x) -> sd.nn().leakyRelu(x, node.number("alpha", 0.01)));
        put(rules, "Sigmoid", (node, sd, x) -> sd.nn().sigmoid(x));
        put(rules, "Softplus", (node, sd, x) -> sd.nn().softplus(x));
        put(rules, "Softsign", (node, sd, x) -> sd.nn().softsign(x));
        put(rules, "Elu", (node, sd, x) -> exponential(sd, x, node.number("alpha", 1), 1));
        put(rules, "Celu", (node, sd, x) -> {
            double alpha = node.number("alpha", 1);
            return exponential(sd, x, alpha, alpha);
        });
        put(rules, "Selu", (node, sd, x) -> exponential(sd, x, node.number("alpha", SELU_ALPHA), 1)
                .mul(node.number("gamma", SELU_GAMMA)));
        put(rules, "Mish", (node, sd, x) -> x.mul(sd.math().tanh(sd.nn().softplus(x))));
        put(rules, "Gelu", ActivationRules::gelu);
        put(
                rules,
                "HardSigmoid",
                (node, sd, x) -> hardSigmoid(sd, x, node.number("alpha", 0.2), node.number("beta", 0.5)));
        put(rules, "HardSwish", (node, sd, x) -> {
            // Held at -3, below which the other factor is 0.
            SDVariable raised = sd.math().clipByValue(x, -3, Double.POSITIVE_INFINITY);
            return raised.mul(hardSigmoid(sd, x, 1.0 / 6, 0.5));
        });
        put(
                rules,
                "ThresholdedRelu",
                (node, sd, x) -> sd.where(x, sd.zerosLike(x), sd.gt(x, node.scalar(node.number("alpha", 1)))));
        put(rules, "PRelu", (node, sd, x) -> {
            SDVariable positive = sd.nn().relu(x, 0);
            return positive.add(negative(sd, x).mul(node.x(1)));
        });
        put(rules, "Clip", ActivationRules::clip);
    }

    /** The constants of the standard, which are float32 numbers written out. */
    private static final double SELU_ALPHA = 1.6732631921768188;

    private static final double SELU_GAMMA = 1.0507010221481323;

    private static void put(Map<String, OnnxRule> rules, String name, Formula formula) {
        rules.put(name, OnnxRule.single(node -> node.input(0).with(formula.apply(node, node.sd(), node.x(0)))));
    }

    /** x above 0, and alpha (e^(x / scale) - 1) below, where it is continued by its derivative from the left. */
    private static SDVariable exponential(SameDiff sd, SDVariable x, double alpha, double scale) {
        SDVariable positive = sd.nn().relu(x, 0);
        return positive.add(sd.math().expm1(negative(sd, x).div(scale)).mul(alpha));
    }

    /** x below 0, else 0, so that nothing overflows where it isn't used; its derivative at 0 is 1. */
    private static SDVariable negative(SameDiff sd, SDVariable x) {
        return sd.math().clipByValue(x, Double.NEGATIVE_INFINITY, 0);
    }

    private static SDVariable gelu(OnnxNode node, SameDiff sd, SDVariable x) {
        SDVariable inner;
        if (node.text("approximate", "none").equals("tanh")) {
            SDVariable cubic = sd.math().pow(x, 3).mul(0.044715);
            inner = sd.math().tanh(x.add(cubic).mul(Math.sqrt(2 / Math.PI)));
        } else {
            inner = sd.math().erf(x.div(Math.sqrt(2)));
        }
        return x.mul(0.5).mul(inner.add(1.0));
    }

    private static SDVariable hardSigmoid(SameDiff sd, SDVariable x, double slope, double offset) {
        return sd.math().clipByValue(x.mul(slope).add(offset), 0, 1);
    }

    private static SDVariable clip(OnnxNode node, SameDiff sd, SDVariable x) {
        double low = bound(node, "min", 1, Double.NEGATIVE_INFINITY);
        double high = bound(node, "max", 2, Double.POSITIVE_INFINITY);
        // The lower bound first, as ONNX says: where it is the greater one, all numbers become the other.
        return low > high ? sd.onesLike(x).mul(high) : sd.math().clipByValue(x, low, high);
    }

    private static double bound(OnnxNode node, String attribute, int input, double otherwise) {
        if (node.hasAttribute(attribute)) {
            return node.number(attribute, otherwise);
        }
        if (!node.has(input)) {
            return otherwise;
        }
        INDArray bound = node.constant(input);
        return bound.getDouble(0);
    }
}
