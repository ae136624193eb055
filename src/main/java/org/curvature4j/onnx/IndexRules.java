package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** What chooses elements by their place. */
final class IndexRules {
    private IndexRules() {}

    static void addTo(Map<String, OnnxRule> rules) {
        rules.put("Gather", OnnxRule.single(IndexRules::gather));
        rules.put("Slice", OnnxRule.single(IndexRules::slice));
        rules.put("Split", IndexRules::split);
        rules.put("Shape", OnnxRule.single(IndexRules::shape));
        rules.put("Size", OnnxRule.single(node -> OnnxValue.of(node.sd().size(node.x(0)), 0)));
    }

    private static OnnxValue gather(OnnxNode node) {
        SameDiff sd = node.sd();
        int axis = node.axis("axis", 0, node.rank(0));
        OnnxValue indices = node.input(1);
        int rank = node.rank(0) - 1 + node.rank(1);
        if (indices.constant() == null) {
            return OnnxValue.of(sd.gather(node.x(0), indices.variable(), axis), rank);
        }
        long[] places = node.longs(1);
        SDVariable flat = sd.gather(node.x(0), ShapeRules.ints(places), axis);
        if (indices.rank() == 0) {
            return OnnxValue.of(sd.squeeze(flat, axis), rank);
        } else if (indices.rank() == 1) {
            return OnnxValue.of(flat, rank);
        }
        return OnnxValue.of(sd.gather(node.x(0), indices.variable(), axis), rank);
    }

    /** As NumPy's slices, for some axes; ends beyond an axis are its end. */
    private static OnnxValue slice(OnnxNode node) {
        int rank = node.rank(0);
        long[] starts = node.required("starts", 1);
        long[] ends = node.required("ends", 2);
        long[] given = node.longs("axes", 3);
        long[] steps = node.has(4) ? node.longs(4) : new long[starts.length];
        if (!node.has(4)) {
            Arrays.fill(steps, 1);
        }
        long[] from = new long[rank];
        long[] to = new long[rank];
        long[] by = new long[rank];
        Arrays.fill(by, 1);
        int whole = (1 << rank) - 1;
        int fromStart = whole;
        int toEnd = whole;
        for (int i = 0; i < starts.length; i++) {
            int axis = given == null ? i : node.axis(given[i], rank);
            if (steps[i] <= 0) {
                throw node.expected("steps of 1 or more", steps[i]);
            }
            from[axis] = starts[i];
            to[axis] = ends[i];
            by[axis] = steps[i];
            fromStart &= ~(1 << axis);
            if (Math.abs(ends[i]) < Integer.MAX_VALUE) {
                toEnd &= ~(1 << axis);
            } else {
                to[axis] = 0;
            }
        }
        SDVariable part = node.sd().stridedSlice(node.x(0), from, to, by, fromStart, toEnd, 0, 0, 0);
        return OnnxValue.of(part, rank);
    }

    private static List<OnnxValue> split(OnnxNode node) {
        int rank = node.rank(0);
        int axis = node.axis("axis", 0, rank);
        long[] sizes = node.longs("split", 1);
        SameDiff sd = node.sd();
        SDVariable[] parts = sizes == null
                ? sd.split(node.x(0), node.outputCount(), axis)
                : sd.splitV(node.x(0), sd.constant(Nd4j.createFromArray(sizes)), sizes.length, axis);
        List<OnnxValue> values = new ArrayList<>();
        for (SDVariable part : parts) {
            values.add(OnnxValue.of(part, rank));
        }
        return values;
    }

    private static OnnxValue shape(OnnxNode node) {
        if (node.hasAttribute("start") || node.hasAttribute("end")) {
            int rank = node.rank(0);
            long start = node.integer("start", 0);
            long end = node.integer("end", rank);
            int from = (int) Math.min(rank, Math.max(0, start < 0 ? start + rank : start));
            int to = (int) Math.min(rank, Math.max(from, end < 0 ? end + rank : end));
            int[] axes = java.util.stream.IntStream.range(from, to).toArray();
            return OnnxValue.of(node.sd().gather(node.sd().shape(node.x(0)), axes, 0), 1);
        }
        return OnnxValue.of(node.sd().shape(node.x(0)), 1);
    }
}
