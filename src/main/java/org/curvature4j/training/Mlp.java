package org.curvature4j.training;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.random.StandardNormal;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Multilayer perceptrons with their loss, in float64. Placeholders {@code input} [-1, first width] and {@code label} [-1,
 * last width], trainable variables W1 [first, second], b1 [second], W2 and so on. A layer computes activation(h W + b) of
 * rows h, the last one h W + b alone.
 *
 * <p>Weights are normal numbers of variance 2 / (inputs + outputs) (Glorot and Bengio 2010, section 4.2.1, whose uniform
 * numbers have this variance), drawn in the order of the layers, row-major; biases are 0.
 */
public final class Mlp {
    /** Placeholder of the features. */
    public static final String INPUT = "input";
    /** Placeholder of the targets. */
    public static final String LABEL = "label";
    /** What the last layer computes, for {@link Loss#CROSS_ENTROPY}. */
    public static final String LOGITS = "logits";
    /** The softmax of the logits. */
    public static final String PROBABILITIES = "probabilities";
    /** What the last layer computes, for {@link Loss#SQUARED_ERROR}. */
    public static final String PREDICTION = "prediction";
    /** The loss, one number. */
    public static final String LOSS = "loss";

    private Mlp() {}

    /**
     * Makes a net.
     *
     * @param loss decides the outputs: logits and probabilities, or prediction
     * @param seed of the weights; the same numbers on every platform
     * @param widths inputs, hidden layers, outputs: at least two, each at least 1; a classifier has 2 outputs or more
     * @throws IllegalArgumentException if they are others, or the weights are more than 2^31 - 1
     */
    public static SameDiff of(Activation activation, Loss loss, long seed, int... widths) {
        check(loss, widths);
        SameDiff sd = SameDiff.create();
        SDVariable label;
        SDVariable h = sd.placeHolder(INPUT, DataType.DOUBLE, -1, widths[0]);
        int last = widths.length - 1;
        label = sd.placeHolder(LABEL, DataType.DOUBLE, -1, widths[last]);
        long drawn = 0;
        for (int layer = 1; layer <= last; layer++) {
            int inputs = widths[layer - 1];
            int outputs = widths[layer];
            double[] weights = new double[inputs * outputs];
            StandardNormal.fill(seed, drawn, weights, 0, weights.length);
            drawn += weights.length;
            double deviation = Math.sqrt(2.0 / ((double) inputs + outputs));
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= deviation;
            }
            SDVariable w = sd.var("W" + layer, HostArray.copyOf(weights, DataType.DOUBLE, inputs, outputs));
            SDVariable b = sd.var("b" + layer, HostArray.copyOf(new double[outputs], DataType.DOUBLE, outputs));
            SDVariable product = h.mmul(w);
            h = layer == last ? product.add(output(loss), b) : activation.of(sd, product.add(b));
        }
        if (loss == Loss.CROSS_ENTROPY) {
            sd.nn().softmax(PROBABILITIES, h, -1);
        }
        sd.setLossVariables(loss.of(sd, label, h).name());
        return sd;
    }

    /** The name of what the last layer computes. */
    static String output(Loss loss) {
        return loss == Loss.CROSS_ENTROPY ? LOGITS : PREDICTION;
    }

    private static void check(Loss loss, int... widths) {
        String text = Arrays.stream(widths).mapToObj(Integer::toString).collect(Collectors.joining("-"));
        if (widths.length < 2 || Arrays.stream(widths).anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "widths: expected two or more numbers of at least 1, as in 64-32-10, got '" + text + "'");
        }
        if (loss == Loss.CROSS_ENTROPY && widths[widths.length - 1] < 2) {
            throw new IllegalArgumentException(
                    "widths: expected 2 or more outputs, one for each class, got " + text + " for cross-entropy");
        }
        long weights = 0;
        for (int layer = 1; layer < widths.length; layer++) {
            weights += (long) widths[layer - 1] * widths[layer];
            if (weights > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("widths: expected fewer than 2^31 weights, got more in " + text);
            }
        }
    }
}
