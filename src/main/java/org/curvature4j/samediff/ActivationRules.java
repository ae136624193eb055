package org.curvature4j.samediff;

import static org.curvature4j.samediff.RuleTable.real;
import static org.curvature4j.samediff.RuleTable.scalar;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Activation functions of {@code sd.nn}, and the derivatives of some that it offers as functions of their own. */
final class ActivationRules {
    private static final String STABLE = "finite for every operand, where ND4J's overflows";
    private static final String AT_ZERO = "derivative 0 at the kink; NaN comes through";

    private ActivationRules() {}

    static void addTo(RuleTable table) {
        addRectifiers(table);
        addSigmoids(table);
        addLinearUnits(table);
        addSoftmax(table);
        addDerivatives(table);
    }

    private static void addRectifiers(RuleTable table) {
        table.add("relu", KINKS, AT_ZERO + "; max(x, cutoff)", scalar(Activations::relu));
        table.add("relu6", KINKS, AT_ZERO, scalar((o, x, c) -> clipAbove(o, Activations.relu(o, x, c))));
        table.add(
                "leakyrelu",
                KINKS,
                "derivative alpha at 0",
                scalar((o, x, c) -> Activations.leaky(o, x, o.like(x, c))));
        table.add("prelu", KINKS, "derivative alpha at 0", ActivationRules::prelu);
        table.add(
                "crelu",
                KINKS,
                AT_ZERO,
                real((o, x) -> o.concat(
                        List.of(Activations.relu(o, x, 0), Activations.relu(o, o.neg(x), 0)),
                        x.shape().rank() - 1)));
        table.add("thresholdedrelu", STEP, call -> {
            Ops o = call.ops();
            Node x = call.input(0);
            Node isBelow = o.apply(Comparison.LE, x, o.like(x, call.number(0, 0)));
            return List.of(o.select(isBelow, o.like(x, 0), x));
        });
    }

    private static Node clipAbove(Ops o, Node x) {
        Node six = o.like(x, 6);
        return o.select(o.apply(Comparison.GE, x, six), six, x);
    }

    /** The slopes have the operand's shape without its first axis, with size 1 where they are shared. */
    private static List<Node> prelu(OpCall call) {
        Node x = call.input(0);
        Node slopes = Broadcasting.raise(call.ops(), call.input(1), x.shape().rank());
        return List.of(Activations.leaky(call.ops(), x, slopes));
    }

    private static void addSigmoids(RuleTable table) {
        table.add("sigmoid", SMOOTH, real(Ops::sigmoid));
        table.add("logsigmoid", SMOOTH, STABLE, real(Activations::logSigmoid));
        table.add("softplus", SMOOTH, STABLE, real(Activations::softplus));
        table.add("softsign", KINKS, "second derivative jumps at 0", real(Activations::softsign));
        table.add(
                "hard_sigmoid",
                KINKS,
                "exact constants; ND4J's have 8 digits",
                real((o, x) -> Activations.clip(o, o.add(o.mul(x, 0.2), o.like(x, 0.5)), 0, 1)));
        table.add("hardtanh", KINKS, real((o, x) -> Activations.clip(o, x, -1, 1)));
        table.add("rational_tanh", KINKS, "third derivative jumps at 0", real(Activations::rationalTanh));
        table.add(
                "rectified_tanh", KINKS, AT_ZERO, real((o, x) -> Activations.relu(o, o.apply(Elementwise.TANH, x), 0)));
    }

    private static void addLinearUnits(RuleTable table) {
        table.add(
                "elu",
                KINKS,
                "kink at 0 unless alpha is 1",
                call -> List.of(Activations.elu(call.ops(), call.input(0), call.number(0, 1))));
        table.add("selu", KINKS, "derivative at 0 from the left", real(Activations::selu));
        table.add(
                "gelu", SMOOTH, "x sigmoid(1.702 x), ND4J's form, with the constant in full", real(Activations::gelu));
        table.add(
                "precise_gelu",
                SMOOTH,
                "the tanh form as published; ND4J cubes 0.044715 too, 0.03 off",
                real(Activations::geluTanh));
        table.add("swish", SMOOTH, real((o, x) -> o.mul(x, o.sigmoid(x))));
        table.add("mish", SMOOTH, real(Activations::mish));
    }

    private static void addSoftmax(RuleTable table) {
        table.add("softmax", SMOOTH, call -> List.of(Reductions.softmax(call.ops(), call.input(0), lastOr(call))));
        table.add(
                "log_softmax",
                SMOOTH,
                "accurate for large operands, where ND4J's is minus infinity",
                call -> List.of(Reductions.logSoftmax(call.ops(), call.input(0), lastOr(call))));
    }

    private static int lastOr(OpCall call) {
        return call.axis(call.integer(0, -1), call.input(0).shape().rank());
    }

    private static void addDerivatives(RuleTable table) {
        table.add(
                "hardtanhderivative",
                STEP,
                real((o, x) -> o.cast(o.apply(Comparison.LE, o.apply(Elementwise.ABS, x), o.like(x, 1)), x.dtype())));
        table.add(
                "softsignderivative",
                KINKS,
                real((o, x) -> o.reciprocal(o.square(o.onePlus(o.apply(Elementwise.ABS, x))))));
        table.add(
                "leakyreluderivative",
                STEP,
                scalar((o, x, c) -> o.select(o.apply(Comparison.GE, x, o.like(x, 0)), o.like(x, 1), o.like(x, c))));
        table.add("sigmoid_bp", SMOOTH, "sigmoidDerivative(x, g)", call -> {
            Ops o = call.ops();
            Node x = call.input(0);
            return List.of(o.mul(call.input(1), o.mul(o.sigmoid(x), o.sigmoid(o.neg(x)))));
        });
        table.add("softmax_bp", SMOOTH, "softmaxDerivative(x, g)", call -> {
            Ops o = call.ops();
            int axis = lastOr(call);
            Node softmax = Reductions.softmax(o, call.input(0), axis);
            Node mean = o.sum(o.mul(softmax, call.input(1)), List.of(axis));
            return List.of(o.mul(softmax, o.sub(call.input(1), mean)));
        });
    }
}
