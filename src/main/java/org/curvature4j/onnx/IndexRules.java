package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** What chooses elements by their place, which is known or computed; every index is held to its range. */
final class IndexRules {
    private IndexRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Gather", SMOOTH, single(IndexRules::gather));
        rules.add("GatherElements", SMOOTH, single(IndexRules::gatherElements));
        rules.add("GatherND", SMOOTH, single(IndexRules::gatherNd));
        rules.add("OneHot", SMOOTH, "by the values; a step by the indices", single(IndexRules::oneHot));
        rules.add("Compress", SMOOTH, "known conditions", single(IndexRules::compress));
        rules.add("NonZero", STEP, "known values", single(IndexRules::nonZero));
        rules.refuse("which boxes it keeps, and how many, depends on values", "NonMaxSuppression");
    }

    private static Node gather(OnnxCall call) {
        return Selections.take(call.ops(), "Gather", call.input(0), call.axis("axis", 0), call.input(1));
    }

    private static Node gatherElements(OnnxCall call) {
        int axis = call.axis("axis", 0);
        requireBlock(call, axis);
        return Selections.takeAlong(call.ops(), "GatherElements", call.input(0), axis, call.input(1));
    }

    /** Indices lie in a block of the first input, but for the axis that they are about. */
    static void requireBlock(OnnxCall call, int axis) {
        boolean fits = call.rank(1) == call.rank(0);
        for (int i = 0; fits && i < call.rank(0); i++) {
            fits = i == axis || call.size(1, i) <= call.size(0, i);
        }
        if (!fits) {
            throw call.expected("indices that lie in " + call.shape(0) + " but for axis " + axis, call.shape(1));
        }
    }

    /** Along the leading axes that the indices' last axis states; the first ones may be a batch's, alike in both. */
    private static Node gatherNd(OnnxCall call) {
        Ops o = call.ops();
        int batch = Math.toIntExact(call.attributes().integer("batch_dims", 0));
        Node x = call.input(0);
        Node indices = call.input(1);
        requireDepth(call, batch);
        if (batch == 0) {
            return Selections.takeNd(o, "GatherND", x, indices);
        }
        long[] shared = LongStream.of(indices.shape().toArray()).limit(batch).toArray();
        if (!Shape.of(shared)
                .equals(Shape.of(LongStream.of(x.shape().toArray()).limit(batch).toArray()))) {
            throw call.expected("equal sizes on " + batch + " first axes", x.shape() + " and " + indices.shape());
        }
        long count = LongStream.of(shared).reduce(1, Math::multiplyExact);
        Node tables = o.reshape(x, joined(x.shape(), batch, count));
        Node places = o.reshape(indices, joined(indices.shape(), batch, count));
        List<Node> taken = IntStream.range(0, Math.toIntExact(count))
                .mapToObj(i -> Selections.takeNd(
                        o, "GatherND", Axes.at(o, tables, 0, i), call.folded(Axes.at(o, places, 0, i))))
                .toList();
        Node rows = Axes.stack(o, taken, 0);
        long[] rest = LongStream.of(rows.shape().toArray()).skip(1).toArray();
        return o.reshape(
                rows,
                Shape.of(LongStream.concat(LongStream.of(shared), LongStream.of(rest))
                        .toArray()));
    }

    private static Shape joined(Shape shape, int axes, long count) {
        long[] rest = LongStream.of(shape.toArray()).skip(axes).toArray();
        return Shape.of(
                LongStream.concat(LongStream.of(count), LongStream.of(rest)).toArray());
    }

    /** The indices' last axis states places on some axes of the first input, after those of a batch. */
    static void requireDepth(OnnxCall call, int batch) {
        int last = call.rank(1) - 1;
        if (batch < 0 || last < batch || call.size(1, last) + batch > call.rank(0)) {
            throw call.expected(
                    "indices whose last axis has at most " + (call.rank(0) - batch) + " elements", call.shape(1));
        }
    }

    /** An index outside of the depth is a row of the first value only. */
    private static Node oneHot(OnnxCall call) {
        Ops o = call.ops();
        long depth = (long) call.number(1);
        Node values = o.reshape(call.input(2), Shape.of(2));
        Node indices = o.cast(call.input(0), DType.INT64);
        int axis = call.axis(call.attributes().integer("axis", -1), call.rank(0) + 1);
        call.affordable(call.shape(0).append(depth).toArray());
        Node isNegative = o.apply(Comparison.LT, indices, o.like(indices, 0));
        Node counted = o.select(isNegative, o.add(indices, o.like(indices, (double) depth)), indices);
        Node hits = Axes.move(o, Selections.hits(o, counted, depth), call.rank(0), axis);
        int rank = hits.shape().rank();
        Node off = Broadcasting.raise(o, o.slice(values, 0, 0, 1), rank);
        Node on = Broadcasting.raise(o, o.slice(values, 0, 1, 2), rank);
        return o.select(hits, on, off);
    }

    private static Node compress(OnnxCall call) {
        Ops o = call.ops();
        double[] wanted = call.numbers(1);
        boolean isFlat = !call.attributes().has("axis");
        Node x = isFlat ? o.reshape(call.input(0), Shape.of(call.shape(0).size())) : call.input(0);
        int axis = isFlat ? 0 : call.axis("axis", 0);
        int[] indices =
                IntStream.range(0, wanted.length).filter(i -> wanted[i] != 0).toArray();
        return o.gather(x, axis, Indices.of(indices));
    }

    /** The indices of the elements other than 0, a column for each, a row an axis. */
    private static Node nonZero(OnnxCall call) {
        double[] values = call.numbers(0);
        int[] found =
                IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
        int rank = Math.max(1, call.rank(0));
        double[] indices = new double[rank * found.length];
        for (int i = 0; i < found.length; i++) {
            long rest = found[i];
            for (int axis = call.rank(0) - 1; axis >= 0; axis--) {
                indices[axis * found.length + i] = rest % call.size(0, axis);
                rest /= call.size(0, axis);
            }
        }
        return call.ops().constant(TensorType.of(DType.INT64, rank, found.length), indices);
    }
}
