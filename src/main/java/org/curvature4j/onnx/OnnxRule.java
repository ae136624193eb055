package org.curvature4j.onnx;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;

/**
 * What an operator computes: its outputs, in order; trailing ones that nothing may use are left out. Shapes and element
 * types of the operands are known, and so is the value of what depends on no input of the model.
 */
@FunctionalInterface
interface OnnxRule {
    List<Node> apply(OnnxCall call);

    /** A rule for operators of one output. */
    @FunctionalInterface
    interface Single {
        Node apply(OnnxCall call);
    }

    /** A function of one operand. */
    @FunctionalInterface
    interface Unary {
        Node apply(Ops ops, Node x);
    }

    /** A function of two operands of equal rank (or rank 0). */
    @FunctionalInterface
    interface Binary {
        Node apply(Ops ops, Node x, Node y);
    }

    static OnnxRule single(Single rule) {
        return call -> List.of(rule.apply(call));
    }

    static OnnxRule unary(Unary function) {
        return call -> List.of(function.apply(call.ops(), call.input(0)));
    }

    /** Two operands, broadcast against each other. */
    static OnnxRule binary(Binary function) {
        return call -> List.of(call.broadcast(function));
    }
}
