package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.Smoothness;

/** Activations, by the formulas of the ONNX standard, with its default parameters. */
final class ActivationRules {
    private static final String AT_ZERO = "derivative at 0 from the left";
    /** The constants of the standard, which are float32 numbers written out. */
    private static final double SELU_ALPHA = 1.6732631921768188;

    private static final double SELU_GAMMA = 1.0507010221481323;

    private ActivationRules() {}

    /** The value for one operand, and the attributes. */
    private interface Formula {
        Node apply(Ops o, Node x, OnnxAttributes attributes);
    }

    private static void put(OnnxRules rules, String name, Smoothness smoothness, String note, Formula formula) {
        rules.add(
                name,
                smoothness,
                note,
                OnnxRule.single(call -> formula.apply(call.ops(), call.input(0), call.attributes())));
    }

    static void addTo(OnnxRules rules) {
        addUnits(rules);
        addSigmoids(rules);
        put(rules, "Gelu", SMOOTH, "", (o, x, a) -> gelu(o, x, a.text("approximate", "none")));
        rules.add("FastGelu", SMOOTH, OnnxRule.single(call -> Activations.geluTanh(call.ops(), biased(call))));
        rules.add("BiasGelu", SMOOTH, OnnxRule.single(call -> gelu(call.ops(), biased(call), "none")));
        put(rules, "QuickGelu", SMOOTH, "", (o, x, a) -> o.mul(x, o.sigmoid(o.mul(x, a.number("alpha", 1.702)))));
        put(rules, "Mish", SMOOTH, "", (o, x, a) -> Activations.mish(o, x));
        put(rules, "Swish", SMOOTH, "", ActivationRules::swish);
        put(rules, "Affine", SMOOTH, "", (o, x, a) -> affine(o, x, a.number("alpha", 1), a.number("beta", 0)));
        rules.add(
                "SwiGLU",
                SMOOTH,
                OnnxRule.single(call -> call.broadcast((o, x, y) -> o.mul(swish(o, x, call.attributes()), y))));
        rules.add("PRelu", KINKS, AT_ZERO, OnnxRule.single(call -> call.broadcast(Activations::leaky)));
        rules.add("Clip", KINKS, "derivative 1 at the bounds", OnnxRule.single(ActivationRules::clip));
    }

    private static void addUnits(OnnxRules rules) {
        put(rules, "Relu", KINKS, AT_ZERO, (o, x, a) -> Activations.relu(o, x, 0));
        put(
                rules,
                "LeakyRelu",
                KINKS,
                AT_ZERO,
                (o, x, a) -> Activations.leaky(o, x, o.like(x, a.number("alpha", 0.01))));
        put(
                rules,
                "ThresholdedRelu",
                STEP,
                "",
                (o, x, a) -> o.select(o.apply(Comparison.GT, x, o.like(x, a.number("alpha", 1))), x, o.like(x, 0)));
        put(rules, "Shrink", STEP, "", (o, x, a) -> shrink(o, x, a.number("lambd", 0.5), a.number("bias", 0)));
        put(rules, "Elu", KINKS, AT_ZERO, (o, x, a) -> Activations.elu(o, x, a.number("alpha", 1)));
        put(rules, "Celu", KINKS, "second derivative jumps at 0", (o, x, a) -> {
            double alpha = a.number("alpha", 1);
            return o.mul(Activations.elu(o, o.mul(x, 1 / alpha), 1), alpha);
        });
        put(
                rules,
                "Selu",
                KINKS,
                AT_ZERO,
                (o, x, a) ->
                        o.mul(Activations.elu(o, x, a.number("alpha", SELU_ALPHA)), a.number("gamma", SELU_GAMMA)));
    }

    private static void addSigmoids(OnnxRules rules) {
        put(rules, "Sigmoid", SMOOTH, "", (o, x, a) -> o.sigmoid(x));
        put(rules, "Softplus", SMOOTH, "", (o, x, a) -> Activations.softplus(o, x));
        put(rules, "Softsign", KINKS, "second derivative jumps at 0", (o, x, a) -> Activations.softsign(o, x));
        put(
                rules,
                "ScaledTanh",
                SMOOTH,
                "",
                (o, x, a) -> o.mul(o.apply(Elementwise.TANH, o.mul(x, a.number("beta", 1))), a.number("alpha", 1)));
        put(
                rules,
                "ParametricSoftplus",
                SMOOTH,
                "",
                (o, x, a) -> o.mul(Activations.softplus(o, o.mul(x, a.number("beta", 1))), a.number("alpha", 1)));
        put(
                rules,
                "HardSigmoid",
                KINKS,
                "",
                (o, x, a) -> hardSigmoid(o, x, a.number("alpha", 0.2), a.number("beta", 0.5)));
        put(rules, "HardSwish", KINKS, "", (o, x, a) -> {
            // Held at -3, below which the other factor is 0.
            Node low = o.like(x, -3);
            Node raised = o.select(o.apply(Comparison.LT, x, low), low, x);
            return o.mul(raised, hardSigmoid(o, x, 1.0 / 6, 0.5));
        });
    }

    /** The first operand and, where there is one, a bias along its last axis. */
    private static Node biased(OnnxCall call) {
        return call.has(1) ? call.broadcast((o, x, bias) -> o.add(x, bias)) : call.input(0);
    }

    private static Node swish(Ops o, Node x, OnnxAttributes attributes) {
        return o.mul(x, o.sigmoid(o.mul(x, attributes.number("alpha", 1))));
    }

    private static Node affine(Ops o, Node x, double slope, double offset) {
        return o.add(o.mul(x, slope), o.like(x, offset));
    }

    private static Node hardSigmoid(Ops o, Node x, double slope, double offset) {
        return Activations.clip(o, affine(o, x, slope, offset), 0, 1);
    }

    static Node gelu(Ops o, Node x, String approximation) {
        if (approximation.equals("tanh")) {
            return Activations.geluTanh(o, x);
        }
        Node inner = o.apply(Elementwise.ERF, o.div(x, o.like(x, Math.sqrt(2))));
        return o.mul(o.mul(x, 0.5), o.onePlus(inner));
    }

    /** Where the threshold is negative, both conditions may hold; the lower one comes first. */
    private static Node shrink(Ops o, Node x, double threshold, double bias) {
        Node above = o.apply(Comparison.GT, x, o.like(x, threshold));
        Node below = o.apply(Comparison.LT, x, o.like(x, -threshold));
        Node upper = o.select(above, o.sub(x, o.like(x, bias)), o.like(x, 0));
        return o.select(below, o.add(x, o.like(x, bias)), upper);
    }

    /** The lower bound first, as ONNX says: where it is the greater one, all numbers become the other. */
    private static Node clip(OnnxCall call) {
        Node x = call.input(0);
        Node low = bound(call, "min", 1);
        if (low != null) {
            x = call.broadcast(x, low, (ops, a, b) -> ops.select(ops.apply(Comparison.LT, a, b), b, a));
        }
        Node high = bound(call, "max", 2);
        return high == null
                ? x
                : call.broadcast(x, high, (ops, a, b) -> ops.select(ops.apply(Comparison.GT, a, b), b, a));
    }

    private static @org.jspecify.annotations.Nullable Node bound(OnnxCall call, String attribute, int input) {
        if (call.attributes().has(attribute)) {
            return call.ops().like(call.input(0), call.attributes().number(attribute, 0));
        }
        return call.optional(input);
    }
}
