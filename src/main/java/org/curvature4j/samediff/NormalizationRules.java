package org.curvature4j.samediff;

import static org.curvature4j.samediff.RuleTable.unary;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Pools;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Windows;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;

/** Normalisation, clipping and dropout. */
final class NormalizationRules {
    private static final String DROPOUT = "the identity, as in inference";

    private static final String DEVIATION = "0 where the deviation is 0, its derivatives not a number";

    private NormalizationRules() {}

    static void addTo(RuleTable table) {
        table.add("standardize", SMOOTH, DEVIATION, call -> List.of(standardize(call, call.integersOf(1, "axes"))));
        table.add("layer_norm", SMOOTH, DEVIATION, NormalizationRules::layerNorm);
        table.add("batchnorm", SMOOTH, "with the statistics given", NormalizationRules::batchNorm);
        table.add(
                "lrn",
                SMOOTH,
                "over the last axis, as ND4J's kernel does in any layout",
                NormalizationRules::localResponse);
        table.add("ClipByValue", KINKS, "derivative 1 at the bounds; NaN comes through", NormalizationRules::clip);
        table.add("clipbynorm", KINKS, call -> List.of(clipByNorm(call, false)));
        table.add("clipbyavgnorm", KINKS, call -> List.of(clipByNorm(call, true)));
        table.add("dropout", SMOOTH, DROPOUT, unary((o, x) -> x));
        table.add("dropout_inverted", SMOOTH, DROPOUT, unary((o, x) -> x));
    }

    private static Node standardize(OpCall call, long[] written) {
        Ops o = call.ops();
        Node x = call.input(0);
        List<Integer> axes = call.axes(written, x.shape().rank());
        Node deviation = o.sub(x, Reductions.mean(o, x, axes));
        Node variance = Reductions.mean(o, o.square(deviation), axes);
        Node isZero = o.apply(Comparison.EQ, variance, o.like(x, 0));
        Node inverse = o.pow(o.select(isZero, o.like(x, 1), variance), -0.5);
        if (Reductions.count(x, axes) > 1) {
            // The value is 0 where nothing deviates, but there is no derivative: any change, however small, becomes a
            // deviation of 1.
            inverse = o.withPartials(inverse, List.of(variance), List.of(o.mul(o.pow(variance, -1.5), -0.5)));
        }
        return o.mul(deviation, inverse);
    }

    private static List<Node> layerNorm(OpCall call) {
        Ops o = call.ops();
        int rank = call.input(0).shape().rank();
        boolean channelsFirst = call.flag(0, true);
        Node standard = standardize(call, call.attributes().integers());
        Node gain = Broadcasting.along(o, call.input(1), channelsFirst ? 1 : rank - 1, rank);
        Node scaled = o.mul(standard, gain);
        return List.of(
                call.inputCount() > 2 ? ContractionRules.addBias(o, scaled, call.input(2), channelsFirst) : scaled);
    }

    /** Operands: values, mean, variance, then a factor and a summand where the first two arguments say so. */
    private static List<Node> batchNorm(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        boolean hasFactor = call.integer(0, 0) != 0;
        boolean hasSummand = call.integer(1, 0) != 0;
        int rank = x.shape().rank();
        long[] written = call.integersFrom(2);
        List<Integer> axes = written.length == 0 ? List.of(rank - 1) : call.axes(written, rank);
        Node mean = alongAxes(o, x, call.input(1), axes);
        Node variance = alongAxes(o, x, call.input(2), axes);
        Node result = o.mul(o.sub(x, mean), o.pow(o.add(variance, o.like(x, call.number(0, 0))), -0.5));
        if (hasFactor) {
            result = o.mul(result, alongAxes(o, x, call.input(3), axes));
        }
        if (hasSummand) {
            result = o.add(result, alongAxes(o, x, call.input(hasFactor ? 4 : 3), axes));
        }
        return List.of(result);
    }

    private static Node alongAxes(Ops o, Node x, Node statistics, List<Integer> axes) {
        Shape shape = Shape.ones(x.shape().rank());
        for (int axis : axes) {
            shape = shape.with(axis, x.shape().dim(axis));
        }
        return o.reshape(statistics, shape);
    }

    /** x / (bias + alpha s)^beta with s the sum of squares over neighbours on the last axis. */
    private static List<Node> localResponse(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        long reach = call.integer(0);
        int last = x.shape().rank() - 1;
        int size = Math.toIntExact(x.shape().dim(last));
        // Windows that reach beyond both ends hold the same elements as the largest that doesn't.
        int around = (int) Math.min(reach, size);
        Node squares = Pools.sumAlong(o, o.square(x), last, new Windows.Axis(size, 2 * around + 1, 1, 1, around, size));
        Node base = o.add(o.mul(squares, call.number(1)), o.like(x, call.number(0)));
        return List.of(o.mul(x, o.pow(base, -call.number(2))));
    }

    private static List<Node> clip(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        if (call.inputCount() < 3) {
            return List.of(Activations.clip(o, x, call.number(0), call.number(1)));
        }
        List<Node> aligned =
                Broadcasting.align(o, List.of(x, o.cast(call.input(1), x.dtype()), o.cast(call.input(2), x.dtype())));
        return List.of(Activations.clip(o, aligned.get(0), aligned.get(1), aligned.get(2)));
    }

    /** Scaled down to a norm, or a norm per element, wherever it is larger. */
    private static Node clipByNorm(OpCall call, boolean perElement) {
        Ops o = call.ops();
        Node x = call.input(0);
        double bound = call.number(0);
        List<Integer> axes = call.axes(call.attributes().integers(), x.shape().rank());
        double elements = perElement ? Reductions.count(x, axes) : 1;
        Node limit = o.like(x, bound * elements);
        Node squares = o.sum(o.square(x), axes);
        Node isLarger = o.apply(Comparison.GT, Reductions.root(o, squares), limit);
        // Where nothing is cut off, x may be 0, and the root's derivatives there must not matter.
        Node root = Reductions.root(o, o.select(isLarger, squares, o.like(x, 1)));
        return o.mul(x, o.div(limit, o.select(isLarger, root, limit)));
    }

    static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
