package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Elements along axes as parts of a whole. */
final class SoftmaxRules {
    private SoftmaxRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "LpNormalization",
                KINKS,
                "0 where the norm is 0, its derivatives not a number",
                OnnxRule.single(SoftmaxRules::norm));
        rules.add(
                "Softmax", SMOOTH, OnnxRule.single(call -> Reductions.softmax(call.ops(), call.input(0), axes(call))));
        rules.add(
                "LogSoftmax",
                SMOOTH,
                OnnxRule.single(call -> Reductions.logSoftmax(call.ops(), call.input(0), axes(call))));
        rules.add("Hardmax", STEP, "the first of equal largest elements", OnnxRule.single(SoftmaxRules::hardmax));
    }

    /** Along one axis since operator set 13; before, along all from one on taken together. */
    private static List<Integer> axes(OnnxCall call) {
        boolean one = call.opset() >= 13;
        int axis = call.axis("axis", one ? -1 : 1);
        return IntStream.range(axis, one ? axis + 1 : call.rank(0)).boxed().toList();
    }

    private static Node hardmax(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        List<Integer> axes = axes(call);
        Node first = Reductions.position(o, x, axes);
        Shape shape = Shape.ones(call.rank(0));
        for (int axis : axes) {
            shape = shape.with(axis, x.shape().dim(axis));
        }
        double[] numbers = IntStream.range(0, Math.toIntExact(shape.size()))
                .asDoubleStream()
                .toArray();
        Node all = o.constant(new TensorType(first.dtype(), shape), numbers);
        return o.cast(o.apply(Comparison.EQ, all, first), x.dtype());
    }

    private static Node norm(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        List<Integer> axes = List.of(call.axis("axis", -1));
        long p = call.attributes().integer("p", 2);
        if (p != 1 && p != 2) {
            throw call.expected("p 1 or 2", p);
        }
        Node norm = p == 2 ? Reductions.norm(o, x, axes) : o.sum(o.apply(Elementwise.ABS, x), axes);
        Node isZero = o.apply(Comparison.EQ, norm, o.like(norm, 0));
        Node inverse = o.reciprocal(o.select(isZero, o.like(norm, 1), norm));
        // The value is 0 where the norm is, but there is no derivative: any change, however small, has norm 1 then.
        Node slope = o.neg(o.reciprocal(o.square(norm)));
        return o.mul(x, o.withPartials(inverse, List.of(norm), List.of(slope)));
    }
}
