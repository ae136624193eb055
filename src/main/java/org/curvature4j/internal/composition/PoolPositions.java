package org.curvature4j.internal.composition;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;

/** Where the largest elements of windows are. */
public final class PoolPositions {
    private PoolPositions() {}

    /**
     * Where the first largest element of each window is in the whole tensor, counted row-major, or within the spatial
     * axes column-major.
     */
    public static Node of(Ops o, Windows windows, Node x, boolean columnMajor) {
        List<Node> parts = Taps.all(o, o.stopGradient(x), windows, Pools.lowest(x.dtype()));
        long[][] indices = elements(windows, columnMajor);
        Node best = parts.get(0);
        Node position = constant(o, windows, firsts(indices));
        for (int tap = 1; tap < parts.size(); tap++) {
            Node isLarger = o.apply(Comparison.GT, parts.get(tap), best);
            best = o.select(isLarger, parts.get(tap), best);
            position = o.select(isLarger, constant(o, windows, indices[tap]), position);
        }
        Shape shape = x.shape();
        double elements = (double) shape.size() / Math.max(1, shape.dim(0) * shape.dim(1));
        double[] offsets = IntStream.range(0, (int) (shape.dim(0) * shape.dim(1)))
                .mapToDouble(i -> i * elements)
                .toArray();
        Shape channels = Shape.ones(shape.rank()).with(0, shape.dim(0)).with(1, shape.dim(1));
        Node offset = o.constant(new TensorType(DType.INT64, channels), offsets);
        return o.broadcast(o.add(position, offset), best.shape());
    }

    private static Node constant(Ops o, Windows windows, long... values) {
        double[] numbers =
                Arrays.stream(values).mapToDouble(value -> (double) value).toArray();
        return o.constant(new TensorType(DType.INT64, windows.outputs(1, 1)), numbers);
    }

    /** For each tap and output position the spatial element that is met; -1 in the padding. */
    private static long[][] elements(Windows windows, boolean columnMajor) {
        List<Windows.Axis> axes = windows.axes();
        long[] steps = new long[axes.size()];
        long step = 1;
        for (int i = 0; i < axes.size(); i++) {
            int axis = columnMajor ? i : axes.size() - 1 - i;
            steps[axis] = step;
            step *= axes.get(axis).size();
        }
        long[][] elements = new long[windows.taps()][windows.positions()];
        for (int tap = 0; tap < elements.length; tap++) {
            for (int output = 0; output < elements[tap].length; output++) {
                int restTap = tap;
                int restOutput = output;
                for (int i = axes.size() - 1; i >= 0; i--) {
                    Windows.Axis axis = axes.get(i);
                    int position = axis.position(restTap % axis.kernel(), restOutput % axis.outputs());
                    boolean isInside = position >= 0 && position < axis.size() && elements[tap][output] >= 0;
                    elements[tap][output] = isInside ? elements[tap][output] + position * steps[i] : -1;
                    restTap /= axis.kernel();
                    restOutput /= axis.outputs();
                }
            }
        }
        return elements;
    }

    /** The first tap's elements, or where that is in the padding the first that isn't. */
    private static long[] firsts(long[][] elements) {
        long[] firsts = elements[0].clone();
        for (long[] tap : elements) {
            for (int output = 0; output < firsts.length; output++) {
                firsts[output] = firsts[output] < 0 ? tap[output] : firsts[output];
            }
        }
        return firsts;
    }
}
