package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Axes;

/**
 * NumPy's indexing by begin, end and stride, with TensorFlow's bit masks: bit i of a mask is about the i-th entry of the
 * specification. {@code begin} and {@code end} bits leave that bound open, {@code shrink} takes one position and drops
 * the axis, {@code newAxis} inserts one, {@code ellipsis} stands for as many whole axes as fit.
 */
final class StridedSlice {
    /** Where the masks stand among the operation's integer arguments; begins, ends and strides follow them. */
    private static final int BEGIN = 0;

    private static final int ELLIPSIS = 1;
    private static final int END = 2;
    private static final int NEW_AXIS = 3;
    private static final int SHRINK = 4;
    private static final int BOUNDS = 5;

    private final OpCall call;
    private final long[] begins;
    private final long[] ends;
    private final long[] strides;
    private final List<Long> dims = new ArrayList<>();
    private Node x;
    private int axis;

    private StridedSlice(OpCall call) {
        this.call = call;
        this.x = call.input(0);
        if (call.inputCount() > 1) {
            this.begins = call.constantIntegers(1, "begins");
            this.ends = call.constantIntegers(2, "ends");
            this.strides = call.inputCount() > 3 ? call.constantIntegers(3, "strides") : ones(begins.length);
        } else {
            long[] bounds = call.integersFrom(BOUNDS);
            int entries = bounds.length / 3;
            this.begins = Arrays.copyOfRange(bounds, 0, entries);
            this.ends = Arrays.copyOfRange(bounds, entries, 2 * entries);
            this.strides = Arrays.copyOfRange(bounds, 2 * entries, 3 * entries);
        }
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    static List<Node> of(OpCall call) {
        return List.of(new StridedSlice(call).apply());
    }

    private boolean has(int mask, int entry) {
        return (call.integer(mask, 0) >> entry & 1) == 1;
    }

    private Node apply() {
        int rank = x.shape().rank();
        for (int entry = 0; entry < begins.length; entry++) {
            if (has(ELLIPSIS, entry)) {
                int whole = rank - axis - entriesWithAnAxisAfter(entry);
                for (int i = 0; i < whole; i++) {
                    dims.add(x.shape().dim(axis++));
                }
            } else if (has(NEW_AXIS, entry)) {
                dims.add(1L);
            } else if (axis >= rank) {
                throw call.expected("at most " + rank + " axes to index", begins.length);
            } else if (has(SHRINK, entry)) {
                long size = x.shape().dim(axis);
                long position = begins[entry] < 0 ? begins[entry] + size : begins[entry];
                x = call.ops().slice(x, axis++, position, position + 1);
            } else {
                take(entry);
                dims.add(x.shape().dim(axis++));
            }
        }
        while (axis < rank) {
            dims.add(x.shape().dim(axis++));
        }
        return call.ops().reshape(x, Axes.shape(dims));
    }

    private int entriesWithAnAxisAfter(int ellipsis) {
        int count = 0;
        for (int entry = ellipsis + 1; entry < begins.length; entry++) {
            count += has(NEW_AXIS, entry) ? 0 : 1;
        }
        return count;
    }

    private void take(int entry) {
        long stride = strides[entry];
        if (stride == 0) {
            throw call.expected("strides other than 0", 0);
        }
        long begin = has(BEGIN, entry) ? (stride > 0 ? 0 : Long.MAX_VALUE) : begins[entry];
        long end = has(END, entry) ? (stride > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : ends[entry];
        x = Axes.strided(call.ops(), x, axis, begin, end, stride);
    }
}
