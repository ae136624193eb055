package org.curvature4j.samediff;

import static org.curvature4j.samediff.RuleTable.binary;
import static org.curvature4j.samediff.RuleTable.unary;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Choices between values, tests of numbers, and logic on booleans. */
final class LogicRules {
    private LogicRules() {}

    static void addTo(RuleTable table) {
        table.add("Where", SMOOTH, "smooth in the values chosen from", LogicRules::where);
        table.add("select", SMOOTH, "smooth in the values chosen from", LogicRules::where);
        for (String op : List.of("and", "boolean_and")) {
            table.add(op, STEP, logical(Comparison.AND));
        }
        for (String op : List.of("or", "boolean_or")) {
            table.add(op, STEP, logical(Comparison.OR));
        }
        for (String op : List.of("xor", "boolean_xor")) {
            table.add(op, STEP, logical(Comparison.XOR));
        }
        table.add("bool_not", STEP, unary((o, x) -> o.apply(Comparison.XOR, truth(o, x), always(o))));
        table.add("isnan", STEP, unary((o, x) -> o.apply(Comparison.NE, x, x)));
        table.add("isinf", STEP, unary((o, x) -> o.apply(Comparison.EQ, magnitude(o, x), infinity(o, x))));
        table.add("isfinite", STEP, unary((o, x) -> o.apply(Comparison.LT, magnitude(o, x), infinity(o, x))));
        table.add(
                "match_condition_transform",
                STEP,
                call -> List.of(Condition.of(call, 0, 1, 2).holds(call.input(0))));
        table.add("match_condition", STEP, LogicRules::count);
        table.add("cas", STEP, "smooth where nothing is replaced", LogicRules::replaceByNumber);
        table.add("car", SMOOTH, "smooth in the values chosen from", LogicRules::replaceByTensor);
    }

    private static Node magnitude(Ops o, Node x) {
        return o.apply(Elementwise.ABS, x);
    }

    private static Node infinity(Ops o, Node x) {
        return o.like(x, Double.POSITIVE_INFINITY);
    }

    private static Node always(Ops o) {
        return o.builder().literal(TensorType.of(DType.BOOL), 1);
    }

    /** ND4J takes numbers as booleans: everything but 0 is true. */
    static Node truth(Ops o, Node x) {
        return x.dtype() == DType.BOOL ? x : o.apply(Comparison.NE, x, o.like(x, 0));
    }

    private static ImportRule logical(Comparison connective) {
        return call -> binary((o, x, y) -> o.apply(connective, truth(o, x), truth(o, y)))
                .apply(call);
    }

    /** Operands: condition, values where it holds, values elsewhere. A vector of conditions chooses whole rows. */
    private static List<Node> where(OpCall call) {
        if (call.inputCount() < 3) {
            throw call.expected(
                    "a condition and two tensors",
                    call.inputCount() + " operands (the indices of true elements are as many as there are: no static"
                            + " shape)");
        }
        Ops o = call.ops();
        Node yes = call.input(1);
        Node condition = truth(o, call.input(0));
        int rank = yes.shape().rank();
        if (condition.shape().rank() == 1 && rank > 1) {
            condition = o.reshape(
                    condition, Shape.ones(rank).with(0, condition.type().size()));
        }
        List<Node> aligned = Broadcasting.align(o, List.of(condition, yes, o.cast(call.input(2), yes.dtype())));
        return List.of(o.select(aligned.get(0), aligned.get(1), aligned.get(2)));
    }

    private static List<Node> count(OpCall call) {
        Ops o = call.ops();
        List<Integer> axes = call.reductionAxes(1);
        Node matches = o.cast(Condition.of(call, 0, 1, 2).holds(call.input(0)), DType.INT64);
        return List.of(
                call.dropAxes(o.sum(matches, axes), axes, call.attributes().keepDims()));
    }

    private static List<Node> replaceByNumber(OpCall call) {
        if (call.inputCount() != 1) {
            throw call.expected(
                    "one operand", "two (ND4J saves replaceWhere without its condition: rebuild it with where)");
        }
        Ops o = call.ops();
        Node x = call.input(0);
        Node replacement = o.like(x, call.attributes().extra()[1]);
        return List.of(o.select(Condition.of(call, 0, 2, 3).holds(x), replacement, x));
    }

    private static List<Node> replaceByTensor(OpCall call) {
        Node x = call.input(0);
        return List.of(call.ops().select(Condition.of(call, 0, 2, 3).holds(x), call.input(1), x));
    }
}
