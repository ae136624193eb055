package org.curvature4j.samediff;

import static org.curvature4j.samediff.RuleTable.binary;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Remainders;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Two tensors, or several, element by element. Shapes broadcast as NumPy's. */
final class PairwiseRules {
    private PairwiseRules() {}

    static void addTo(RuleTable table) {
        addArithmetic(table);
        addRemainders(table);
        addComparisons(table);
        addMerges(table);
    }

    private static void addArithmetic(RuleTable table) {
        table.add("add", SMOOTH, binary(Ops::add));
        table.add("subtract", SMOOTH, binary(Ops::sub));
        table.add("multiply", SMOOTH, binary(Ops::mul));
        table.add("divide", SMOOTH, binary(Ops::div));
        table.add("realdiv", SMOOTH, binary(Ops::div));
        table.add("reversesubtract", SMOOTH, binary((o, x, y) -> o.sub(y, x)));
        table.add("reversedivide", SMOOTH, binary((o, x, y) -> o.div(y, x)));
        table.add("squaredsubtract", SMOOTH, binary((o, x, y) -> o.square(o.sub(x, y))));
        table.add("Pow", SMOOTH, binary((o, x, y) -> o.apply(Elementwise.POW, x, y)));
        table.add("tf_atan2", SMOOTH, binary((o, y, x) -> o.apply(Elementwise.ATAN2, y, x)));
        table.add("maximum", KINKS, Extrema.NOTE, binary((o, x, y) -> o.apply(Elementwise.MAX, x, y)));
        table.add("minimum", KINKS, Extrema.NOTE, binary((o, x, y) -> o.apply(Elementwise.MIN, x, y)));
        table.add("divide_no_nan", SMOOTH, "0 where the divisor is 0", binary(PairwiseRules::divideOrZero));
        table.add(
                "assign",
                SMOOTH,
                "the second operand in the shape of the first",
                call -> List.of(call.ops()
                        .broadcast(
                                Broadcasting.raise(
                                        call.ops(),
                                        call.input(1),
                                        call.input(0).shape().rank()),
                                call.input(0).shape())));
    }

    static Node divideOrZero(Ops o, Node x, Node y) {
        Node zero = o.like(y, 0);
        Node isZero = o.apply(Comparison.EQ, y, zero);
        return o.select(isZero, zero, o.div(x, o.select(isZero, o.like(y, 1), y)));
    }

    private static void addRemainders(RuleTable table) {
        String note = "the remainder has the divisor's sign";
        table.add(
                "mod",
                STEP,
                note + "; between integers the dividend's",
                binary((o, x, y) -> x.dtype().isFloat() ? Remainders.floored(o, x, y) : Remainders.truncated(o, x, y)));
        table.add("floormod", STEP, note, binary(Remainders::floored));
        table.add(
                "floordiv",
                STEP,
                "rounds down for negative integers too, where ND4J cuts off",
                binary(Remainders::quotient));
    }

    private static void addComparisons(RuleTable table) {
        table.add("less", STEP, binary((o, x, y) -> o.apply(Comparison.LT, x, y)));
        table.add("less_equal", STEP, binary((o, x, y) -> o.apply(Comparison.LE, x, y)));
        table.add("greater", STEP, binary((o, x, y) -> o.apply(Comparison.GT, x, y)));
        table.add("greater_equal", STEP, binary((o, x, y) -> o.apply(Comparison.GE, x, y)));
        table.add("equals", STEP, binary((o, x, y) -> o.apply(Comparison.EQ, x, y)));
        table.add("not_equals", STEP, binary((o, x, y) -> o.apply(Comparison.NE, x, y)));
    }

    private static void addMerges(RuleTable table) {
        table.add("mergeadd", SMOOTH, call -> List.of(merge(call, Ops::add)));
        table.add("mergeavg", SMOOTH, call -> List.of(call.ops().mul(merge(call, Ops::add), 1.0 / call.inputCount())));
        table.add("mergemax", KINKS, Extrema.NOTE, PairwiseRules::mergeMax);
    }

    private static List<Node> mergeMax(OpCall call) {
        DType type = call.joinedType();
        List<Node> operands =
                call.inputs().stream().map(x -> call.ops().cast(x, type)).toList();
        return List.of(Reductions.largest(call.ops(), operands));
    }

    private static Node merge(OpCall call, RuleTable.Binary join) {
        DType type = call.joinedType();
        Node merged = call.ops().cast(call.input(0), type);
        for (int i = 1; i < call.inputCount(); i++) {
            merged = join.apply(call.ops(), merged, call.ops().cast(call.input(i), type));
        }
        return merged;
    }
}
