package org.curvature4j.samediff;

import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;

/** How a loss is made one number: the reduction is the operation's first integer argument, the weights its second operand. */
final class LossReduction {
    private static final int NONE = 0;
    private static final int SUM = 1;
    private static final int MEAN_BY_WEIGHT = 2;
    private static final int MEAN_BY_NONZERO_WEIGHT_COUNT = 3;

    private LossReduction() {}

    /** A mean over weights that are all zero is 0. */
    static Node reduce(OpCall call, Node losses) {
        Ops o = call.ops();
        Node weights = aligned(o, o.cast(call.input(1), losses.dtype()), losses);
        boolean unweighted = weights.op() instanceof Leaf.Literal literal && literal.isAll(1);
        Node weighted = unweighted ? losses : o.mul(losses, weights);
        int reduction = (int) call.integer(0);
        if (reduction == NONE) {
            return weighted;
        } else if (reduction == SUM) {
            return total(o, weighted);
        } else if (reduction != MEAN_BY_WEIGHT && reduction != MEAN_BY_NONZERO_WEIGHT_COUNT) {
            throw call.expected("a reduction from 0 to 3", reduction);
        } else if (unweighted) {
            return o.div(total(o, losses), o.like(losses, (double) losses.type().size()));
        }
        Node isWeighted = o.apply(Comparison.NE, weights, o.like(weights, 0));
        Node summands = reduction == MEAN_BY_WEIGHT ? weights : o.cast(isWeighted, weights.dtype());
        double copies = (double) losses.type().size() / weights.type().size();
        return PairwiseRules.divideOrZero(o, total(o, weighted), o.mul(total(o, summands), copies));
    }

    /** Weights have the losses' rank, or none; a vector beside losses with a last axis of size 1 has a weight a row. */
    private static Node aligned(Ops o, Node weights, Node losses) {
        int rank = losses.shape().rank();
        if (weights.type().size() == 1) {
            return o.reshape(weights, Shape.SCALAR);
        }
        boolean byRow = weights.shape().rank() == rank - 1
                && losses.shape().dim(rank - 1) == 1
                && weights.type().size() == losses.type().size();
        return byRow ? o.reshape(weights, losses.shape()) : Broadcasting.raise(o, weights, rank);
    }

    static Node total(Ops o, Node x) {
        return o.reshape(o.sum(x, o.allAxes(x)), Shape.SCALAR);
    }
}
