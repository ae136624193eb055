package org.curvature4j.internal.engine.loops;

import java.util.Arrays;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
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

    /** Copies the elements of one view to those of another, whose shape is the same. */
    static Step of(StridedView from, StridedView to) {
        Strides source = from.strides();
        Strides target = to.strides();
        Shape shape = target.shape();
        if (shape.size() == 0) {
            return () -> {};
        }
        int whole = target.contiguousFrom();
        int plain = Math.max(whole, source.contiguousFrom());
        int repeated = Math.max(whole, source.constantFrom());
        boolean repeats = shape.sizeFrom(repeated) > shape.sizeFrom(plain);
        int outer = repeats ? repeated : plain;
        return new RowCopy(
                from.values(),
                source.leading(outer).positions(),
                to.values(),
                target.leading(outer).positions(),
                Math.toIntExact(shape.sizeFrom(outer)),
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
