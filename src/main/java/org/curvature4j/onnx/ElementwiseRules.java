package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.binary;
import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.onnx.OnnxRule.unary;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import java.util.function.BinaryOperator;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Remainders;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Functions of one number, and arithmetic; operands broadcast. */
final class ElementwiseRules {
    private ElementwiseRules() {}

    static void addTo(OnnxRules rules) {
        addFunctions(rules);
        addSteps(rules);
        rules.add("Identity", SMOOTH, unary((o, x) -> x));
        rules.add("Dropout", SMOOTH, "as outside of training", ElementwiseRules::dropout);
        rules.add("Add", SMOOTH, binary(Ops::add));
        rules.add("Sub", SMOOTH, binary(Ops::sub));
        rules.add("Mul", SMOOTH, binary(Ops::mul));
        rules.add("Div", SMOOTH, binary(Ops::div));
        rules.add("Mod", STEP, single(call -> call.broadcast((o, x, y) -> remainder(call, x, y))));
        rules.add("Pow", SMOOTH, single(ElementwiseRules::power));
        rules.add("Max", KINKS, "equal ones share the derivative", single(call -> extreme(call, Elementwise.MAX)));
        rules.add("Min", KINKS, "equal ones share the derivative", single(call -> extreme(call, Elementwise.MIN)));
        rules.add("Sum", SMOOTH, single(call -> merged(call, Ops::add)));
        rules.add("Mean", SMOOTH, single(call -> {
            Node sum = merged(call, Ops::add);
            return call.ops().div(sum, call.ops().like(sum, call.inputCount()));
        }));
    }

    private static void addFunctions(OnnxRules rules) {
        rules.add("Acos", SMOOTH, of(Elementwise.ACOS));
        rules.add("Acosh", SMOOTH, of(Elementwise.ACOSH));
        rules.add("Asin", SMOOTH, of(Elementwise.ASIN));
        rules.add("Asinh", SMOOTH, of(Elementwise.ASINH));
        rules.add("Atan", SMOOTH, of(Elementwise.ATAN));
        rules.add("Atanh", SMOOTH, of(Elementwise.ATANH));
        rules.add("Cos", SMOOTH, unary(Ops::cos));
        rules.add("Cosh", SMOOTH, unary(Ops::cosh));
        rules.add("Erf", SMOOTH, of(Elementwise.ERF));
        rules.add("Exp", SMOOTH, unary(Ops::exp));
        rules.add("Log", SMOOTH, of(Elementwise.LOG));
        rules.add("Neg", SMOOTH, unary(Ops::neg));
        rules.add("Reciprocal", SMOOTH, unary(Ops::reciprocal));
        rules.add("Sin", SMOOTH, unary(Ops::sin));
        rules.add("Sinh", SMOOTH, unary(Ops::sinh));
        rules.add("Sqrt", SMOOTH, unary(Ops::sqrt));
        rules.add("Tan", SMOOTH, of(Elementwise.TAN));
        rules.add("Tanh", SMOOTH, of(Elementwise.TANH));
    }

    private static void addSteps(OnnxRules rules) {
        rules.add("Abs", KINKS, "derivative 0 at 0", of(Elementwise.ABS));
        rules.add("Sign", STEP, unary(Ops::sign));
        rules.add("Floor", STEP, unary((o, x) -> whole(o, x, Elementwise.FLOOR)));
        rules.add("Ceil", STEP, unary((o, x) -> whole(o, x, Elementwise.CEIL)));
        rules.add("Round", STEP, "halves to the even neighbour", unary(ElementwiseRules::nearest));
    }

    private static OnnxRule of(Elementwise function) {
        return unary((o, x) -> o.apply(function, x));
    }

    private static Node whole(Ops o, Node x, Elementwise function) {
        return x.dtype().isFloat() ? o.apply(function, x) : x;
    }

    /** The nearest whole number, of two the even one: rounding away from 0, but down again where that made an odd one of a half. */
    static Node nearest(Ops o, Node x) {
        if (!x.dtype().isFloat()) {
            return x;
        }
        Node rounded = o.apply(Elementwise.ROUND, x);
        Node half = o.apply(Comparison.EQ, o.apply(Elementwise.ABS, o.sub(rounded, x)), o.like(x, 0.5));
        Node even = o.mul(o.apply(Elementwise.ROUND, o.mul(x, 0.5)), 2);
        return o.select(half, even, rounded);
    }

    private static Node remainder(OnnxCall call, Node x, Node y) {
        return call.attributes().flag("fmod", false)
                ? Remainders.truncated(call.ops(), x, y)
                : Remainders.floored(call.ops(), x, y);
    }

    /** A known exponent gives derivatives at 0 and below, which x^y by logarithms hasn't. */
    private static Node power(OnnxCall call) {
        Ops o = call.ops();
        DType type = call.input(0).dtype();
        Node base = o.cast(call.input(0), DType.FLOAT64);
        Node exponent = o.cast(call.input(1), DType.FLOAT64);
        Node power = call.isKnown(1) && call.shape(1).size() == 1
                ? call.broadcast(base, exponent, (ops, x, y) -> ops.broadcast(ops.pow(x, call.number(1)), shape(x, y)))
                : call.broadcast(base, exponent, (ops, x, y) -> ops.apply(Elementwise.POW, x, y));
        return o.cast(power, type);
    }

    /** Of one element that broadcasts: it may have more axes than the other operand. */
    private static Shape shape(Node x, Node y) {
        return x.shape().rank() == 0 ? y.shape() : x.shape();
    }

    /** More than two are compared at once: of equal ones, pairs of pairs would share unevenly. */
    private static Node extreme(OnnxCall call, Elementwise function) {
        Ops o = call.ops();
        if (call.inputCount() <= 2) {
            return merged(call, (ops, x, y) -> ops.apply(function, x, y));
        }
        boolean smallest = function == Elementwise.MIN;
        Shape shape = merged(call, Ops::add).shape();
        List<Node> operands = Broadcasting.align(o, call.all()).stream()
                .map(x -> o.broadcast(smallest ? o.neg(x) : x, shape))
                .toList();
        Node largest = Reductions.largest(o, operands);
        return smallest ? o.neg(largest) : largest;
    }

    private static Node merged(OnnxCall call, OnnxRule.Binary join) {
        BinaryOperator<Node> operator = (x, y) -> call.broadcast(x, y, join);
        return call.all().stream().reduce(operator).orElseThrow(() -> call.expected("at least one input", "none"));
    }

    /** Outside of training, dropout changes nothing, and its mask keeps all. */
    /** An input says whether numbers are dropped. */
    static void requireInference(OnnxCall call, int input) {
        if (call.has(input) && call.number(input) != 0) {
            throw call.expected("training_mode 0", "1, which drops numbers at random");
        }
    }

    private static List<Node> dropout(OnnxCall call) {
        Ops o = call.ops();
        call.optional(1);
        requireInference(call, 2);
        Node x = call.input(0);
        DType mask = call.opset() < 10 ? x.dtype() : DType.BOOL;
        return List.of(x, o.ones(new TensorType(mask, x.shape())));
    }
}
