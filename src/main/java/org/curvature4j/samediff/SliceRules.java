package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Roll;

/** Blocks, strides, reversals and padding: positions known at import. */
final class SliceRules {
    private static final int CONSTANT = 0;
    private static final int REFLECT = 1;
    private static final int SYMMETRIC = 2;

    private SliceRules() {}

    static void addTo(RuleTable table) {
        table.add("slice", SMOOTH, SliceRules::slice);
        table.add("strided_slice", SMOOTH, "negative strides and ellipses as in NumPy", StridedSlice::of);
        table.add("reverse", SMOOTH, SliceRules::reverse);
        table.add("reverse_sequence", SMOOTH, "lengths known at import", SliceRules::reverseSequence);
        table.add("roll", SMOOTH, "as in NumPy; ND4J drops negative shifts and mistakes some axes", SliceRules::roll);
        table.add("pad", SMOOTH, SliceRules::pad);
    }

    /** Starts, then sizes, of which -1 reaches to the end: arguments or two operands. */
    private static List<Node> slice(OpCall call) {
        Node x = call.input(0);
        int rank = x.shape().rank();
        long[] starts = new long[rank];
        long[] sizes = new long[rank];
        if (call.inputCount() > 2) {
            starts = call.constantIntegers(1, "starts");
            sizes = call.constantIntegers(2, "sizes");
        } else {
            for (int axis = 0; axis < rank; axis++) {
                starts[axis] = call.integer(axis);
                sizes[axis] = call.integer(rank + axis);
            }
        }
        for (int axis = 0; axis < rank; axis++) {
            if (sizes[axis] < 0) {
                sizes[axis] = x.shape().dim(axis) - starts[axis];
            }
        }
        return List.of(call.ops().slice(x, Arrays.stream(starts).boxed().toList(), Shape.of(sizes)));
    }

    private static List<Node> reverse(OpCall call) {
        Node x = call.input(0);
        long[] written = call.integersOf(1, "axes");
        for (int axis : call.axes(written, x.shape().rank())) {
            x = Axes.reversed(call.ops(), x, axis);
        }
        return List.of(x);
    }

    /** Reverses the first elements along one axis, a number of them for each position on another. */
    private static List<Node> reverseSequence(OpCall call) {
        Node x = call.input(0);
        int rank = x.shape().rank();
        int sequence = call.axis(call.integer(0), rank);
        int batch = call.axis(call.integer(1, 0), rank);
        long[] lengths = call.constantIntegers(1, "lengths");
        return List.of(Axes.reversedFirst(call.ops(), x, batch, sequence, lengths));
    }

    /** By an argument, through all elements as one row, or by shifts, the second operand, along axes, the third. */
    private static List<Node> roll(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        if (call.inputCount() == 1) {
            Node row = o.reshape(x, Shape.of(x.shape().size()));
            return List.of(o.reshape(o.apply(new Roll(0, call.integer(0)), row), x.shape()));
        }
        long[] shifts = call.constantIntegers(1, "shifts");
        long[] axes = call.constantIntegers(2, "axes");
        if (axes.length != shifts.length) {
            throw call.expected("a shift for each of " + axes.length + " axes", shifts.length);
        }
        for (int i = 0; i < axes.length; i++) {
            x = o.apply(new Roll(call.axis(axes[i], x.shape().rank()), shifts[i]), x);
        }
        return List.of(x);
    }

    /** Widths before and after each axis are the second operand. */
    private static List<Node> pad(OpCall call) {
        int mode = (int) call.integer(0, CONSTANT);
        double value = call.inputCount() > 2 ? call.constantNumbers(2, "a value")[0] : call.number(0, 0);
        Ops o = call.ops();
        Node x = call.input(0);
        if (mode != CONSTANT && mode != REFLECT && mode != SYMMETRIC) {
            throw call.expected("a padding mode from 0 to 2", mode);
        }
        long[] widths = call.constantIntegers(1, "widths");
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            long before = widths[2 * axis];
            long after = widths[2 * axis + 1];
            if (mode == CONSTANT) {
                x = o.pad(x, axis, before, after, value);
            } else {
                x = Axes.extended(
                        o, x, axis, before, after, mode == SYMMETRIC ? Axes.Border.SYMMETRIC : Axes.Border.REFLECTED);
            }
        }
        return List.of(x);
    }
}
