package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Indices;
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

    static Node flip(Ops o, Node x, int axis) {
        int size = (int) x.shape().dim(axis);
        return size < 2
                ? x
                : o.gather(
                        x,
                        axis,
                        Indices.of(
                                IntStream.range(0, size).map(i -> size - 1 - i).toArray()));
    }

    private static List<Node> reverse(OpCall call) {
        Node x = call.input(0);
        long[] written = call.integersOf(1, "axes");
        for (int axis : call.axes(written, x.shape().rank())) {
            x = flip(call.ops(), x, axis);
        }
        return List.of(x);
    }

    /** Reverses the first elements along one axis, a number of them for each position on another. */
    private static List<Node> reverseSequence(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        int rank = x.shape().rank();
        int sequence = call.axis(call.integer(0), rank);
        int batch = call.axis(call.integer(1, 0), rank);
        long[] lengths = call.constantIntegers(1, "lengths");
        int size = (int) x.shape().dim(sequence);
        Reductions.Flattened pairs = Reductions.Flattened.of(o, x, List.of(batch, sequence));
        int[] indices = new int[lengths.length * size];
        for (int i = 0; i < indices.length; i++) {
            int row = i / size;
            int position = i % size;
            boolean reversed = position < lengths[row];
            indices[i] = row * size + (reversed ? (int) lengths[row] - 1 - position : position);
        }
        Node gathered = o.gather(pairs.node(), pairs.axis(), Indices.of(indices));
        return List.of(pairs.restore(o, gathered, x.shape()));
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
                x = padConstant(o, x, axis, before, after, value);
            } else {
                x = o.gather(x, axis, mirrored((int) x.shape().dim(axis), before, after, mode == SYMMETRIC));
            }
        }
        return List.of(x);
    }

    private static Node padConstant(Ops o, Node x, int axis, long before, long after, double value) {
        List<Node> parts = new ArrayList<>();
        if (before > 0) {
            parts.add(o.builder().literal(x.type().withShape(x.shape().with(axis, before)), value));
        }
        parts.add(x);
        if (after > 0) {
            parts.add(o.builder().literal(x.type().withShape(x.shape().with(axis, after)), value));
        }
        return o.concat(parts, axis);
    }

    /** Positions beyond the ends are reflected there; symmetrically, the end itself stands twice. */
    private static Indices mirrored(int size, long before, long after, boolean symmetric) {
        int period = symmetric ? 2 * size : Math.max(1, 2 * size - 2);
        int[] indices = new int[(int) (before + size + after)];
        for (int i = 0; i < indices.length; i++) {
            int position = Math.floorMod(i - (int) before, period);
            indices[i] = position < size ? position : period - (symmetric ? 1 : 0) - position;
        }
        return Indices.of(indices);
    }
}
