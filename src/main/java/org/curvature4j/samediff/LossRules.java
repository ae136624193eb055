package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.internal.composition.Labels;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/**
 * Losses. SameDiff's operands are predictions, weights, labels, in this order. ND4J's own derivatives of these ignore
 * what is done with the loss afterwards; ours don't.
 */
final class LossRules {
    private LossRules() {}

    /** A loss for each element, before weights and reduction. */
    interface Loss {
        Node apply(OpCall call, Node prediction, Node label);
    }

    static void addTo(RuleTable table) {
        addDifferences(table);
        addLogarithmic(table);
        addEntropies(table);
        table.add("l2_loss", SMOOTH, call -> {
            Ops o = call.ops();
            Node squares = o.square(call.input(0));
            return List.of(o.mul(LossReduction.total(o, squares), 0.5));
        });
    }

    private static ImportRule loss(Loss loss) {
        return call -> {
            Node prediction = call.input(0);
            Node label = call.ops().cast(call.input(2), prediction.dtype());
            return List.of(LossReduction.reduce(call, loss.apply(call, prediction, label)));
        };
    }

    private static void addDifferences(RuleTable table) {
        table.add("mean_sqerr_loss", SMOOTH, loss((call, p, y) -> call.ops()
                .square(call.ops().sub(p, y))));
        table.add("absolute_difference_loss", KINKS, "derivative 0 at equality", loss((call, p, y) -> call.ops()
                .apply(Elementwise.ABS, call.ops().sub(p, y))));
        table.add("huber_loss", KINKS, "second derivative jumps", loss(LossRules::huber));
        table.add("hinge_loss", KINKS, "labels 0 or 1; derivative 0 at the kink", loss(LossRules::hinge));
        table.add(
                "mean_pairwssqerr_loss",
                SMOOTH,
                "as ND4J computes it: twice the mean that its documentation states",
                loss(LossRules::pairwise));
        table.add(
                "cosine_distance_loss", SMOOTH, "operands of unit length assumed, as in ND4J", loss(LossRules::cosine));
    }

    /** d^2 / 2 up to delta, then delta (|d| - delta / 2). */
    private static Node huber(OpCall call, Node p, Node y) {
        Ops o = call.ops();
        Node size = o.apply(Elementwise.ABS, o.sub(p, y));
        Node delta = o.like(p, call.number(0));
        Node isFar = o.apply(Comparison.GT, size, delta);
        Node near = o.mul(o.square(size), 0.5);
        return o.select(isFar, o.mul(o.sub(size, o.mul(delta, 0.5)), delta), near);
    }

    private static Node hinge(OpCall call, Node p, Node y) {
        Ops o = call.ops();
        Node sign = o.sub(o.mul(y, 2), o.like(y, 1));
        return Activations.relu(o, o.sub(o.like(p, 1), o.mul(sign, p)), 0);
    }

    /** Twice the mean, over the pairs of an example's elements, of the squared difference between their errors. */
    private static Node pairwise(OpCall call, Node p, Node y) {
        Ops o = call.ops();
        List<Integer> axes = NormalizationRules.range(1, p.shape().rank());
        Node error = o.sub(p, y);
        Node squares = o.sum(o.square(error), axes);
        Node sum = o.sum(error, axes);
        double n = Reductions.count(p, axes);
        if (n < 2) {
            throw call.expected("at least two elements an example, to have pairs", p.type());
        }
        Node first = o.div(squares, o.like(p, n - 1));
        Node second = o.div(o.square(sum), o.like(p, n * (n - 1)));
        return o.mul(o.sub(first, second), 4);
    }

    private static Node cosine(OpCall call, Node p, Node y) {
        Ops o = call.ops();
        int axis = call.axis(call.integer(1), p.shape().rank());
        return o.sub(o.like(p, 1), o.sum(o.mul(p, y), List.of(axis)));
    }

    private static void addLogarithmic(RuleTable table) {
        table.add("log_loss", SMOOTH, loss((call, p, y) -> {
            Ops o = call.ops();
            Node epsilon = o.like(p, call.number(0));
            Node one = o.like(p, 1);
            Node yes = o.mul(y, o.apply(Elementwise.LOG, o.add(p, epsilon)));
            Node no = o.mul(o.sub(one, y), o.apply(Elementwise.LOG, o.sub(o.add(one, epsilon), p)));
            return o.neg(o.add(yes, no));
        }));
        table.add(
                "log_poisson_loss",
                SMOOTH,
                "full: Stirling's term is 0 for label 0, where ND4J's is no number",
                loss(LossRules::logPoisson));
    }

    private static Node logPoisson(OpCall call, Node p, Node y) {
        Ops o = call.ops();
        Node loss = o.sub(o.exp(p), o.mul(y, p));
        if (call.integer(1, 0) == 0) {
            return loss;
        }
        Node isZero = o.apply(Comparison.EQ, y, o.like(y, 0));
        Node safe = o.select(isZero, o.like(y, 1), y);
        Node log = o.apply(Elementwise.LOG, safe);
        Node stirling = o.add(o.sub(o.mul(safe, log), safe), o.mul(o.add(log, o.like(y, Math.log(2 * Math.PI))), 0.5));
        return o.add(loss, o.select(isZero, o.like(y, 0), stirling));
    }

    private static void addEntropies(RuleTable table) {
        table.add("sigm_cross_entropy_loss", SMOOTH, loss(LossRules::sigmoidCrossEntropy));
        table.add("softmax_cross_entropy_loss", SMOOTH, "by log-softmax", loss((call, p, y) -> {
            Ops o = call.ops();
            Node smoothed = smooth(o, y, call.number(0, 0), 1.0 / p.shape().dim(1));
            return crossEntropy(o, p, smoothed, p.shape().rank() - 1);
        }));
        table.add("softmax_cross_entropy_loss_with_logits", SMOOTH, "by log-softmax", call -> {
            Node p = call.input(0);
            int axis = call.axis(call.integer(0, -1), p.shape().rank());
            Node loss = crossEntropy(call.ops(), p, call.ops().cast(call.input(1), p.dtype()), axis);
            return List.of(call.dropAxes(loss, List.of(axis), false));
        });
        table.add(
                "sparse_softmax_cross_entropy_loss_with_logits",
                SMOOTH,
                "by log-softmax; labels known at import or computed",
                call -> List.of(sparse(call.ops(), call, call.input(0), call.input(1))));
    }

    private static Node smooth(Ops o, Node labels, double smoothing, double target) {
        return smoothing == 0 ? labels : o.add(o.mul(labels, 1 - smoothing), o.like(labels, smoothing * target));
    }

    /** softplus(p) - p y, which is finite for every p. */
    private static Node sigmoidCrossEntropy(OpCall call, Node p, Node y) {
        Ops o = call.ops();
        return o.sub(Activations.softplus(o, p), o.mul(p, smooth(o, y, call.number(0, 0), 0.5)));
    }

    private static Node crossEntropy(Ops o, Node logits, Node labels, int axis) {
        return o.neg(o.sum(o.mul(labels, Reductions.logSoftmax(o, logits, axis)), List.of(axis)));
    }

    /** The class is the logits' last axis. */
    private static Node sparse(Ops o, OpCall call, Node labels, Node logits) {
        int axis = logits.shape().rank() - 1;
        Node known = labels;
        if (call.isConstant(0)) {
            long[] written = call.constantIntegers(0, "labels");
            double[] numbers = LongStream.of(written).asDoubleStream().toArray();
            known = o.constant(new TensorType(DType.INT64, labels.shape()), numbers);
        }
        return o.neg(Labels.chosen(o, Reductions.logSoftmax(o, logits, axis), axis, known));
    }
}
