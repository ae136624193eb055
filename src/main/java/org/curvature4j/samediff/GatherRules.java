package org.curvature4j.samediff;

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
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Selection by integer positions, known at import or computed. */
final class GatherRules {
    private GatherRules() {}

    static void addTo(RuleTable table) {
        table.add("gather", SMOOTH, call -> List.of(gather(call, call.integer(0, 0))));
        table.add("embedding_lookup", SMOOTH, call -> List.of(gather(call, 0)));
        table.add(
                "gather_nd",
                SMOOTH,
                call -> List.of(Selections.takeNd(call.ops(), "gather_nd", call.input(0), call.input(1))));
        table.add("onehot", STEP, GatherRules::oneHot);
        table.add("dynamic_partition", SMOOTH, "partitions known at import", GatherRules::partition);
        table.add("dynamic_stitch", SMOOTH, "indices known at import", GatherRules::stitch);
    }

    private static Node gather(OpCall call, long written) {
        Ops o = call.ops();
        Node x = call.input(0);
        int axis = call.axis(written, x.shape().rank());
        if (call.inputCount() > 1) {
            return Selections.take(o, "gather", x, axis, call.input(1));
        }
        return o.gather(x, axis, Selections.indices("gather", x.shape().dim(axis), call.integersFrom(1)));
    }

    private static List<Node> oneHot(OpCall call) {
        Ops o = call.ops();
        Node indices = call.input(0);
        boolean operands = call.inputCount() > 1;
        long depth = operands ? call.constantIntegers(1, "a depth")[0] : call.integer(1);
        double on = call.inputCount() > 3 ? call.constantNumbers(2, "a value")[0] : call.number(0, 1);
        double off = call.inputCount() > 3 ? call.constantNumbers(3, "a value")[0] : call.number(1, 0);
        DType type = call.type(DType.FLOAT32);
        int axis = call.axis(call.integer(0, -1), indices.shape().rank() + 1);
        Node checked = o.apply(new IndexCheck("onehot", depth, IndexCheck.Negative.NONE), indices);
        Node column = Axes.insert(o, checked, axis);
        Node numbers = Broadcasting.along(
                o,
                Selections.counting(o, indices.dtype(), depth),
                axis,
                column.shape().rank());
        Node isThere = o.apply(Comparison.EQ, column, numbers);
        return List.of(o.select(isThere, o.scalar(type, on), o.scalar(type, off)));
    }

    private static List<Node> partition(OpCall call) {
        Node x = call.input(0);
        long[] partitions = call.constantIntegers(1, "partitions");
        ScatterRules.check("dynamic_partition", call.integer(0), partitions);
        List<Node> parts = new ArrayList<>();
        for (int part = 0; part < call.integer(0); part++) {
            int wanted = part;
            parts.add(call.ops()
                    .gather(
                            x,
                            0,
                            Indices.of(IntStream.range(0, partitions.length)
                                    .filter(i -> partitions[i] == wanted)
                                    .toArray())));
        }
        return parts;
    }

    /** Operands: index tensors, then as many tensors of rows; the last row written to a position stays. */
    private static List<Node> stitch(OpCall call) {
        Ops o = call.ops();
        int count = call.inputCount() / 2;
        List<Node> rows = new ArrayList<>();
        List<Long> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LongStream.of(call.constantIntegers(i, "indices")).forEach(targets::add);
            Node data = call.input(count + i);
            int lead = call.input(i).shape().rank();
            long[] row = Arrays.stream(data.shape().toArray()).skip(lead).toArray();
            long[] dims = LongStream.concat(LongStream.of(call.input(i).type().size()), LongStream.of(row))
                    .toArray();
            rows.add(o.reshape(data, Shape.of(dims)));
        }
        ScatterRules.check(
                "dynamic_stitch",
                targets.size(),
                targets.stream().mapToLong(target -> target).toArray());
        int[] source = new int
                [(int) targets.stream().mapToLong(target -> target + 1).max().orElse(0)];
        for (int i = 0; i < targets.size(); i++) {
            source[(int) (long) targets.get(i)] = i;
        }
        return List.of(o.gather(o.concat(rows, 0), 0, Indices.of(source)));
    }
}
