package org.curvature4j.internal.engine.loops;

import java.util.Arrays;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.Step;

/** Copies one array into another row by row: permutations, repetitions, slices and all else that moves numbers. */
final class RowCopy implements Step {
    /** Shorter rows are copied by a loop: a call for each would cost more. */
    private static final int SHORT = 8;

    private final double[] from;
    private final int[] sources;
    private final double[] to;
    private final int[] targets;
    private final int length;
    private final boolean repeated;

    private RowCopy(double[] from, int[] sources, double[] to, int[] targets, int length, boolean repeated) {
        this.from = from;
        this.sources = sources;
        this.to = to;
        this.targets = targets;
        this.length = length;
        this.repeated = repeated;
    }

    /** Copies as many elements as a shape has from one view to another. */
    static Step of(Shape shape, StridedView from, StridedView to) {
        if (shape.size() == 0) {
            return () -> {};
        }
        int whole = Rows.contiguousFrom(shape, to.strides());
        int plain = Math.max(whole, Rows.contiguousFrom(shape, from.strides()));
        int repeated = Math.max(whole, Rows.constantFrom(shape, from.strides()));
        boolean repeats = Rows.length(shape, repeated) > Rows.length(shape, plain);
        int outer = repeats ? repeated : plain;
        return new RowCopy(
                from.values(),
                Rows.offsets(shape, from.strides(), outer, from.first()),
                to.values(),
                Rows.offsets(shape, to.strides(), outer, to.first()),
                Rows.length(shape, outer),
                repeats);
    }

    @Override
    public void run() {
        if (repeated) {
            for (int row = 0; row < targets.length; row++) {
                Arrays.fill(to, targets[row], targets[row] + length, from[sources[row]]);
            }
        } else if (length == 1) {
            single(from, sources, to, targets);
        } else if (length < SHORT) {
            for (int row = 0; row < targets.length; row++) {
                for (int i = 0; i < length; i++) {
                    to[targets[row] + i] = from[sources[row] + i];
                }
            }
        } else {
            for (int row = 0; row < targets.length; row++) {
                System.arraycopy(from, sources[row], to, targets[row], length);
            }
        }
    }

    private static void single(double[] from, int[] sources, double[] to, int[] targets) {
        for (int row = 0; row < targets.length; row++) {
            to[targets[row]] = from[sources[row]];
        }
    }
}
