package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.binary;
import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.onnx.OnnxRule.unary;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Comparisons, choice, and other element types. */
final class LogicRules {
    private LogicRules() {}

    static void addTo(OnnxRules rules) {
        compare(rules, "Equal", Comparison.EQ);
        compare(rules, "Greater", Comparison.GT);
        compare(rules, "GreaterOrEqual", Comparison.GE);
        compare(rules, "Less", Comparison.LT);
        compare(rules, "LessOrEqual", Comparison.LE);
        compare(rules, "And", Comparison.AND);
        compare(rules, "Or", Comparison.OR);
        compare(rules, "Xor", Comparison.XOR);
        rules.add("Not", STEP, unary((o, x) -> o.apply(Comparison.XOR, x, o.like(x, 1))));
        rules.add("IsNaN", STEP, unary((o, x) -> o.apply(Comparison.NE, x, x)));
        rules.add("IsInf", STEP, single(LogicRules::isInfinite));
        rules.add("Where", SMOOTH, "a kink where the condition changes", single(LogicRules::where));
        rules.add(
                "Cast",
                STEP,
                "smooth between floating types",
                single(call -> cast(call, OnnxType.of((int) call.attributes().integer("to", 0), "to"))));
        rules.add("CastLike", STEP, "smooth between floating types", single(call -> cast(call, call.written(1))));
        bits(rules, "BitwiseAnd", (x, y) -> x & y);
        bits(rules, "BitwiseOr", (x, y) -> x | y);
        bits(rules, "BitwiseXor", (x, y) -> x ^ y);
        rules.add("BitShift", STEP, "of known values", single(LogicRules::shift));
        rules.add("BitwiseNot", STEP, single(LogicRules::complement));
        rules.refuse("it gives the bits of numbers another meaning", "BitCast");
    }

    private static void compare(OnnxRules rules, String name, Comparison comparison) {
        rules.add(name, STEP, binary((o, x, y) -> o.apply(comparison, x, y)));
    }

    private static Node isInfinite(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        Node infinity = o.like(x, Double.POSITIVE_INFINITY);
        boolean positive = call.attributes().flag("detect_positive", true);
        boolean negative = call.attributes().flag("detect_negative", true);
        if (positive && negative) {
            return o.apply(Comparison.EQ, o.apply(Elementwise.ABS, x), infinity);
        } else if (positive || negative) {
            return o.apply(Comparison.EQ, positive ? x : o.neg(x), infinity);
        }
        return o.apply(Comparison.NE, o.like(x, 0), o.broadcast(o.like(x, 0), x.shape()));
    }

    private static Node where(OnnxCall call) {
        List<Node> aligned = Broadcasting.align(call.ops(), List.of(call.input(0), call.input(1), call.input(2)));
        return call.ops().select(aligned.get(0), aligned.get(1), aligned.get(2));
    }

    private static Node cast(OnnxCall call, OnnxType type) {
        Ops o = call.ops();
        if (type.isQuantized() && type.dtype().isFloat()) {
            Node x = cast(o, call.input(0), DType.FLOAT64);
            boolean saturate = call.attributes().flag("saturate", true);
            return QuantizationRules.rounded(call, x, SmallFloat.of(type).rounded(o, x, saturate), type);
        }
        Node cast = cast(o, call.input(0), type.dtype());
        return call.input(0).dtype() == DType.BOOL ? cast : WholeNumbers.wrapped(o, cast, type);
    }

    /** Numbers are true where they aren't 0. */
    static Node cast(Ops o, Node x, DType type) {
        return type == DType.BOOL && x.dtype() != DType.BOOL
                ? o.apply(Comparison.NE, x, o.like(x, 0))
                : o.cast(x, type);
    }

    private static void bits(OnnxRules rules, String name, LongBinaryOperator operation) {
        rules.add(name, STEP, "of known values", single(call -> known(call, operation)));
    }

    private static Node shift(OnnxCall call) {
        if (Arrays.stream(call.numbers(1)).anyMatch(places -> places < 0)) {
            throw call.expected("shifts by 0 or more", "one by less");
        }
        boolean left = call.attributes().text("direction", "").equals("LEFT");
        Node shifted = left
                ? known(call, (x, y) -> y >= Long.SIZE ? 0 : x << y)
                : known(call, (x, y) -> x >> Math.min(y, Long.SIZE - 1));
        return left ? WholeNumbers.wrapped(call.ops(), shifted, call.written(0)) : shifted;
    }

    /** All bits turned: -1 - x, or counted from the largest number of a type without signs. */
    private static Node complement(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        OnnxType type = call.written(0);
        return o.sub(o.like(x, type.isSigned() ? -1 : Math.scalb(1.0, type.bits()) - 1), x);
    }

    private static Node known(OnnxCall call, LongBinaryOperator operation) {
        return call.broadcast((o, x, y) -> {
            Shape shape = o.add(x, y).shape();
            double[] left = call.numbers(o.broadcast(x, shape));
            double[] right = call.numbers(o.broadcast(y, shape));
            double[] result = new double[left.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = (double) operation.applyAsLong((long) left[i], (long) right[i]);
            }
            return o.constant(x.type().withShape(shape), result);
        });
    }
}
