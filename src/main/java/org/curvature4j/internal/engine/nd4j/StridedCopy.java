package org.curvature4j.internal.engine.nd4j;

import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.curvature4j.internal.engine.program.Step;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies elements of 8 bytes between strided views of ND4J's arrays: permutations, repetitions, blocks. ND4J's own assignment
 * takes 8 to 12 ns an element of a permuted array, where this takes 1 to 2.
 */
final class StridedCopy implements Step {
    private static final int WIDTH = Long.BYTES;

    /** Shorter runs are copied by a loop: a call for each would cost more. */
    private static final int SHORT = 32;

    /** Rows and columns that are copied at a time: a cache line's elements or more. */
    private static final int SQUARE = 16;

    private static final Axis NONE = new Axis(1, 0, 0);

    /** They keep the memory. */
    private final List<INDArray> arrays;

    private final LongBuffer from;
    private final LongBuffer to;
    private final List<Axis> outer;
    /** Of either, elements or runs are far from each other in the one array and near in the other. */
    private final Axis rows;

    private final Axis columns;
    /** Elements that are neighbours in both arrays. */
    private final int run;

    /** Sizes, and distances between neighbours in elements. */
    private record Axis(int size, int source, int target) {
        /** Whether this and the axis within it are one. */
        boolean continues(Axis within) {
            return source == within.source * within.size && target == within.target * within.size;
        }
    }

    /** @param axes in the target's order */
    private StridedCopy(INDArray from, INDArray to, List<Axis> axes) {
        this.arrays = List.of(from, to);
        this.from = elements(from);
        this.to = elements(to);
        this.outer = axes;
        Axis last = axes.isEmpty() ? NONE : axes.get(axes.size() - 1);
        boolean neighbours = last.source == 1 && last.target == 1;
        this.run = neighbours ? axes.remove(axes.size() - 1).size : 1;
        this.columns = axes.isEmpty() ? NONE : axes.remove(axes.size() - 1);
        this.rows = axes.stream()
                .filter(axis -> axis.source > 0 && axis.source < columns.source)
                .min(Comparator.comparingInt(Axis::source))
                .orElse(NONE);
        axes.remove(rows);
    }

    /** Whether {@link #of} copies to such an array. */
    static boolean can(INDArray from, INDArray to) {
        return to.dataType().width() == WIDTH
                && from.dataType() == to.dataType()
                && !to.isEmpty()
                && !from.isEmpty()
                && Nd4j.getEnvironment().isCPU()
                && span(from) <= Integer.MAX_VALUE / WIDTH
                && span(to) <= Integer.MAX_VALUE / WIDTH;
    }

    /**
     * Copies into an array of any strides.
     *
     * @param from of any strides that aren't negative and as many axes, or none; those of size 1 are repeated
     */
    static Step of(INDArray from, INDArray to) {
        return new StridedCopy(from, to, axes(from, to));
    }

    private static List<Axis> axes(INDArray from, INDArray to) {
        List<Axis> axes = new ArrayList<>();
        for (int k = 0; k < to.rank(); k++) {
            if (to.size(k) == 1) {
                continue;
            }
            boolean repeated = from.rank() == 0 || from.size(k) == 1;
            Axis axis = new Axis((int) to.size(k), repeated ? 0 : from.stride(k), to.stride(k));
            Axis before = axes.isEmpty() ? null : axes.get(axes.size() - 1);
            if (before != null && before.continues(axis)) {
                axes.set(axes.size() - 1, new Axis(before.size * axis.size, axis.source, axis.target));
            } else {
                axes.add(axis);
            }
        }
        return axes;
    }

    /** Elements from the first to the last, both included. */
    private static long span(INDArray array) {
        long last = 0;
        for (int axis = 0; axis < array.rank(); axis++) {
            last += (array.size(axis) - 1) * array.stride(axis);
        }
        return last + 1;
    }

    private static LongBuffer elements(INDArray array) {
        return new BytePointer(array.data().addressPointer())
                .capacity(span(array) * WIDTH)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    @Override
    public void run() {
        try {
            copy();
        } finally {
            Reference.reachabilityFence(arrays);
        }
    }

    private void copy() {
        int[] index = new int[outer.size()];
        int source = 0;
        int target = 0;
        int axis;
        do {
            squares(source, target);
            axis = outer.size() - 1;
            while (axis >= 0) {
                Axis one = outer.get(axis);
                source += one.source;
                target += one.target;
                if (++index[axis] < one.size) {
                    break;
                }
                source -= one.size * one.source;
                target -= one.size * one.target;
                index[axis--] = 0;
            }
        } while (axis >= 0);
    }

    private void squares(int source, int target) {
        for (int i = 0; i < rows.size; i += SQUARE) {
            for (int j = 0; j < columns.size; j += SQUARE) {
                int read = source + i * rows.source + j * columns.source;
                int write = target + i * rows.target + j * columns.target;
                square(read, write, Math.min(SQUARE, rows.size - i), Math.min(SQUARE, columns.size - j));
            }
        }
    }

    private void square(int source, int target, int height, int width) {
        for (int i = 0; i < height; i++) {
            int read = source + i * rows.source;
            int write = target + i * rows.target;
            if (run == 1) {
                elements(read, write, width);
            } else {
                runs(read, write, width);
            }
        }
    }

    private void elements(int source, int target, int count) {
        int read = source;
        int write = target;
        for (int j = 0; j < count; j++) {
            to.put(write, from.get(read));
            read += columns.source;
            write += columns.target;
        }
    }

    private void runs(int source, int target, int count) {
        for (int j = 0; j < count; j++) {
            int read = source + j * columns.source;
            int write = target + j * columns.target;
            if (run >= SHORT) {
                to.put(write, from, read, run);
            } else {
                for (int i = 0; i < run; i++) {
                    to.put(write + i, from.get(read + i));
                }
            }
        }
    }
}
