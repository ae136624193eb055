package org.curvature4j.curvature;

import java.util.Arrays;
import org.curvature4j.internal.random.StandardNormal;

/**
 * Refuses operators that aren't the same each time: an operation of a user's own may be random, and what follows would be a
 * sum of different matrices. (Random operations of SameDiff are refused when the graph is taken over.)
 */
final class DeterminismProbe {
    private static final long SEED = 1;

    private DeterminismProbe() {}

    static void check(BatchSum sum, Batch batch, int size, String what) {
        double[] vector = new double[size];
        StandardNormal.fill(SEED, 0, vector, 0, size);
        double[] first = new double[size];
        double[] second = new double[size];
        sum.one(batch, vector, first);
        sum.one(batch, vector, second);
        if (!Arrays.equals(first, second)) {
            throw new IllegalArgumentException(what
                    + ": expected the same product each time, got two for one vector (an operation is random; leave it"
                    + " out or fix its seed)");
        }
    }
}
