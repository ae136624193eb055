package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.PoolPositions;
import org.curvature4j.internal.composition.Pools;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Windows;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Pools, local response normalisation, and exchanging space for channels. */
final class PoolRules {
    private static final String SHARED = "equal largest elements share the derivative";
    private static final String NORM = "derivative 0 where a norm is 0";

    private PoolRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("MaxPool", KINKS, SHARED, PoolRules::largest);
        rules.add("AveragePool", SMOOTH, OnnxRule.single(PoolRules::average));
        rules.add("LpPool", KINKS, NORM, OnnxRule.single(PoolRules::norm));
        rules.add("GlobalMaxPool", KINKS, SHARED, OnnxRule.single(call -> call.ops()
                .max(call.input(0), OnnxWindows.positions(call))));
        rules.add(
                "GlobalAveragePool",
                SMOOTH,
                OnnxRule.single(call -> Reductions.mean(call.ops(), call.input(0), OnnxWindows.positions(call))));
        rules.add(
                "GlobalLpPool",
                KINKS,
                NORM,
                OnnxRule.single(
                        call -> root(call, call.ops().sum(power(call, call.input(0)), OnnxWindows.positions(call)))));
        rules.add("LRN", SMOOTH, OnnxRule.single(PoolRules::localResponse));
        rules.add("DepthToSpace", SMOOTH, OnnxRule.single(PoolRules::depthToSpace));
        rules.add("SpaceToDepth", SMOOTH, OnnxRule.single(PoolRules::spaceToDepth));
    }

    private static OnnxWindows windows(OnnxCall call) {
        return OnnxWindows.of(call, call.attributes().longs("kernel_shape"));
    }

    private static List<Node> largest(OnnxCall call) {
        Windows windows = windows(call).windows();
        List<Node> outputs = new ArrayList<>();
        outputs.add(Pools.largest(call.ops(), windows, call.input(0)));
        if (call.wants(1)) {
            boolean columnMajor = call.attributes().flag("storage_order", false);
            outputs.add(PoolPositions.of(call.ops(), windows, call.input(0), columnMajor));
        }
        return outputs;
    }

    /** The zeros around are counted where the node says so, but never those that only ceil_mode adds. */
    private static Node average(OnnxCall call) {
        Ops o = call.ops();
        OnnxWindows found = windows(call);
        Windows windows = found.windows();
        Node sum = Pools.sum(o, windows, call.input(0));
        int[] before = windows.axes().stream().mapToInt(Windows.Axis::before).toArray();
        double[] counts = call.attributes().flag("count_include_pad", false)
                ? windows.counts(before, found.after())
                : windows.counts();
        return o.div(sum, o.constant(new TensorType(sum.dtype(), windows.outputs(1, 1)), counts));
    }

    private static Node norm(OnnxCall call) {
        return root(call, Pools.sum(call.ops(), windows(call).windows(), power(call, call.input(0))));
    }

    private static double exponent(OnnxCall call) {
        // A number of type float in the first version.
        OnnxAttributes attributes = call.attributes();
        return call.opset() < 2 ? attributes.number("p", 2) : attributes.integer("p", 2);
    }

    private static Node power(OnnxCall call, Node x) {
        double p = exponent(call);
        if (p < 1) {
            throw call.expected("p of at least 1", p);
        }
        return p == 2 ? call.ops().square(x) : call.ops().pow(call.ops().apply(Elementwise.ABS, x), p);
    }

    private static Node root(OnnxCall call, Node sum) {
        return Reductions.root(call.ops(), sum, exponent(call));
    }

    /** x / (bias + alpha / size s)^beta, s the sum of squares over the channels around. */
    private static Node localResponse(OnnxCall call) {
        Ops o = call.ops();
        OnnxAttributes attributes = call.attributes();
        Node x = call.input(0);
        long size = attributes.integer("size", 0);
        if (size < 1 || call.rank(0) < 2) {
            throw call.expected("values with channels and a size of at least 1", x.type() + " and " + size);
        }
        int channels = Math.toIntExact(call.size(0, 1));
        // Windows that reach beyond both ends hold the same channels as the largest that doesn't.
        int before = (int) Math.min((size - 1) / 2, channels);
        int after = (int) Math.min(size / 2, channels);
        Windows.Axis near = new Windows.Axis(channels, before + 1 + after, 1, 1, before, channels);
        Node squares = Pools.sumAlong(o, o.square(x), 1, near);
        double alpha = attributes.number("alpha", 1e-4) / size;
        Node base = o.add(o.mul(squares, alpha), o.like(x, attributes.number("bias", 1)));
        return o.mul(x, o.pow(base, -attributes.number("beta", 0.75)));
    }

    private static long block(OnnxCall call) {
        long block = call.attributes().integer("blocksize", 0);
        if (call.rank(0) != 4 || block < 1) {
            throw call.expected(
                    "values of rank 4 and a blocksize of at least 1",
                    call.input(0).type() + " and " + block);
        }
        return block;
    }

    private static boolean isDepthFirst(OnnxCall call) {
        String mode = call.attributes().text("mode", "DCR");
        return switch (mode) {
            case "DCR" -> true;
            case "CRD" -> false;
            default -> throw call.expected("mode DCR or CRD", mode);
        };
    }

    private static Node depthToSpace(OnnxCall call) {
        Ops o = call.ops();
        long block = block(call);
        boolean depthFirst = isDepthFirst(call);
        long[] d = call.shape(0).toArray();
        long channels = d[1] / Math.multiplyExact(block, block);
        Shape apart = depthFirst
                ? Shape.of(d[0], block, block, channels, d[2], d[3])
                : Shape.of(d[0], channels, block, block, d[2], d[3]);
        List<Integer> order = depthFirst ? List.of(0, 3, 4, 1, 5, 2) : List.of(0, 1, 4, 2, 5, 3);
        Node moved = o.permute(o.reshape(call.input(0), apart), order);
        return o.reshape(moved, Shape.of(d[0], channels, d[2] * block, d[3] * block));
    }

    private static Node spaceToDepth(OnnxCall call) {
        Ops o = call.ops();
        long block = block(call);
        boolean depthFirst = isDepthFirst(call);
        long[] d = call.shape(0).toArray();
        Node split = o.reshape(call.input(0), Shape.of(d[0], d[1], d[2] / block, block, d[3] / block, block));
        Node moved = o.permute(split, depthFirst ? List.of(0, 3, 5, 1, 2, 4) : List.of(0, 1, 3, 5, 2, 4));
        return o.reshape(moved, Shape.of(d[0], d[1] * block * block, d[2] / block, d[3] / block));
    }
}
