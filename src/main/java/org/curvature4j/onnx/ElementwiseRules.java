package org.curvature4j.onnx;

import java.util.Map;
import java.util.function.BinaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Functions of one number, arithmetic, comparisons and choice; operands broadcast. */
final class ElementwiseRules {
    private ElementwiseRules() {}

    private interface Unary {
        SDVariable apply(SameDiff sd, SDVariable x);
    }

    private interface Binary {
        SDVariable apply(SameDiff sd, SDVariable a, SDVariable b);
    }

    static void addTo(Map<String, OnnxRule> rules) {
        Map<String, Unary> unary = Map.ofEntries(
                Map.entry("Abs", (sd, x) -> sd.math().abs(x)),
                Map.entry("Acos", (sd, x) -> sd.math().acos(x)),
                Map.entry("Acosh", (sd, x) -> sd.math().acosh(x)),
                Map.entry("Asin", (sd, x) -> sd.math().asin(x)),
                Map.entry("Asinh", (sd, x) -> sd.math().asinh(x)),
                Map.entry("Atan", (sd, x) -> sd.math().atan(x)),
                Map.entry("Atanh", (sd, x) -> sd.math().atanh(x)),
                Map.entry("Ceil", (sd, x) -> sd.math().ceil(x)),
                Map.entry("Cos", (sd, x) -> sd.math().cos(x)),
                Map.entry("Cosh", (sd, x) -> sd.math().cosh(x)),
                Map.entry("Erf", (sd, x) -> sd.math().erf(x)),
                Map.entry("Exp", (sd, x) -> sd.math().exp(x)),
                Map.entry("Floor", (sd, x) -> sd.math().floor(x)),
                Map.entry("Log", (sd, x) -> sd.math().log(x)),
                Map.entry("Neg", (sd, x) -> sd.math().neg(x)),
                Map.entry("Reciprocal", (sd, x) -> sd.math().reciprocal(x)),
                Map.entry("Sign", (sd, x) -> sd.math().sign(x)),
                Map.entry("Sin", (sd, x) -> sd.math().sin(x)),
                Map.entry("Sinh", (sd, x) -> sd.math().sinh(x)),
                Map.entry("Sqrt", (sd, x) -> sd.math().sqrt(x)),
                Map.entry("Tan", (sd, x) -> sd.math().tan(x)),
                Map.entry("Tanh", (sd, x) -> sd.math().tanh(x)),
                Map.entry("Identity", SameDiff::identity));
        unary.forEach((name, operation) -> rules.put(name, OnnxRule.single(node -> {
            OnnxValue x = node.input(0);
            return x.with(operation.apply(node.sd(), x.variable()));
        })));
        rules.put("Dropout", OnnxRule.single(ElementwiseRules::dropout));
        Map<String, Binary> binary = Map.ofEntries(
                Map.entry("Add", (sd, a, b) -> a.add(b)),
                Map.entry("Sub", (sd, a, b) -> a.sub(b)),
                Map.entry("Mul", (sd, a, b) -> a.mul(b)),
                Map.entry("Div", (sd, a, b) -> a.div(b)),
                Map.entry("Equal", SameDiff::eq),
                Map.entry("Greater", SameDiff::gt),
                Map.entry("GreaterOrEqual", SameDiff::gte),
                Map.entry("Less", SameDiff::lt),
                Map.entry("LessOrEqual", SameDiff::lte),
                Map.entry("And", (sd, a, b) -> sd.math().and(a, b)),
                Map.entry("Or", (sd, a, b) -> sd.math().or(a, b)),
                Map.entry("Xor", (sd, a, b) -> sd.math().xor(a, b)));
        binary.forEach((name, operation) -> rules.put(
                name, OnnxRule.single(node -> node.broadcast(operation.apply(node.sd(), node.x(0), node.x(1)), 0, 1))));
        rules.put("Pow", OnnxRule.single(ElementwiseRules::power));
        rules.put("Where", OnnxRule.single(ElementwiseRules::where));
        rules.put("Cast", OnnxRule.single(node -> node.input(0)
                .with(node.x(0).castTo(OnnxTensors.dataType((int) node.integer("to", 0), "Cast")))));
        rules.put(
                "Max",
                OnnxRule.single(node -> many(node, (a, b) -> node.sd().math().max(a, b))));
        rules.put(
                "Min",
                OnnxRule.single(node -> many(node, (a, b) -> node.sd().math().min(a, b))));
        rules.put("Sum", OnnxRule.single(node -> many(node, SDVariable::add)));
        rules.put("Mean", OnnxRule.single(node -> {
            OnnxValue sum = many(node, SDVariable::add);
            return sum.with(sum.variable().div(node.scalar(node.inputCount())));
        }));
    }

    /** A known exponent gives derivatives at 0 and below, which x^y by logarithms hasn't. */
    private static OnnxValue power(OnnxNode node) {
        INDArray exponent = node.input(1).constant();
        return exponent != null && exponent.length() == 1
                ? node.broadcast(node.sd().math().pow(node.x(0), exponent.getDouble(0)), 0, 1)
                : node.broadcast(node.sd().math().pow(node.x(0), node.x(1).castTo(DataType.DOUBLE)), 0, 1);
    }

    /** SameDiff would lay a condition of lower rank along the first axes, ONNX along the last. */
    private static OnnxValue where(OnnxNode node) {
        int rank = Math.max(node.rank(0), Math.max(node.rank(1), node.rank(2)));
        SDVariable condition = node.x(0);
        for (int missing = node.rank(0); missing > 0 && missing < rank; missing++) {
            condition = node.sd().expandDims(condition, 0);
        }
        return OnnxValue.of(node.sd().where(node.x(1), node.x(2), condition), rank);
    }

    private static OnnxValue many(OnnxNode node, BinaryOperator<SDVariable> operation) {
        OnnxValue result = node.input(0);
        for (int i = 1; i < node.inputCount(); i++) {
            SDVariable next = operation.apply(result.variable(), node.x(i));
            int rank = Math.max(result.rank(), node.input(i).rank());
            result = OnnxValue.of(next, rank);
        }
        return result;
    }

    /** Outside of training, dropout changes nothing. */
    private static OnnxValue dropout(OnnxNode node) {
        if (node.has(2) && node.constant(2).getDouble(0) != 0) {
            throw node.expected("training_mode 0", "1, which drops numbers at random");
        }
        return node.input(0).with(node.sd().identity(node.x(0)));
    }
}
