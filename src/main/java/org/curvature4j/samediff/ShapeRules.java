package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.op.Ops;

/** Operations that rearrange a whole tensor: its elements stay, their places change. */
final class ShapeRules {
    /** ND4J's marks for row-major and column-major order before the sizes of a reshape. */
    private static final long ROW_MAJOR = -99;

    private static final long COLUMN_MAJOR = -102;

    private ShapeRules() {}

    static void addTo(RuleTable table) {
        table.add("reshape", SMOOTH, ShapeRules::reshape);
        table.add("permute", SMOOTH, ShapeRules::permute);
        table.add("transpose", SMOOTH, ShapeRules::permute);
        table.add("expand_dims", SMOOTH, ShapeRules::expandDims);
        table.add("squeeze", SMOOTH, ShapeRules::squeeze);
        table.add("flatten", SMOOTH, ShapeRules::flatten);
        table.add("flatten_2d", SMOOTH, ShapeRules::flatten2d);
        table.add("tile", SMOOTH, ShapeRules::tile);
        table.add("broadcast_to", SMOOTH, ShapeRules::broadcastTo);
        table.add("zeroslike", SMOOTH, call -> List.of(filled(call, 0)));
        table.add("ones_as", SMOOTH, call -> List.of(filled(call, 1)));
    }

    private static List<Node> reshape(OpCall call) {
        long[] sizes;
        boolean columnMajor = false;
        if (call.inputCount() > 1) {
            sizes = call.constantIntegers(1, "a shape");
            columnMajor = call.integer(0, ROW_MAJOR) == COLUMN_MAJOR;
        } else {
            boolean marked = call.integer(0, 0) == ROW_MAJOR || call.integer(0, 0) == COLUMN_MAJOR;
            columnMajor = call.integer(0, 0) == COLUMN_MAJOR;
            sizes = call.integersFrom(marked ? 1 : 0);
        }
        Node x = call.input(0);
        Shape shape = Axes.completed(x.type().size(), sizes);
        return List.of(
                columnMajor
                        ? columnMajorReshape(call.ops(), x, shape)
                        : call.ops().reshape(x, shape));
    }

    /** Elements counted with the first axis fastest, as Fortran does. */
    private static Node columnMajorReshape(Ops o, Node x, Shape shape) {
        Node counted = o.permute(x, reversed(x.shape().rank()));
        long[] backwards = new long[shape.rank()];
        for (int i = 0; i < backwards.length; i++) {
            backwards[i] = shape.dim(backwards.length - 1 - i);
        }
        return o.permute(o.reshape(counted, Shape.of(backwards)), reversed(backwards.length));
    }

    private static List<Integer> reversed(int rank) {
        return IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList();
    }

    private static List<Node> permute(OpCall call) {
        Node x = call.input(0);
        int rank = x.shape().rank();
        long[] written = call.integersOf(1, "axes");
        List<Integer> axes = written.length == 0
                ? reversed(rank)
                : LongStream.of(written)
                        .mapToInt(axis -> call.axis(axis, rank))
                        .boxed()
                        .toList();
        return List.of(call.ops().permute(x, axes));
    }

    private static List<Node> expandDims(OpCall call) {
        Node x = call.input(0);
        int rank = x.shape().rank() + 1;
        long[] written = call.integersOf(1, "an axis");
        int axis = call.axis(written[0], rank);
        return List.of(Axes.insert(call.ops(), x, axis));
    }

    /** Drops the stated axes where they have size 1, or every axis of size 1. */
    private static List<Node> squeeze(OpCall call) {
        Node x = call.input(0);
        long[] written = call.integersOf(1, "axes");
        List<Integer> axes = call.axes(written, x.shape().rank());
        List<Integer> dropped =
                axes.stream().filter(axis -> x.shape().dim(axis) == 1).toList();
        if (written.length > 0 && dropped.size() < axes.size()) {
            throw call.expected("axes of size 1 to leave out", "axes " + axes + " of " + x.shape());
        }
        return List.of(call.dropAxes(x, dropped, false));
    }

    /** All operands' elements in a row, each in the order that the first argument names. */
    private static List<Node> flatten(OpCall call) {
        Ops o = call.ops();
        boolean columnMajor = call.integer(0, -ROW_MAJOR) == -COLUMN_MAJOR;
        List<Node> rows = new ArrayList<>();
        for (Node x : call.inputs()) {
            Node counted = columnMajor ? o.permute(x, reversed(x.shape().rank())) : x;
            rows.add(o.reshape(counted, Shape.of(x.type().size())));
        }
        return List.of(o.concat(rows, 0));
    }

    private static List<Node> flatten2d(OpCall call) {
        Node x = call.input(0);
        int axis = (int) call.integer(0, 1);
        long rows = 1;
        for (int i = 0; i < axis; i++) {
            rows *= x.shape().dim(i);
        }
        return List.of(call.ops().reshape(x, Shape.of(rows, x.type().size() / rows)));
    }

    private static List<Node> tile(OpCall call) {
        Ops o = call.ops();
        long[] repeats = call.integersOf(1, "repetitions");
        return List.of(Axes.tiled(o, call.input(0), repeats));
    }

    private static List<Node> broadcastTo(OpCall call) {
        long[] dims = call.integersOf(1, "a shape");
        Node x = Broadcasting.raise(call.ops(), call.input(0), dims.length);
        return List.of(call.ops().broadcast(x, Shape.of(dims)));
    }

    private static Node filled(OpCall call, double value) {
        Node x = call.input(0);
        return call.ops().builder().literal(x.type().withDType(call.type(x.dtype())), value);
    }
}
