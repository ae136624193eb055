package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Scatters;
import org.curvature4j.internal.composition.Scatters.Reduction;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Ops;

/** Elements written to places, which are known or computed, or combined with what is there. */
final class ScatterRules {
    private static final String NOTE =
            "of equal indices the last stays; equal extremes share the derivative, kinks with reductions max and min";

    private ScatterRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Scatter", SMOOTH, NOTE, single(ScatterRules::elements));
        rules.add("ScatterElements", KINKS, NOTE, single(ScatterRules::elements));
        rules.add("ScatterND", KINKS, NOTE, single(ScatterRules::slices));
        rules.add("TensorScatter", SMOOTH, "known indices", single(ScatterRules::cache));
    }

    private static Reduction reduction(OnnxCall call) {
        String name = call.attributes().text("reduction", "none");
        return switch (name) {
            case "none" -> Reduction.REPLACE;
            case "add" -> Reduction.ADD;
            case "mul" -> Reduction.MULTIPLY;
            case "max" -> Reduction.LARGEST;
            case "min" -> Reduction.SMALLEST;
            default -> throw call.expected("reduction none, add, mul, max or min", name);
        };
    }

    /** Each update has an index along an axis, and its own place on the others. */
    private static Node elements(OnnxCall call) {
        Ops o = call.ops();
        int axis = call.axis("axis", 0);
        IndexRules.requireBlock(call, axis);
        if (!call.shape(2).equals(call.shape(1))) {
            throw call.expected("updates as indices, " + call.shape(1), call.shape(2));
        }
        Node x = call.input(0);
        Node places = Selections.checked(o, call.operator(), call.size(0, axis), call.input(1));
        if (call.isKnown(1)) {
            long[] positions = call.longs(places);
            return written(call, Selections.flat(x.shape(), axis, call.shape(1), positions), call.input(2));
        }
        int last = call.rank(0) - 1;
        Shape block = call.shape(1).with(axis, call.size(0, axis));
        Node old = o.slice(x, LongStream.range(0, last + 1).mapToObj(i -> 0L).toList(), block);
        Node tables = Axes.move(o, old, axis, last);
        Node result = Scatters.computed(
                o,
                table(o, tables, 1),
                table(o, Axes.move(o, call.input(2), axis, last), 1),
                table(o, Axes.move(o, places, axis, last), 0),
                reduction(call));
        Node placed = Axes.move(o, o.reshape(result, tables.shape()), last, axis);
        if (block.equals(x.shape())) {
            return placed;
        }
        int[] all = IntStream.range(0, Math.toIntExact(block.size())).toArray();
        long[] own = IntStream.of(all)
                .mapToLong(i -> i / block.sizeFrom(axis + 1) % block.dim(axis))
                .toArray();
        Node flat = Scatters.replaced(o, row(o, x), row(o, placed), Selections.flat(x.shape(), axis, block, own));
        return o.reshape(flat, x.shape());
    }

    /** All axes but the last as one, and some of size 1 behind. */
    private static Node table(Ops o, Node x, int columns) {
        long size = x.shape().dim(x.shape().rank() - 1);
        Shape shape = Shape.of(x.shape().dropLast().size(), size);
        return o.reshape(x, columns == 0 ? shape : shape.append(1));
    }

    private static Node row(Ops o, Node x) {
        return o.reshape(x, Shape.of(x.shape().size()));
    }

    /** Updates at known row-major positions of the first input. */
    private static Node written(OnnxCall call, int[] positions, Node updates) {
        Ops o = call.ops();
        Node flat = Scatters.known(o, row(o, call.input(0)), row(o, updates), positions, reduction(call));
        return o.reshape(flat, call.shape(0));
    }

    /** Slices at places that the indices' last axis states for the leading axes. */
    private static Node slices(OnnxCall call) {
        Ops o = call.ops();
        IndexRules.requireDepth(call, 0);
        Node x = call.input(0);
        int depth = Math.toIntExact(call.size(1, call.rank(1) - 1));
        long[] sizes = LongStream.of(x.shape().toArray()).limit(depth).toArray();
        long rows = LongStream.of(sizes).reduce(1, Math::multiplyExact);
        long columns = x.shape().sizeFrom(depth);
        Node positions = Selections.positions(o, "ScatterND", call.input(1), sizes);
        long count = positions.shape().size();
        if (call.shape(2).size() != Math.multiplyExact(count, columns)) {
            throw call.expected(count + " updates of " + columns + " elements", call.shape(2));
        }
        Node table = o.reshape(x, Shape.of(rows, columns));
        Node updates = o.reshape(call.input(2), Shape.of(count, columns));
        Node result;
        if (call.isKnown(1)) {
            int[] known = LongStream.of(call.longs(positions))
                    .mapToInt(Math::toIntExact)
                    .toArray();
            result = Scatters.known(o, table, updates, known, reduction(call));
        } else {
            call.affordable(count, rows, columns);
            result = Scatters.computed(
                    o,
                    Axes.insert(o, table, 0),
                    Axes.insert(o, updates, 0),
                    o.reshape(positions, Shape.of(1, count)),
                    reduction(call));
        }
        return o.reshape(result, x.shape());
    }

    /** A run of updates from an index on along an axis, one a sample; on a ring or up to the end. */
    private static Node cache(OnnxCall call) {
        int axis = call.axis("axis", -2);
        long samples = call.size(0, 0);
        long length = call.size(0, axis);
        String mode = call.attributes().text("mode", "linear");
        long[] starts = call.has(2) ? call.longs(2) : new long[Math.toIntExact(samples)];
        if (axis == 0
                || starts.length != samples
                || !call.shape(1).with(axis, length).equals(call.shape(0))) {
            throw call.expected("an update and a start for each of " + samples + " samples", call.shape(1));
        }
        Shape block = call.shape(1);
        long[] places = new long[Math.toIntExact(block.size())];
        for (int i = 0; i < places.length; i++) {
            long place = starts[(int) (i / block.sizeFrom(1))] + i / block.sizeFrom(axis + 1) % block.dim(axis);
            places[i] = mode.equals("circular") ? Math.floorMod(place, length) : place;
            if (places[i] < 0 || places[i] >= length) {
                throw call.expected("places from 0 to " + (length - 1), places[i]);
            }
        }
        return written(call, Selections.flat(call.shape(0), axis, block, places), call.input(1));
    }
}
