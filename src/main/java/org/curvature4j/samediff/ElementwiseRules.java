package org.curvature4j.samediff;

import static org.curvature4j.samediff.RuleTable.real;
import static org.curvature4j.samediff.RuleTable.unary;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Polygamma;

/** Functions of one number. */
final class ElementwiseRules {
    private static final String ACCURATE = "accurate near 0, where ND4J's loses up to twelve digits";

    /** Of a polygamma function: that of the largest factorial. */
    private static final int LARGEST_ORDER = 170;

    private ElementwiseRules() {}

    static void addTo(RuleTable table) {
        addArithmetic(table);
        addTranscendental(table);
        addCopies(table);
    }

    private static void addArithmetic(RuleTable table) {
        table.add("neg", SMOOTH, unary(Ops::neg));
        table.add("square", SMOOTH, unary(Ops::square));
        table.add("cube", SMOOTH, unary((o, x) -> o.pow(x, 3)));
        table.add("Reciprocal", SMOOTH, real(Ops::reciprocal));
        table.add("oneminus", SMOOTH, unary((o, x) -> o.sub(o.like(x, 1), x)));
        table.add("timesoneminus", SMOOTH, unary((o, x) -> o.mul(x, o.sub(o.like(x, 1), x))));
        table.add("abs", KINKS, "derivative 0 at 0", unary((o, x) -> o.apply(Elementwise.ABS, x)));
        table.add("sign", STEP, "sign(NaN) is NaN; ND4J's is 0", unary(Ops::sign));
        table.add("floor", STEP, unary((o, x) -> step(o, x, Elementwise.FLOOR)));
        table.add("ceil", STEP, unary((o, x) -> step(o, x, Elementwise.CEIL)));
        table.add("round", STEP, unary((o, x) -> step(o, x, Elementwise.ROUND)));
    }

    /** Integers are whole already. */
    private static Node step(Ops o, Node x, Elementwise function) {
        return x.dtype().isFloat() ? o.apply(function, x) : x;
    }

    private static void addTranscendental(RuleTable table) {
        table.add("exp", SMOOTH, real(Ops::exp));
        table.add("expm1", SMOOTH, ACCURATE, real((o, x) -> o.apply(Elementwise.EXPM1, x)));
        table.add("log", SMOOTH, real((o, x) -> o.apply(Elementwise.LOG, x)));
        table.add("log1p", SMOOTH, ACCURATE, real((o, x) -> o.apply(Elementwise.LOG1P, x)));
        table.add("sqrt", SMOOTH, real(Ops::sqrt));
        table.add("rsqrt", SMOOTH, real((o, x) -> o.pow(x, -0.5)));
        table.add("sin", SMOOTH, real(Ops::sin));
        table.add("cos", SMOOTH, real(Ops::cos));
        table.add("tan", SMOOTH, real((o, x) -> o.apply(Elementwise.TAN, x)));
        table.add("asin", SMOOTH, real((o, x) -> o.apply(Elementwise.ASIN, x)));
        table.add("acos", SMOOTH, real((o, x) -> o.apply(Elementwise.ACOS, x)));
        table.add("atan", SMOOTH, real((o, x) -> o.apply(Elementwise.ATAN, x)));
        table.add("sinh", SMOOTH, ACCURATE, real(Ops::sinh));
        table.add("cosh", SMOOTH, real(Ops::cosh));
        table.add("tanh", SMOOTH, ACCURATE, real((o, x) -> o.apply(Elementwise.TANH, x)));
        table.add(
                "asinh",
                SMOOTH,
                ACCURATE + "; finite for large negative operands, where ND4J's is not",
                real((o, x) -> o.apply(Elementwise.ASINH, x)));
        table.add("acosh", SMOOTH, real((o, x) -> o.apply(Elementwise.ACOSH, x)));
        table.add("atanh", SMOOTH, real((o, x) -> o.apply(Elementwise.ATANH, x)));
        table.add("erf", SMOOTH, real((o, x) -> o.apply(Elementwise.ERF, x)));
        table.add("erfc", SMOOTH, real((o, x) -> o.apply(Elementwise.ERFC, x)));
        table.add("lgamma", SMOOTH, real((o, x) -> o.apply(Elementwise.LGAMMA, x)));
        table.add(
                "digamma",
                SMOOTH,
                "to the last digits, where ND4J's has twelve; not a number at negative whole operands",
                real((o, x) -> o.apply(new Polygamma(0), x)));
        table.add("polygamma", SMOOTH, "one order for all; for operands below 0 too", ElementwiseRules::polygamma);
    }

    private static List<Node> polygamma(OpCall call) {
        double[] orders = call.constantNumbers(0, "an order");
        double order = orders.length == 0 ? 0 : orders[0];
        if (order < 0 || order > LARGEST_ORDER || !Arrays.stream(orders).allMatch(each -> each == (int) order)) {
            throw call.expected("one order from 0 to " + LARGEST_ORDER + " for all elements", Arrays.toString(orders));
        }
        return List.of(call.ops().apply(new Polygamma((int) order), call.input(1)));
    }

    private static void addCopies(RuleTable table) {
        table.add("identity", SMOOTH, unary((o, x) -> x));
        table.add("identity_n", SMOOTH, call -> call.inputs());
        table.add("stop_gradient", SMOOTH, "its operand is held constant", unary(Ops::stopGradient));
        table.add("cast", STEP, "smooth between floating types, a step to others", ElementwiseRules::cast);
    }

    /** The type is an argument, or, as after an import from TensorFlow, that of the result only. */
    private static List<Node> cast(OpCall call) {
        List<DType> types = call.attributes().types();
        boolean isStated = call.attributes().integers().length > 0 || types.isEmpty();
        return List.of(call.ops().cast(call.input(0), isStated ? Nd4jTypes.ofId(call.integer(0)) : types.get(0)));
    }
}
