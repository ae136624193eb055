package org.curvature4j.dl4j;

import java.util.List;
import java.util.Objects;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.RecurrentCells;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpAttributes;
import org.curvature4j.samediff.Smoothness;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** An activation function: most are operations of ND4J's, whose rules are where all of them are. */
record Activation(Smoothness smoothness, RecurrentCells.Activation function) {

    /** @throws IllegalArgumentException for one that isn't known here */
    static Activation of(IActivation written) {
        Class<?> type = written.getClass();
        if (written instanceof ActivationELU elu && type == ActivationELU.class) {
            return nd4j("elu", OpAttributes.of(new long[0], elu.getAlpha()));
        } else if (written instanceof ActivationGELU gelu && type == ActivationGELU.class) {
            return nd4j(gelu.isPrecise() ? "precise_gelu" : "gelu");
        } else if (written instanceof ActivationLReLU leaky && type == ActivationLReLU.class) {
            return nd4j("leakyrelu", OpAttributes.ofScalar(leaky.getAlpha()));
        } else if (written instanceof ActivationRReLU random && type == ActivationRReLU.class) {
            // Where it doesn't train, Deeplearning4j cuts off at the mean slope, in place of multiplying by it.
            return nd4j("relu", OpAttributes.ofScalar((random.getL() + random.getU()) / 2));
        } else if (written instanceof ActivationThresholdedReLU relu && type == ActivationThresholdedReLU.class) {
            return nd4j("thresholdedrelu", OpAttributes.of(new long[0], relu.getTheta()));
        } else if (written instanceof ActivationReLU relu && type == ActivationReLU.class) {
            return rectifier(relu);
        }
        return nd4j(plain(type));
    }

    private static String plain(Class<?> type) {
        if (type == ActivationCube.class) {
            return "cube";
        } else if (type == ActivationHardSigmoid.class) {
            return "hard_sigmoid";
        } else if (type == ActivationHardTanH.class) {
            return "hardtanh";
        } else if (type == ActivationIdentity.class) {
            return "identity";
        } else if (type == ActivationMish.class) {
            return "mish";
        } else if (type == ActivationRationalTanh.class) {
            return "rational_tanh";
        } else if (type == ActivationRectifiedTanh.class) {
            return "rectified_tanh";
        } else if (type == ActivationSELU.class) {
            return "selu";
        } else if (type == ActivationSigmoid.class) {
            return "sigmoid";
        } else if (type == ActivationSoftPlus.class) {
            return "softplus";
        } else if (type == ActivationSoftSign.class) {
            return "softsign";
        } else if (type == ActivationSoftmax.class) {
            return "softmax";
        } else if (type == ActivationSwish.class) {
            return "swish";
        } else if (type == ActivationTanH.class) {
            return "tanh";
        } else if (type == ActivationReLU6.class) {
            return "relu6";
        }
        throw new IllegalArgumentException(
                "activation function: expected one of Deeplearning4j's own without weights, got "
                        + type.getSimpleName());
    }

    private static Activation nd4j(String op) {
        return nd4j(op, op.equals("relu6") ? OpAttributes.ofScalar(0) : OpAttributes.of(new long[0]));
    }

    private static Activation nd4j(String op, OpAttributes arguments) {
        ImportRules rules = ImportRules.standard();
        Smoothness smoothness = Objects.requireNonNull(rules.find(op)).smoothness();
        return new Activation(
                smoothness, (o, x) -> rules.apply(o, op, List.of(x), arguments).get(0));
    }

    /** Without a threshold a leaky one; with one, what is below is a slope times the distance to it. */
    private static Activation rectifier(ActivationReLU relu) {
        Double most = relu.getMax();
        double threshold = Objects.requireNonNullElse(relu.getThreshold(), 0.0);
        double slope = Objects.requireNonNullElse(relu.getNegativeSlope(), 0.0);
        Activation below;
        if (threshold != 0) {
            below = new Activation(Smoothness.STEP, (o, x) -> {
                Node distance = o.sub(x, o.like(x, threshold));
                Node isBelow = o.apply(Comparison.LT, x, o.like(x, threshold));
                return o.select(isBelow, o.mul(distance, slope), x);
            });
        } else if (slope != 0) {
            below = nd4j("leakyrelu", OpAttributes.ofScalar(slope));
        } else {
            below = nd4j("relu", OpAttributes.ofScalar(0));
        }
        return most == null
                ? below
                : new Activation(below.smoothness, (o, x) -> clipped(o, below.function.of(o, x), most));
    }

    private static Node clipped(Ops o, Node x, double most) {
        Node bound = o.like(x, most);
        return o.select(o.apply(Comparison.GE, x, bound), bound, x);
    }

    LayerRule rule() {
        return new LayerRule(smoothness, false, call -> function.of(call.ops(), call.input()));
    }
}
