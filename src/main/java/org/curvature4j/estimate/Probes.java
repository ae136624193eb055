package org.curvature4j.estimate;

import org.curvature4j.internal.random.RandomSigns;
import org.curvature4j.internal.random.StandardNormal;

/** Random vectors whose covariance is the identity; probe k is a function of the seed and k alone. */
public enum Probes {
    /** Signs, +1 or -1: the least variance among vectors of independent numbers (Hutchinson 1990). */
    RADEMACHER {
        @Override
        void fill(long seed, int k, double[] into) {
            RandomSigns.fill(seed, (long) k * into.length, into, 0, into.length);
        }
    },
    /** Standard normal numbers: their distribution doesn't depend on the basis that the operator is written in. */
    GAUSSIAN {
        @Override
        void fill(long seed, int k, double[] into) {
            StandardNormal.fill(seed, (long) k * into.length, into, 0, into.length);
        }
    };

    abstract void fill(long seed, int k, double[] into);

    /** Probes {@code first} to {@code first + count - 1}, new arrays of n numbers. */
    double[][] block(long seed, int first, int count, int n) {
        double[][] block = new double[count][n];
        for (int k = 0; k < count; k++) {
            fill(seed, first + k, block[k]);
        }
        return block;
    }

    String words() {
        return this == RADEMACHER ? "random signs" : "normal numbers";
    }
}
