package org.curvature4j.training;

import java.util.Locale;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** How a gradient becomes a step. */
public enum Optimizer {
    /** Kingma and Ba 2015, algorithm 1, with its constants: 0.9, 0.999, 1e-8. */
    ADAM,
    /** Minus the rate times the gradient. */
    SGD;

    IUpdater updater(double rate) {
        return switch (this) {
            case ADAM -> new Adam(rate);
            case SGD -> new Sgd(rate);
        };
    }

    /** The name in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
