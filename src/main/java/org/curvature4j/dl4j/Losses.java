package org.curvature4j.dl4j;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.internal.composition.Labels;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.Smoothness;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/**
 * Losses of rows of outputs before their activation function, summed over rows. Cross entropies are computed from these by
 * log softmax and softplus, so that nothing has to be clipped as Deeplearning4j's scores are.
 */
final class Losses {
    /** What Deeplearning4j takes for the least probability, or norm. */
    private static final double LEAST = 1e-5;

    private Losses() {}

    /** A loss for each element; rows of outputs before and after the activation function, and of labels. */
    @FunctionalInterface
    private interface Loss {
        Node apply(Ops o, Node before, Node after, Node labels);
    }

    /**
     * A loss of an output layer.
     *
     * @param name for reports; those of {@code LossForm} are told by it what likelihood it is of
     * @param rule gives one number, of rows before the activation function and of labels
     */
    record Written(String name, LayerRule rule, boolean hasIndices) {}

    /** @throws IllegalArgumentException for a loss that isn't known here */
    static Written of(ILossFunction written, IActivation activation) {
        Class<?> type = written.getClass();
        boolean isSoftmax = activation.getClass() == ActivationSoftmax.class;
        if (type == LossSparseMCXENT.class) {
            LossSparseMCXENT sparse = (LossSparseMCXENT) written;
            return sparse(activation, isSoftmax, sparse.getWeights());
        } else if (type == LossMCXENT.class || type == LossNegativeLogLikelihood.class) {
            INDArray weights = ((LossMCXENT) written).getWeights();
            String name = isSoftmax && weights == null ? "softmax_cross_entropy_loss" : "mcxent_loss";
            return written(
                    name,
                    activation,
                    weights,
                    Smoothness.SMOOTH,
                    (o, z, a, y) -> o.neg(o.mul(y, logarithm(o, z, a, isSoftmax))));
        } else if (written instanceof LossBinaryXENT binary && type == LossBinaryXENT.class) {
            return binary(binary, activation, isSoftmax);
        } else if (type == LossL2.class || type == LossMSE.class) {
            INDArray weights = ((LossL2) written).getWeights();
            boolean isPlain = activation.getClass() == ActivationIdentity.class && weights == null;
            Loss squares = (o, z, a, y) -> o.square(o.sub(a, y));
            return written(
                    isPlain ? "mean_sqerr_loss" : "l2_loss_of_outputs",
                    activation,
                    weights,
                    Smoothness.SMOOTH,
                    type == LossMSE.class ? mean(squares) : squares);
        } else if (type == LossL1.class || type == LossMAE.class) {
            Loss distances = (o, z, a, y) -> o.apply(Elementwise.ABS, o.sub(a, y));
            return written(
                    "l1_loss",
                    activation,
                    ((LossL1) written).getWeights(),
                    Smoothness.KINKS,
                    type == LossMAE.class ? mean(distances) : distances);
        } else if (written instanceof LossMAPE percentage && type == LossMAPE.class) {
            Loss shares = (o, z, a, y) -> o.mul(o.apply(Elementwise.ABS, o.div(o.sub(y, a), y)), 100);
            return written("mape_loss", activation, percentage.getWeights(), Smoothness.KINKS, mean(shares));
        } else if (written instanceof LossMSLE logarithmic && type == LossMSLE.class) {
            Loss squares = (o, z, a, y) -> o.square(o.apply(Elementwise.LOG, o.div(o.onePlus(a), o.onePlus(y))));
            return written("msle_loss", activation, logarithmic.getWeights(), Smoothness.SMOOTH, mean(squares));
        }
        return unweighted(written, activation);
    }

    private static Written unweighted(ILossFunction written, IActivation activation) {
        Class<?> type = written.getClass();
        if (type == LossHinge.class) {
            return written("hinge_loss_of_signs", activation, null, Smoothness.KINKS, Losses::hinge);
        } else if (type == LossSquaredHinge.class) {
            return written(
                    "squared_hinge_loss",
                    activation,
                    null,
                    Smoothness.KINKS,
                    (o, z, a, y) -> o.square(hinge(o, z, a, y)));
        } else if (type == LossPoisson.class) {
            return written(
                    "poisson_loss",
                    activation,
                    null,
                    Smoothness.SMOOTH,
                    (o, z, a, y) -> o.sub(a, o.mul(y, o.apply(Elementwise.LOG, a))));
        } else if (type == LossKLD.class) {
            return written("kld_loss", activation, null, Smoothness.KINKS, Losses::divergence);
        } else if (type == LossCosineProximity.class) {
            return written("cosine_proximity_loss", activation, null, Smoothness.KINKS, Losses::cosine);
        } else if (type == LossWasserstein.class) {
            return written("wasserstein_loss", activation, null, Smoothness.SMOOTH, mean((o, z, a, y) -> o.mul(y, a)));
        }
        throw new IllegalArgumentException(
                "loss: expected one that is a sum over rows of outputs, got " + type.getSimpleName());
    }

    private static Loss mean(Loss loss) {
        return (o, z, a, y) -> o.mul(loss.apply(o, z, a, y), 1.0 / z.shape().dim(1));
    }

    private static Node logarithm(Ops o, Node z, Node a, boolean isSoftmax) {
        return isSoftmax ? Reductions.logSoftmax(o, z, 1) : o.apply(Elementwise.LOG, a);
    }

    private static Written binary(LossBinaryXENT loss, IActivation activation, boolean isSoftmax) {
        boolean isSigmoid = activation.getClass() == ActivationSigmoid.class;
        String name = isSigmoid && loss.getWeights() == null ? "sigm_cross_entropy_loss" : "xent_loss";
        return written(name, activation, loss.getWeights(), Smoothness.SMOOTH, (o, z, a, y) -> {
            if (isSigmoid) {
                return o.sub(Activations.softplus(o, z), o.mul(z, y));
            } else if (isSoftmax) {
                return o.neg(o.mul(y, Reductions.logSoftmax(o, z, 1)));
            }
            Node one = o.like(a, 1);
            Node yes = o.mul(y, o.apply(Elementwise.LOG, a));
            return o.neg(o.add(yes, o.mul(o.sub(one, y), o.apply(Elementwise.LOG, o.sub(one, a)))));
        });
    }

    private static Node hinge(Ops o, Node z, Node a, Node y) {
        return Activations.relu(o, o.sub(o.like(a, 1), o.mul(y, a)), 0);
    }

    private static Node divergence(Ops o, Node z, Node a, Node y) {
        Node output = Activations.clip(o, a, LEAST, 1);
        Node label = Activations.clip(o, y, LEAST, 1);
        return o.mul(label, o.apply(Elementwise.LOG, o.div(label, output)));
    }

    private static Node cosine(Ops o, Node z, Node a, Node y) {
        Node norms = o.mul(length(o, a), length(o, y));
        return o.neg(o.div(o.mul(a, y), o.broadcast(norms, a.shape())));
    }

    private static Node length(Ops o, Node rows) {
        Node norm = Reductions.norm(o, rows, List.of(1));
        return o.apply(Elementwise.MAX, norm, o.like(norm, LEAST));
    }

    /** Labels are numbers of classes, one a row. */
    private static Written sparse(IActivation activation, boolean isSoftmax, @Nullable INDArray weights) {
        double[] factors = factors(weights);
        Activation function = Activation.of(activation);
        LayerRule rule = LayerRule.smooth(call -> {
                    Ops o = call.ops();
                    Node z = call.ofRank(2);
                    Node labels = o.reshape(o.cast(call.inputs().get(1), DType.INT64), Shape.of(call.size(0)));
                    Node a = isSoftmax ? z : function.function().of(o, z);
                    Node logs = weigh(o, logarithm(o, z, a, isSoftmax), factors);
                    return total(o, o.neg(Labels.chosen(o, logs, 1, labels)));
                })
                .with(function.smoothness());
        return new Written("sparse_mcxent_loss", rule, true);
    }

    private static Written written(
            String name, IActivation activation, @Nullable INDArray weights, Smoothness smoothness, Loss loss) {
        double[] factors = factors(weights);
        Activation function = Activation.of(activation);
        LayerRule rule = LayerRule.smooth(call -> {
                    Ops o = call.ops();
                    Node z = call.ofRank(2);
                    Node labels = o.cast(call.inputs().get(1), z.dtype());
                    if (!labels.shape().equals(z.shape())) {
                        throw call.expected("labels of shape " + z.shape(), labels.shape());
                    }
                    Node a = function.function().of(o, z);
                    return total(o, weigh(o, loss.apply(o, z, a, labels), factors));
                })
                .with(function.smoothness())
                .with(smoothness);
        return new Written(name, rule, false);
    }

    private static double[] factors(@Nullable INDArray weights) {
        return weights == null ? new double[0] : weights.toDoubleVector();
    }

    private static Node weigh(Ops o, Node losses, double[] factors) {
        if (factors.length == 0) {
            return losses;
        }
        if (losses.shape().dim(1) != factors.length) {
            throw new IllegalArgumentException(
                    "expected " + losses.shape().dim(1) + " weights of the loss, one an output, got " + factors.length);
        }
        Node row = o.constant(new TensorType(losses.dtype(), Shape.of(1, factors.length)), factors);
        return o.mul(losses, row);
    }

    private static Node total(Ops o, Node x) {
        return o.reshape(o.sum(x, o.allAxes(x)), Shape.SCALAR);
    }
}
