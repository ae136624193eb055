package org.curvature4j.curvature;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Sandwich.Middle;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.CumulativeSum;
import org.curvature4j.op.Ops;

/**
 * The Fisher information of a row of outputs, exact or by targets drawn from the model's own distribution (Martens, JMLR 21
 * (2020), section 5; the draws' scores replace those of the data, Kunstner, Balles, Hennig, NeurIPS 2019).
 */
final class Fishers {
    private Fishers() {}

    /** A row's Fisher information in closed form, times a weight. */
    static Middle exact(Likelihood likelihood, double weight) {
        return (ops, z, u, inputs, random) -> switch (likelihood) {
            case GAUSSIAN -> ops.mul(u, weight);
            case BERNOULLI -> ops.mul(ops.mul(variance(ops, z), u), weight);
            case BERNOULLI_PROBABILITY -> {
                Node spread = ops.mul(z, ops.sub(ops.like(z, 1), z));
                // A sigmoid that has rounded to 0 or 1 doesn't move, so that its infinite information counts for
                // nothing.
                Node isStill = ops.apply(Comparison.EQ, u, ops.like(u, 0));
                yield ops.mul(ops.select(isStill, u, ops.div(u, spread)), weight);
            }
            case SOFTMAX -> {
                Node p = softmax(ops, z);
                Node mean = ops.sum(ops.mul(p, u), List.of(1));
                yield ops.mul(ops.mul(p, ops.sub(u, ops.broadcast(mean, u.shape()))), weight);
            }
        };
    }

    /** The mean over draws of s s', s being the score of a drawn target, times a weight. */
    static Middle sampled(Likelihood likelihood, int draws, double weight) {
        return (ops, z, u, inputs, random) -> {
            Shape each = Shape.of(draws, z.shape().dim(0), z.shape().dim(1));
            Node vector = spread(ops, u, each);
            Node numbers = random.get(0);
            Node score =
                    switch (likelihood) {
                        case GAUSSIAN -> numbers;
                        case BERNOULLI -> {
                            Node p = spread(ops, ops.sigmoid(z), each);
                            yield ops.sub(p, ops.cast(ops.apply(Comparison.LT, numbers, p), p.dtype()));
                        }
                        case BERNOULLI_PROBABILITY -> scoreOfProbability(ops, spread(ops, z, each), numbers);
                        case SOFTMAX -> scoreOfClass(ops, softmax(ops, z), numbers, each);
                    };
            Node products = ProductGraphs.along(ops, score, vector, 2, weight / draws);
            return ops.sum(products, List.of(0));
        };
    }

    /**
     * The random numbers that the scores are made of, for a batch: uniform ones, one a draw and row for classes, one an output
     * for yes or no; standard normal ones, which are the scores themselves, for vectors.
     */
    static TensorType random(Likelihood likelihood, int draws, Shape rows, DType dtype) {
        long each = likelihood == Likelihood.SOFTMAX ? 1 : rows.dim(1);
        return new TensorType(dtype, Shape.of(draws, rows.dim(0), each));
    }

    /** p (1 - p), without cancellation for large z. */
    private static Node variance(Ops ops, Node z) {
        return ops.mul(ops.sigmoid(z), ops.sigmoid(ops.neg(z)));
    }

    /** The slope of the negative log-likelihood in p: -1 / p for a yes, which is drawn with probability p, else 1 / (1 - p). */
    private static Node scoreOfProbability(Ops ops, Node p, Node uniform) {
        Node one = ops.like(p, 1);
        Node isYes = ops.apply(Comparison.LT, uniform, p);
        return ops.select(isYes, ops.neg(ops.div(one, p)), ops.div(one, ops.sub(one, p)));
    }

    /** p - e, where e marks the class in whose share of (0, 1) the uniform number lies. */
    private static Node scoreOfClass(Ops ops, Node p, Node uniform, Shape each) {
        Node upper = ops.apply(new CumulativeSum(1, false, false), p);
        Node lower = ops.apply(new CumulativeSum(1, true, false), p);
        long last = p.shape().dim(1) - 1;
        // Rounding may leave the sum of all shares below a number that is nearly 1.
        Node total = ops.reshape(
                ops.slice(upper, 1, last, last + 1), Shape.of(1, p.shape().dim(0), 1));
        Node position = ops.broadcast(ops.mul(uniform, ops.broadcast(total, uniform.shape())), each);
        Node begun = ops.cast(ops.apply(Comparison.LE, spread(ops, lower, each), position), p.dtype());
        Node ended = ops.cast(ops.apply(Comparison.LE, spread(ops, upper, each), position), p.dtype());
        return ops.sub(spread(ops, p, each), ops.sub(begun, ended));
    }

    private static Node spread(Ops ops, Node x, Shape each) {
        return ops.broadcast(ops.reshape(x, one(x.shape())), each);
    }

    private static Shape one(Shape rows) {
        return Shape.of(1, rows.dim(0), rows.dim(1));
    }

    private static Node softmax(Ops ops, Node z) {
        Node largest = ops.stopGradient(ops.max(z, List.of(1)));
        Node powers = ops.exp(ops.sub(z, ops.broadcast(largest, z.shape())));
        return ops.div(powers, ops.broadcast(ops.sum(powers, List.of(1)), z.shape()));
    }
}
