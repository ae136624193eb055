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
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Selection by integer positions, known at import or computed. */
final class GatherRules {
    private GatherRules() {}

    static void addTo(RuleTable table) {
        String dynamic = "computed indices by a product with one-hot rows";
        table.add("gather", SMOOTH, dynamic, call -> List.of(gather(call, call.integer(0, 0))));
        table.add("embedding_lookup", SMOOTH, dynamic, call -> List.of(gather(call, 0)));
        table.add("gather_nd", SMOOTH, "indices known at import", GatherRules::gatherNd);
        table.add("onehot", STEP, GatherRules::oneHot);
        table.add("dynamic_partition", SMOOTH, "partitions known at import", GatherRules::partition);
        table.add("dynamic_stitch", SMOOTH, "indices known at import", GatherRules::stitch);
    }

    private static Node gather(OpCall call, long written) {
        Ops o = call.ops();
        Node x = call.input(0);
        int axis = call.axis(written, x.shape().rank());
        Shape shape = call.inputCount() > 1
                ? call.input(1).shape()
                : Shape.of(call.attributes().integers().length - 1);
        boolean known = call.inputCount() < 2 || call.isConstant(1);
        Node taken;
        if (known) {
            long[] positions = call.inputCount() > 1 ? call.constantIntegers(1, "indices") : call.integersFrom(1);
            taken = o.gather(x, axis, indices("gather", x.shape().dim(axis), positions));
        } else {
            taken = gatherComputed(o, x, axis, call.input(1));
        }
        List<Long> dims =
                new ArrayList<>(LongStream.of(x.shape().toArray()).boxed().toList());
        dims.remove(axis);
        dims.addAll(axis, LongStream.of(shape.toArray()).boxed().toList());
        return o.reshape(taken, ShapeRules.shape(dims));
    }

    /** Positions known at import, negative ones counted from the end. */
    private static Indices indices(String operation, long size, long... values) {
        IndexCheck check = new IndexCheck(operation, size, IndexCheck.Negative.FROM_THE_END);
        return Indices.of(LongStream.of(values)
                .mapToInt(index -> (int) check.checked((double) index))
                .toArray());
    }

    /** Slices at computed positions, joined along the axis. */
    private static Node gatherComputed(Ops o, Node x, int axis, Node indices) {
        long size = x.shape().dim(axis);
        Node checked = o.apply(new IndexCheck("gather", size, IndexCheck.Negative.FROM_THE_END), indices);
        Node rows = oneHot(o, checked, size, x.dtype());
        String labels = "abcdefgh".substring(0, x.shape().rank());
        String result = labels.replace(labels.charAt(axis), 'r');
        return o.einsum(labels + ",r" + labels.charAt(axis) + "->" + result, x, rows);
    }

    /** A row for each index: 1 at it, 0 elsewhere. */
    static Node oneHot(Ops o, Node indices, long depth, DType type) {
        Node column = o.reshape(indices, Shape.of(indices.type().size(), 1));
        return o.cast(o.apply(Comparison.EQ, column, counting(o, indices.dtype(), depth)), type);
    }

    /** The row 0, 1, 2 ... */
    static Node counting(Ops o, DType type, long count) {
        double[] numbers = IntStream.range(0, (int) count).asDoubleStream().toArray();
        return o.builder().literal(TensorType.of(type, 1, count), numbers);
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
        Node column = ShapeRules.insertAxis(o, checked, axis);
        Node numbers = Broadcasting.along(
                o, counting(o, indices.dtype(), depth), axis, column.shape().rank());
        Node isThere = o.apply(Comparison.EQ, column, numbers);
        return List.of(o.select(isThere, o.scalar(type, on), o.scalar(type, off)));
    }

    /** The last axis of the indices runs over leading axes of the tensor. */
    private static List<Node> gatherNd(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        Shape positions = call.input(1).shape();
        long[] written = call.constantIntegers(1, "indices");
        int depth = (int) positions.dim(positions.rank() - 1);
        long[] flat = new long[depth == 0 ? 1 : written.length / depth];
        for (int i = 0; i < flat.length; i++) {
            for (int axis = 0; axis < depth; axis++) {
                long size = x.shape().dim(axis);
                IndexCheck check = new IndexCheck("gather_nd", size, IndexCheck.Negative.FROM_THE_END);
                flat[i] = flat[i] * size + (long) check.checked((double) written[i * depth + axis]);
            }
        }
        List<Long> dims = new ArrayList<>(
                LongStream.of(positions.dropLast().toArray()).boxed().toList());
        long rest = 1;
        for (int axis = depth; axis < x.shape().rank(); axis++) {
            dims.add(x.shape().dim(axis));
            rest *= x.shape().dim(axis);
        }
        Node rows = o.reshape(x, Shape.of(rest == 0 ? 0 : x.type().size() / rest, rest));
        return List.of(
                o.reshape(o.gather(rows, 0, indices("gather_nd", rows.shape().dim(0), flat)), ShapeRules.shape(dims)));
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
