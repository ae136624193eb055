package org.curvature4j.internal.composition;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;

/** Running products along an axis. */
public final class Cumulation {
    private Cumulation() {}

    /** In about log n rounds, each multiplying by what stands a power of two earlier: Hillis and Steele 1986. */
    public static Node product(Ops o, Node x, int axis, boolean exclusive, boolean reverse) {
        long size = x.shape().dim(axis);
        if (size == 0) {
            return x;
        }
        Node forward = reverse ? Axes.reversed(o, x, axis) : x;
        Node result = exclusive ? shifted(o, forward, axis, size) : forward;
        for (long step = 1; step < size; step *= 2) {
            // What has nothing that stands so far before it stays as it is: times 1 it would be lost where it is
            // infinite.
            Node earlier = o.slice(result, axis, 0, size - step);
            Node multiplied = Reductions.times(o, o.slice(result, axis, step, size), earlier);
            result = o.concat(List.of(o.slice(result, axis, 0, step), multiplied), axis);
        }
        return reverse ? Axes.reversed(o, result, axis) : result;
    }

    /** Moved one towards the end, a one coming in. */
    private static Node shifted(Ops o, Node x, int axis, long size) {
        Node ones = o.builder().literal(x.type().withShape(x.shape().with(axis, 1)), 1);
        return size == 1 ? ones : o.concat(List.of(ones, o.slice(x, axis, 0, size - 1)), axis);
    }
}
