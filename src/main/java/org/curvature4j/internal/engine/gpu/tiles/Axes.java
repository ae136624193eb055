package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;
import org.jspecify.annotations.Nullable;

/** The axes over which arrays are walked together: neighbours along which all arrays step alike are one. */
final class Axes {
    /** Shorter rows, or columns, lie within a line of memory or two. */
    private static final long WORTH = 8;

    private final List<Long> sizes = new ArrayList<>();
    private final List<List<Long>> steps = new ArrayList<>();
    private final int arrays;
    private boolean wide;

    private Axes(int arrays) {
        this.arrays = arrays;
    }

    /** @param views of one shape */
    static Axes of(Strides... views) {
        Axes axes = new Axes(views.length);
        Shape shape = views[0].shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis) != 1) {
                axes.add(shape.dim(axis), axis, views);
            }
        }
        axes.wide = KernelText.isWide(shape.size());
        for (Strides view : views) {
            long last = 0;
            for (int axis = 0; axis < shape.rank(); axis++) {
                last += (shape.dim(axis) - 1) * view.step(axis);
            }
            axes.wide |= KernelText.isWide(last);
        }
        return axes;
    }

    private void add(long size, int axis, Strides... views) {
        List<Long> own = new ArrayList<>();
        for (Strides view : views) {
            own.add(view.step(axis));
        }
        int last = sizes.size() - 1;
        boolean continues = last >= 0;
        for (int i = 0; continues && i < views.length; i++) {
            continues = steps.get(last).get(i) == own.get(i) * size;
        }
        if (continues) {
            sizes.set(last, sizes.get(last) * size);
            steps.set(last, own);
        } else {
            sizes.add(size);
            steps.add(own);
        }
    }

    /** The distance between one index and the next, in an array; null if it isn't always the same. */
    @Nullable
    Long step(int array) {
        return sizes.isEmpty()
                ? Long.valueOf(0)
                : sizes.size() == 1 ? steps.get(0).get(array) : null;
    }

    /**
     * The transposition, of matrices that are worth one, by which a view's elements are brought into their order; null where
     * they aren't that of a row-major array's.
     */
    @Nullable
    TransposeText transpose(Held held) {
        int last = sizes.size() - 1;
        if (arrays != 1 || last < 1 || last > 2) {
            return null;
        }
        long rows = sizes.get(last);
        long columns = sizes.get(last - 1);
        long stack = last == 2 ? sizes.get(0) : 1;
        boolean transposes = steps.get(last).get(0) == columns
                && steps.get(last - 1).get(0) == 1
                && (last == 1 || steps.get(0).get(0) == rows * columns);
        return transposes && Math.min(rows, columns) >= WORTH
                ? new TransposeText(held, held, stack, rows, columns)
                : null;
    }

    /**
     * Writes where the element of an index lies in each array, counted from its first.
     *
     * @param index row-major among the elements of the shape, in a register
     * @return registers; null for an array with one element for all
     */
    @Nullable
    String[] places(KernelText text, String index) {
        @Nullable String[] places = new @Nullable String[arrays];
        String rest = wide && !KernelText.isWide(index) ? text.emit(Kind.B64, "cvt.u64.u32 %s, %s", index) : index;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            String digit = rest;
            if (axis > 0) {
                String[] parts = text.divided(rest, sizes.get(axis));
                rest = parts[0];
                digit = parts[1];
            }
            for (int array = 0; array < arrays; array++) {
                places[array] =
                        advanced(text, places[array], digit, steps.get(axis).get(array));
            }
        }
        return places;
    }

    private static @Nullable String advanced(KernelText text, @Nullable String place, String digit, long step) {
        boolean wide = KernelText.isWide(digit);
        Kind kind = wide ? Kind.B64 : Kind.B32;
        String type = wide ? "u64" : "u32";
        if (step == 0) {
            return place;
        } else if (place == null) {
            return step == 1 ? digit : text.emit(kind, "mul.lo." + type + " %s, %s, %s", digit, step);
        }
        return step == 1
                ? text.emit(kind, "add." + type + " %s, %s, %s", place, digit)
                : text.emit(kind, "mad.lo." + type + " %s, %s, %s, %s", digit, step, place);
    }

    /** The address of an array's element at such a place. */
    static String at(KernelText text, String address, @Nullable String place, Held held) {
        return place == null ? address : text.element(address, place, held);
    }
}
