package org.curvature4j.samediff;

import org.curvature4j.graph.Node;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** A test of elements as ND4J's {@code Conditions} numbers it: a mode, a number to compare with, a tolerance. */
record Condition(OpCall call, int mode, double number, double tolerance) {

    /**
     * @param number position of the number among the operation's extra arguments
     * @param tolerance position of the tolerance of (in)equality
     * @param mode position of the mode
     */
    static Condition of(OpCall call, int number, int tolerance, int mode) {
        double[] extra = call.attributes().extra();
        if (extra.length <= mode || Double.isNaN(extra[mode])) {
            throw call.expected(
                    "a condition", "none (ND4J loses it when it saves this operation: rebuild it with where)");
        }
        return new Condition(call, (int) extra[mode], extra[number], extra[tolerance]);
    }

    Node holds(Node x) {
        Ops o = call.ops();
        Node bound = o.like(x, number);
        Node size = o.apply(Elementwise.ABS, x);
        Node infinity = o.like(x, Double.POSITIVE_INFINITY);
        return switch (mode) {
            case 0 -> o.apply(Comparison.LT, distance(o, x, bound), o.like(x, tolerance));
            case 1 -> o.apply(Comparison.GE, distance(o, x, bound), o.like(x, tolerance));
            case 2 -> o.apply(Comparison.LT, x, bound);
            case 3 -> o.apply(Comparison.GT, x, bound);
            case 4 -> o.apply(Comparison.LE, x, bound);
            case 5 -> o.apply(Comparison.GE, x, bound);
            case 6 -> o.apply(Comparison.LT, size, bound);
            case 7 -> o.apply(Comparison.GT, size, bound);
            case 8 -> o.apply(Comparison.EQ, size, infinity);
            case 9 -> o.apply(Comparison.NE, x, x);
            default -> throw call.expected("a comparison, isInfinite or isNan", "ND4J's condition number " + mode);
        };
    }

    private static Node distance(Ops o, Node x, Node bound) {
        return o.apply(Elementwise.ABS, o.sub(x, bound));
    }
}
