package org.curvature4j.training;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What hidden layers apply to their sums, as ND4J defines it: those whose gradient SameDiff computes right. */
public enum Activation {
    TANH,
    SIGMOID,
    RELU,
    ELU,
    SOFTPLUS,
    /** x times the logistic function of 1.702 x. */
    GELU,
    SWISH;

    SDVariable of(SameDiff sd, SDVariable sums) {
        return switch (this) {
            case TANH -> sd.math().tanh(sums);
            case SIGMOID -> sd.nn().sigmoid(sums);
            case RELU -> sd.nn().relu(sums, 0);
            case ELU -> sd.nn().elu(sums);
            case SOFTPLUS -> sd.nn().softplus(sums);
            case GELU -> sd.nn().gelu(sums);
            case SWISH -> sd.nn().swish(sums);
        };
    }

    /** The name in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
