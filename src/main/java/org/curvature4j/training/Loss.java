package org.curvature4j.training;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What training makes small, a mean over examples. */
public enum Loss {
    /** Softmax cross-entropy of logits and one-hot labels: a classifier. */
    CROSS_ENTROPY,
    /** The mean over examples and outputs of (prediction - target)^2: a regressor. */
    SQUARED_ERROR;

    SDVariable of(SameDiff sd, SDVariable label, SDVariable output) {
        return switch (this) {
            case CROSS_ENTROPY -> sd.loss().softmaxCrossEntropy(Mlp.LOSS, label, output, null);
            case SQUARED_ERROR -> sd.loss().meanSquaredError(Mlp.LOSS, label, output, null);
        };
    }

    /** The name as on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
