package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Axes;

/** Tensors joined along an axis, and cut apart. */
final class JoinRules {
    private JoinRules() {}

    static void addTo(RuleTable table) {
        table.add("concat", SMOOTH, JoinRules::concat);
        table.add("stack", SMOOTH, JoinRules::stack);
        table.add("parallel_stack", SMOOTH, call -> List.of(stack(call, 0)));
        table.add("unstack", SMOOTH, JoinRules::unstack);
        table.add("split", SMOOTH, JoinRules::split);
        table.add("split_v", SMOOTH, JoinRules::splitSizes);
    }

    private static List<Node> concat(OpCall call) {
        boolean axisIsOperand = call.flag(0, false);
        int count = call.inputCount() - (axisIsOperand ? 1 : 0);
        List<Node> parts = call.inputs().subList(0, count);
        long axis = axisIsOperand ? call.constantIntegers(count, "an axis")[0] : call.integer(0);
        return List.of(
                call.ops().concat(parts, call.axis(axis, parts.get(0).shape().rank())));
    }

    private static List<Node> stack(OpCall call) {
        return List.of(stack(call, call.integer(0, 0)));
    }

    private static Node stack(OpCall call, long written) {
        int axis = call.axis(written, call.input(0).shape().rank() + 1);
        return Axes.stack(call.ops(), call.inputs(), axis);
    }

    private static List<Node> unstack(OpCall call) {
        Node x = call.input(0);
        int axis = call.axis(call.integer(0), x.shape().rank());
        List<Node> slices = new ArrayList<>();
        for (int i = 0; i < x.shape().dim(axis); i++) {
            slices.add(Axes.at(call.ops(), x, axis, i));
        }
        return slices;
    }

    /** Into equal parts. The axis is the second argument, or an operand before the tensor. */
    private static List<Node> split(OpCall call) {
        boolean axisFirst = call.inputCount() == 2 && call.input(0).type().size() == 1 && call.isConstant(0);
        Node x = call.input(axisFirst ? 1 : 0);
        long written = axisFirst ? call.constantIntegers(0, "an axis")[0] : call.integer(1, 0);
        int axis = call.axis(written, x.shape().rank());
        long parts = call.integer(0);
        long size = x.shape().dim(axis) / parts;
        if (size * parts != x.shape().dim(axis)) {
            throw call.expected("an axis that " + parts + " divides", x.shape().dim(axis));
        }
        long[] sizes = new long[(int) parts];
        Arrays.fill(sizes, size);
        return Axes.split(call.ops(), x, axis, sizes);
    }

    private static List<Node> splitSizes(OpCall call) {
        Node x = call.input(0);
        long written = call.inputCount() > 2 ? call.constantIntegers(2, "an axis")[0] : call.integer(0, 0);
        long[] sizes = call.constantIntegers(1, "sizes");
        int axis = call.axis(written, x.shape().rank());
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 0) {
                sizes[i] = x.shape().dim(axis) - LongStream.of(sizes).sum() + sizes[i];
            }
        }
        return Axes.split(call.ops(), x, axis, sizes);
    }
}
