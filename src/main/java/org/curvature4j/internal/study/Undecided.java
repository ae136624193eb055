package org.curvature4j.internal.study;

import java.util.Arrays;
import java.util.Objects;
import org.curvature4j.data.Dataset;
import org.curvature4j.training.Mlp;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Which examples still curve the loss. The Hessian of softmax cross-entropy in an example's logits is diag(p) - pp', of
 * trace 1 - |p|^2, p being its probabilities: next to nothing where the net is sure of a class.
 */
final class Undecided {
    /** The share of all the traces that the counted examples make up. */
    static final double SHARE = 0.9;

    private Undecided() {}

    /** The fewest examples whose traces make up 90 % of all of them. */
    static int of(SameDiff net, Dataset data) {
        double[] traces = Arrays.stream(
                        Objects.requireNonNull(net.output(data.feeding(Mlp.INPUT, Mlp.LABEL), Mlp.PROBABILITIES)
                                        .get(Mlp.PROBABILITIES))
                                .toDoubleMatrix())
                .mapToDouble(p -> 1 - Arrays.stream(p).map(each -> each * each).sum())
                .sorted()
                .toArray();
        double target = SHARE * Arrays.stream(traces).sum();
        double sum = 0;
        int count = 0;
        while (sum < target && count < traces.length) {
            count++;
            sum += traces[traces.length - count];
        }
        return count;
    }
}
