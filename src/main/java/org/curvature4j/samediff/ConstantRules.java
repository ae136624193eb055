package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Matrices;

/** Values that are known at import: shapes, sizes, ranges, identity matrices. */
final class ConstantRules {
    private ConstantRules() {}

    static void addTo(RuleTable table) {
        table.add(
                "shape_of",
                STEP,
                call -> List.of(
                        integers(call, DType.INT64, call.input(0).shape().toArray())));
        table.add(
                "size",
                STEP,
                call -> List.of(integer(call, DType.INT64, call.input(0).type().size())));
        table.add("size_at", STEP, ConstantRules::sizeAt);
        table.add(
                "rank",
                STEP,
                call -> List.of(integer(call, DType.INT32, call.input(0).shape().rank())));
        table.add("fill", STEP, ConstantRules::fill);
        table.add("create", STEP, "zeros", ConstantRules::create);
        table.add("range", STEP, ConstantRules::range);
        table.add("lin_space", STEP, ConstantRules::linspace);
        table.add("eye", STEP, ConstantRules::eye);
        table.add("tri", STEP, ConstantRules::tri);
        table.add("sequence_mask", STEP, ConstantRules::sequenceMask);
        table.add("invert_permutation", STEP, ConstantRules::invertPermutation);
    }

    private static Node integers(OpCall call, DType type, long... values) {
        double[] numbers = LongStream.of(values).asDoubleStream().toArray();
        return call.ops().constant(TensorType.of(type, values.length), numbers);
    }

    private static Node integer(OpCall call, DType type, long value) {
        return call.ops().constant(TensorType.of(type), (double) value);
    }

    private static List<Node> sizeAt(OpCall call) {
        Shape shape = call.input(0).shape();
        return List.of(integer(call, DType.INT64, shape.dim(call.axis(call.integer(0), shape.rank()))));
    }

    private static List<Node> fill(OpCall call) {
        TensorType type = new TensorType(call.type(DType.FLOAT32), Shape.of(call.constantIntegers(0, "a shape")));
        double value = call.inputCount() > 1 ? call.constantNumbers(1, "a value")[0] : call.number(0);
        return List.of(call.ops().builder().literal(type, type.dtype().round(value)));
    }

    private static List<Node> create(OpCall call) {
        TensorType type = new TensorType(call.type(DType.FLOAT32), Shape.of(call.constantIntegers(0, "a shape")));
        return List.of(call.ops().builder().literal(type, 0));
    }

    /** From, to (excluded) and step: arguments or operands. */
    private static List<Node> range(OpCall call) {
        double[] bounds = new double[3];
        for (int i = 0; i < 3; i++) {
            bounds[i] = call.inputCount() > 0 ? call.constantNumbers(i, "bounds")[0] : call.number(i);
        }
        int count = (int) Math.max(0, Math.ceil((bounds[1] - bounds[0]) / bounds[2]));
        double[] values = new double[count];
        DType type = call.type(call.inputCount() > 0 ? call.joinedType() : DType.FLOAT32);
        for (int i = 0; i < count; i++) {
            values[i] = type.round(bounds[0] + i * bounds[2]);
        }
        return List.of(call.ops().constant(TensorType.of(type, count), values));
    }

    /** First value, last value and their number: operands or arguments. */
    private static List<Node> linspace(OpCall call) {
        boolean operands = call.inputCount() > 0;
        double first = operands ? call.constantNumbers(0, "a start")[0] : call.number(0);
        double last = operands ? call.constantNumbers(1, "an end")[0] : call.number(1);
        int count = (int) (operands ? call.constantNumbers(2, "a count")[0] : call.integer(0));
        double[] values = new double[count];
        DType type = call.type(DType.FLOAT64);
        for (int i = 0; i < count; i++) {
            // From the nearer end, so that both ends are exact.
            double value = 2 * i < count
                    ? first + i * (last - first) / Math.max(1, count - 1)
                    : last - (count - 1 - i) * (last - first) / Math.max(1, count - 1);
            values[i] = type.round(count == 1 ? first : value);
        }
        return List.of(call.ops().constant(TensorType.of(type, count), values));
    }

    /** Rows, columns and leading axes; the element type's number is the first floating argument. */
    private static List<Node> eye(OpCall call) {
        long rows;
        long columns;
        long[] leading = {};
        if (call.inputCount() > 0) {
            rows = call.constantIntegers(0, "rows")[0];
            columns = call.inputCount() > 1 ? call.constantIntegers(1, "columns")[0] : rows;
        } else {
            rows = call.integer(0);
            columns = call.integer(1, rows);
            leading = call.integersFrom(2);
        }
        DType type = Nd4jTypes.ofId((long) call.number(0, Nd4jTypes.FLOAT_ID));
        long[] dims = LongStream.concat(LongStream.of(leading), LongStream.of(rows, columns))
                .toArray();
        return List.of(Matrices.mask(call.ops(), new TensorType(type, Shape.of(dims)), (i, j) -> i == j));
    }

    private static List<Node> tri(OpCall call) {
        long diagonal = call.integer(2, 0);
        TensorType type = TensorType.of(call.type(DType.FLOAT32), call.integer(0), call.integer(1, call.integer(0)));
        return List.of(Matrices.mask(call.ops(), type, (i, j) -> j <= i + diagonal));
    }

    /** A row for each length: ones up to it, then zeros. */
    private static List<Node> sequenceMask(OpCall call) {
        long[] lengths = call.constantIntegers(0, "lengths");
        long longest = LongStream.of(lengths).max().orElse(0);
        int columns =
                (int) (call.inputCount() > 1 ? call.constantIntegers(1, "a length")[0] : call.integer(0, longest));
        double[] values = new double[lengths.length * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % columns < lengths[i / columns] ? 1 : 0;
        }
        TensorType type =
                new TensorType(call.type(DType.BOOL), call.input(0).shape().append(columns));
        return List.of(call.ops().constant(type, values));
    }

    private static List<Node> invertPermutation(OpCall call) {
        long[] permutation = call.constantIntegers(0, "a permutation");
        long[] inverse = new long[permutation.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[(int) permutation[i]] = i;
        }
        return List.of(integers(call, call.input(0).dtype(), inverse));
    }
}
