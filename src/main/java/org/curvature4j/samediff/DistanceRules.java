package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Products and distances of two tensors over axes, which stay at size 1 unless the operation drops them. */
final class DistanceRules {
    private DistanceRules() {}

    private interface Distance {
        Node apply(Ops ops, Node x, Node y, List<Integer> axes);
    }

    static void addTo(RuleTable table) {
        table.add("dot", SMOOTH, over((o, x, y, axes) -> o.sum(o.mul(x, y), axes)));
        table.add("cosinesimilarity", SMOOTH, over(DistanceRules::cosine));
        table.add("cosinedistance", SMOOTH, over((o, x, y, axes) -> o.sub(o.like(x, 1), cosine(o, x, y, axes))));
        table.add(
                "euclidean",
                KINKS,
                "derivative 0 where the distance is 0",
                over((o, x, y, axes) -> Reductions.norm(o, o.sub(x, y), axes)));
        table.add("manhattan", KINKS, over((o, x, y, axes) -> o.sum(o.apply(Elementwise.ABS, o.sub(x, y)), axes)));
        table.add(
                "hammingdistance",
                STEP,
                over((o, x, y, axes) -> Reductions.mean(o, o.cast(o.apply(Comparison.NE, x, y), x.dtype()), axes)));
        table.add("jaccarddistance", KINKS, over(DistanceRules::jaccard));
    }

    private static ImportRule over(Distance distance) {
        return call -> {
            List<Integer> axes = call.reductionAxes(2);
            Node x = call.input(0);
            Ops o = call.ops();
            Node y = Broadcasting.raise(
                    o, o.cast(call.input(1), x.dtype()), x.shape().rank());
            Node result = distance.apply(o, x, y, axes);
            return List.of(call.dropAxes(result, axes, call.attributes().keepDims()));
        };
    }

    private static Node cosine(Ops o, Node x, Node y, List<Integer> axes) {
        Node product = o.sum(o.mul(x, y), axes);
        Node lengths = o.mul(o.sqrt(o.sum(o.square(x), axes)), o.sqrt(o.sum(o.square(y), axes)));
        return o.div(product, lengths);
    }

    /** 1 - sum of minima / sum of maxima. */
    private static Node jaccard(Ops o, Node x, Node y, List<Integer> axes) {
        Node smaller = o.sum(o.apply(Elementwise.MIN, x, y), axes);
        Node larger = o.sum(o.apply(Elementwise.MAX, x, y), axes);
        return o.sub(o.like(x, 1), o.div(smaller, larger));
    }
}
