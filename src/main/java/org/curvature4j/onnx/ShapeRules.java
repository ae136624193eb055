package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What moves or repeats elements without choosing among them. */
final class ShapeRules {
    private ShapeRules() {}

    static void addTo(Map<String, OnnxRule> rules) {
        rules.put("Reshape", OnnxRule.single(ShapeRules::reshape));
        rules.put("Flatten", OnnxRule.single(ShapeRules::flatten));
        rules.put("Transpose", OnnxRule.single(ShapeRules::transpose));
        rules.put("Squeeze", OnnxRule.single(ShapeRules::squeeze));
        rules.put("Unsqueeze", OnnxRule.single(ShapeRules::unsqueeze));
        rules.put("Expand", OnnxRule.single(ShapeRules::expand));
        rules.put("Tile", OnnxRule.single(node -> node.input(0).with(node.sd().tile(node.x(0), ints(node.longs(1))))));
        rules.put("Pad", OnnxRule.single(ShapeRules::pad));
        rules.put("Concat", OnnxRule.single(ShapeRules::concat));
    }

    static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    /** A size of 0 is the operand's own along that axis, unless zeros are allowed. */
    private static OnnxValue reshape(OnnxNode node) {
        OnnxValue shape = node.input(1);
        if (shape.constant() == null) {
            return OnnxValue.of(node.sd().reshape(node.x(0), shape.variable()), OnnxValue.UNKNOWN);
        }
        long[] sizes = node.longs(1);
        boolean copies = !node.flag("allowzero", false) && Arrays.stream(sizes).anyMatch(size -> size == 0);
        if (!copies) {
            return OnnxValue.of(node.sd().reshape(node.x(0), sizes), sizes.length);
        }
        SDVariable own = node.sd().shape(node.x(0));
        List<SDVariable> parts = new ArrayList<>();
        for (int axis = 0; axis < sizes.length; axis++) {
            parts.add(sizes[axis] == 0 ? size(node.sd(), own, axis) : node.integers(sizes[axis]));
        }
        SDVariable joined = node.sd().concat(0, parts.toArray(SDVariable[]::new));
        return OnnxValue.of(node.sd().reshape(node.x(0), joined), sizes.length);
    }

    private static SDVariable size(SameDiff sd, SDVariable shape, int axis) {
        return sd.gather(shape, new int[] {axis}, 0);
    }

    /** Two axes: those before the attribute's, and the others. */
    private static OnnxValue flatten(OnnxNode node) {
        SameDiff sd = node.sd();
        long axis = node.integer("axis", 1);
        int first = axis < 0 ? node.axis(axis, node.rank(0)) : (int) axis;
        if (first == 0) {
            return OnnxValue.of(sd.reshape(node.x(0), 1, -1), 2);
        }
        SDVariable sizes =
                sd.gather(sd.shape(node.x(0)), IntStream.range(0, first).toArray(), 0);
        SDVariable rows = first == 1 ? sizes : sd.prod(sizes, true, 0);
        return OnnxValue.of(sd.reshape(node.x(0), sd.concat(0, rows, node.integers(-1))), 2);
    }

    private static OnnxValue transpose(OnnxNode node) {
        long[] order = node.longs("perm");
        int[] axes = order.length > 0
                ? ints(order)
                : IntStream.iterate(node.rank(0) - 1, axis -> axis - 1)
                        .limit(node.rank(0))
                        .toArray();
        return node.input(0).with(node.sd().permute(node.x(0), axes));
    }

    private static OnnxValue squeeze(OnnxNode node) {
        long[] given = node.required("axes", 1);
        int[] axes = node.axes(given, node.rank(0));
        SDVariable x = node.x(0);
        // From the last on, so that the numbers of those before stay.
        int[] descending = Arrays.stream(axes)
                .map(axis -> -axis)
                .sorted()
                .map(axis -> -axis)
                .toArray();
        for (int axis : descending) {
            x = node.sd().squeeze(x, axis);
        }
        return OnnxValue.of(axes.length == 0 ? node.sd().identity(x) : x, node.rank(0) - axes.length);
    }

    private static OnnxValue unsqueeze(OnnxNode node) {
        long[] given = node.required("axes", 1);
        int rank = node.rank(0) + given.length;
        SDVariable x = node.x(0);
        for (int axis : Arrays.stream(node.axes(given, rank)).sorted().toArray()) {
            x = node.sd().expandDims(x, axis);
        }
        return OnnxValue.of(x, rank);
    }

    private static OnnxValue expand(OnnxNode node) {
        long[] shape = node.affordable(node.longs(1));
        INDArray ones = Nd4j.ones(node.x(0).dataType(), shape);
        return OnnxValue.of(node.x(0).mul(node.sd().constant(ones)), Math.max(node.rank(0), shape.length));
    }

    private static OnnxValue pad(OnnxNode node) {
        String mode = node.text("mode", "constant");
        if (!mode.equals("constant") || node.has(3)) {
            throw node.expected("mode 'constant' over all axes", "'" + mode + "'" + (node.has(3) ? " with axes" : ""));
        }
        long[] widths = node.longs("pads", 1);
        if (widths == null || widths.length != 2 * node.rank(0)) {
            throw node.expected("two pads an axis", Arrays.toString(widths));
        }
        int rank = node.rank(0);
        long[][] pairs = new long[rank][];
        for (int axis = 0; axis < rank; axis++) {
            pairs[axis] = new long[] {widths[axis], widths[rank + axis]};
        }
        double value = node.has(2) ? node.constant(2).getDouble(0) : node.number("value", 0);
        return node.input(0)
                .with(node.sd().nn().pad(node.x(0), node.sd().constant(Nd4j.createFromArray(pairs)), value));
    }

    private static OnnxValue concat(OnnxNode node) {
        SDVariable[] parts =
                IntStream.range(0, node.inputCount()).mapToObj(node::x).toArray(SDVariable[]::new);
        int rank = node.rank(0);
        return OnnxValue.of(node.sd().concat(node.axis("axis", 0, rank), parts), rank);
    }
}
