package org.curvature4j.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What a hidden layer applies to each of its sums, as ND4J defines it: those that survive saving and loading, and whose
 * gradient SameDiff computes right.
 */
public enum Activation {
    TANH,
    SIGMOID,
    RELU,
    ELU,
    SELU,
    /** x times the logistic function of 1.702 x. */
    GELU,
    SWISH,
    SOFTPLUS,
    SOFTSIGN,
    SINE;

    /** A node of a graph that applies it to each number of another. */
    public SDVariable of(SameDiff sd, SDVariable sums) {
        return switch (this) {
            case TANH -> sd.math().tanh(sums);
            case SIGMOID -> sd.nn().sigmoid(sums);
            case RELU -> sd.nn().relu(sums, 0);
            case ELU -> sd.nn().elu(sums);
            case SELU -> sd.nn().selu(sums);
            case GELU -> sd.nn().gelu(sums);
            case SWISH -> sd.nn().swish(sums);
            case SOFTPLUS -> sd.nn().softplus(sums);
            case SOFTSIGN -> sd.nn().softsign(sums);
            case SINE -> sd.math().sin(sums);
        };
    }

    /** The name in lower case, as on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The activation of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static Activation of(String text) {
        return Arrays.stream(values())
                .filter(activation -> activation.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("activation: expected one of "
                        + Arrays.stream(values()).map(Activation::text).collect(Collectors.joining(", ")) + ", got '"
                        + text + "'"));
    }
}
