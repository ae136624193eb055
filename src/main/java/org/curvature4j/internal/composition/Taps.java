package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;

/**
 * Windows met tap by tap: what one tap of each window meets is a strided slice of the padded values, as large as the
 * result. All windows at once would be as many times as large as they have taps.
 */
final class Taps {
    /** Each tap is a few nodes of the graph. */
    private static final int MOST = 10_000;

    private Taps() {}

    /** The values with what windows meet before and after them along an axis. */
    static Node padded(Ops o, Node x, int axis, Windows.Axis window, double padding) {
        long after = (long) window.paddedSize() - window.before() - window.size();
        return o.pad(x, axis, window.before(), after, padding);
    }

    /** What a tap of each window along one axis meets, of padded values. */
    static Node take(Ops o, Node padded, int axis, Windows.Axis window, int tap) {
        int start = Math.multiplyExact(tap, window.dilation());
        return window.stride() == 1 || window.outputs() == 1
                ? o.slice(padded, axis, start, start + window.outputs())
                : o.gather(padded, axis, positions(window, tap));
    }

    private static Indices positions(Windows.Axis window, int tap) {
        return Indices.of(IntStream.range(0, window.outputs())
                .map(output -> output * window.stride() + tap * window.dilation())
                .toArray());
    }

    /** What each tap of the windows meets, taps in row-major order: [batch, channels, outputs ...] each. */
    static List<Node> all(Ops o, Node x, Windows windows, double padding) {
        checkCount(windows.taps());
        List<Node> parts = List.of(x);
        for (int i = 0; i < windows.axes().size(); i++) {
            Windows.Axis window = windows.axes().get(i);
            List<Node> finer = new ArrayList<>();
            for (Node part : parts) {
                Node padded = padded(o, part, 2 + i, window, padding);
                for (int tap = 0; tap < window.kernel(); tap++) {
                    finer.add(take(o, padded, 2 + i, window, tap));
                }
            }
            parts = finer;
        }
        return parts;
    }

    /**
     * The transpose of {@link #all}: parts added at the places that their taps meet; what falls outside is left out.
     *
     * @param parts one a tap, row-major
     */
    static Node spread(Ops o, List<Node> parts, Windows windows) {
        checkCount(windows.taps());
        List<Node> coarser = parts;
        for (int i = windows.axes().size() - 1; i >= 0; i--) {
            Windows.Axis window = windows.axes().get(i);
            List<Node> sums = new ArrayList<>();
            for (int first = 0; first < coarser.size(); first += window.kernel()) {
                sums.add(spreadAlong(o, coarser.subList(first, first + window.kernel()), 2 + i, window));
            }
            coarser = sums;
        }
        return coarser.get(0);
    }

    private static Node spreadAlong(Ops o, List<Node> parts, int axis, Windows.Axis window) {
        Node sum = null;
        for (int tap = 0; tap < window.kernel(); tap++) {
            Node placed = place(o, parts.get(tap), axis, window, tap);
            sum = sum == null ? placed : o.add(sum, placed);
        }
        if (sum == null) {
            throw new IllegalStateException("taps: expected at least one, got none");
        }
        return o.slice(sum, axis, window.before(), (long) window.before() + window.size());
    }

    private static Node place(Ops o, Node part, int axis, Windows.Axis window, int tap) {
        if (window.stride() > 1 && window.outputs() > 1) {
            return o.apply(new Indexing.ScatterAdd(axis, positions(window, tap), window.paddedSize()), part);
        }
        Shape shape = part.shape().with(axis, window.paddedSize());
        Long[] before = new Long[shape.rank()];
        Arrays.fill(before, 0L);
        before[axis] = (long) tap * window.dilation();
        return shape.equals(part.shape()) ? part : o.apply(new ShapeOp.Pad(List.of(before), shape), part);
    }

    static void checkCount(long taps) {
        if (taps > MOST) {
            throw new IllegalArgumentException(
                    "windows: expected at most " + MOST + " taps where windows are large and overlap, got " + taps);
        }
    }
}
