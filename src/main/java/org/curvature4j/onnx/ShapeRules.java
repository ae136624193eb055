package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Broadcasting;

/** What moves or repeats elements without choosing among them, and what tells sizes. */
final class ShapeRules {
    private ShapeRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Reshape", SMOOTH, single(ShapeRules::reshape));
        rules.add("Flatten", SMOOTH, single(ShapeRules::flatten));
        rules.add("Transpose", SMOOTH, single(ShapeRules::transpose));
        rules.add("Squeeze", SMOOTH, single(ShapeRules::squeeze));
        rules.add("Unsqueeze", SMOOTH, single(ShapeRules::unsqueeze));
        rules.add("Expand", SMOOTH, single(ShapeRules::expand));
        rules.add("Tile", SMOOTH, single(ShapeRules::tile));
        rules.add("Concat", SMOOTH, single(ShapeRules::concat));
        rules.add("Shape", STEP, single(ShapeRules::shape));
        rules.add("Size", STEP, single(call -> call.ops()
                .scalar(DType.INT64, (double) call.shape(0).size())));
    }

    /** A size of 0 is the operand's own along that axis, unless zeros are allowed. */
    private static Node reshape(OnnxCall call) {
        long[] sizes = call.required("shape", 1);
        boolean copies = !call.attributes().flag("allowzero", false);
        for (int axis = 0; copies && axis < sizes.length; axis++) {
            if (sizes[axis] == 0 && axis >= call.rank(0)) {
                throw call.expected("sizes of 0 on axes that the operand has", Arrays.toString(sizes));
            }
            sizes[axis] = sizes[axis] == 0 ? call.size(0, axis) : sizes[axis];
        }
        Node x = call.input(0);
        return call.ops().reshape(x, Axes.completed(x.shape().size(), sizes));
    }

    /** Two axes: those before the attribute's, and the others. */
    private static Node flatten(OnnxCall call) {
        long axis = call.attributes().integer("axis", 1);
        int rank = call.rank(0);
        if (axis < -rank || axis > rank) {
            throw call.expected("an axis from " + -rank + " to " + rank, axis);
        }
        Shape shape = call.shape(0);
        int first = (int) (axis < 0 ? axis + rank : axis);
        long rows = LongStream.of(shape.toArray()).limit(first).reduce(1, Math::multiplyExact);
        return call.ops().reshape(call.input(0), Shape.of(rows, shape.sizeFrom(first)));
    }

    private static Node transpose(OnnxCall call) {
        int rank = call.rank(0);
        long[] order = call.attributes().has("perm")
                ? call.attributes().longs("perm")
                : LongStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
        if (order.length != rank) {
            throw call.expected("an order of " + rank + " axes", Arrays.toString(order));
        }
        call.axes(order, rank);
        return call.ops()
                .permute(
                        call.input(0),
                        LongStream.of(order)
                                .mapToObj(axis -> call.axis(axis, rank))
                                .toList());
    }

    private static Node squeeze(OnnxCall call) {
        long[] given = call.longs("axes", 1);
        Shape shape = call.shape(0);
        List<Integer> axes = given == null
                ? IntStream.range(0, shape.rank())
                        .filter(axis -> shape.dim(axis) == 1)
                        .boxed()
                        .toList()
                : call.axes(given, shape.rank());
        if (axes.stream().anyMatch(axis -> shape.dim(axis) != 1)) {
            throw call.expected("axes of size 1 to leave out", "axes " + axes + " of " + shape);
        }
        return Axes.drop(call.ops(), call.input(0), axes);
    }

    private static Node unsqueeze(OnnxCall call) {
        long[] given = call.required("axes", 1);
        List<Long> dims = Axes.dims(call.input(0));
        for (int axis : call.axes(given, dims.size() + given.length)) {
            dims.add(axis, 1L);
        }
        return call.ops().reshape(call.input(0), Axes.shape(dims));
    }

    /** Broadcast against a shape: sizes of 1 on either side give way. */
    private static Node expand(OnnxCall call) {
        long[] given = call.longs(1);
        int rank = Math.max(call.rank(0), given.length);
        Node x = Broadcasting.raise(call.ops(), call.input(0), rank);
        long[] sizes = x.shape().toArray();
        for (int i = 0; i < given.length; i++) {
            int axis = rank - given.length + i;
            sizes[axis] = sizes[axis] == 1 ? given[i] : sizes[axis];
        }
        return call.ops().broadcast(x, call.affordable(sizes));
    }

    /** Up to version 5 along one axis, which is the third input. */
    private static Node tile(OnnxCall call) {
        int rank = call.rank(0);
        long[] repeats = call.longs(1);
        if (call.opset() < 6) {
            long[] ones = LongStream.range(0, rank).map(axis -> 1).toArray();
            ones[call.axis((long) call.number(2), rank)] = (long) call.number(1);
            repeats = ones;
        }
        if (repeats.length != rank) {
            throw call.expected("a number of copies for each of " + rank + " axes", Arrays.toString(repeats));
        }
        long[] sizes = call.shape(0).toArray();
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = Math.multiplyExact(sizes[axis], repeats[axis]);
        }
        call.affordable(sizes);
        return Axes.tiled(call.ops(), call.input(0), repeats);
    }

    /** Up to version 3 along axis 1 unless another is given. */
    private static Node concat(OnnxCall call) {
        boolean isGiven = call.attributes().has("axis") || call.opset() < 4;
        if (!isGiven) {
            throw call.expected("attribute axis", "none");
        }
        int axis = call.axis("axis", 1);
        List<Node> parts = new ArrayList<>(call.all());
        // Vectors without elements take part in models with states of any length.
        parts.removeIf(part -> part.shape().rank() == 1 && part.shape().dim(0) == 0 && call.rank(0) == 1);
        return parts.isEmpty() ? call.input(0) : call.ops().concat(parts, axis);
    }

    /** Those of the axes from a first to before a last; axes that aren't there are left out. */
    private static Node shape(OnnxCall call) {
        long rank = call.rank(0);
        long start = counted(call.attributes().integer("start", 0), rank);
        long end = counted(call.attributes().integer("end", rank), rank);
        double[] sizes = LongStream.range(start, Math.max(start, end))
                .mapToDouble(axis -> (double) call.size(0, (int) axis))
                .toArray();
        return call.ops().constant(TensorType.of(DType.INT64, sizes.length), sizes);
    }

    private static long counted(long axis, long rank) {
        return Math.min(rank, Math.max(0, axis < 0 ? axis + rank : axis));
    }
}
