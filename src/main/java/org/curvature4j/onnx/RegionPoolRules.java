package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Girshick 2015, Fast R-CNN, section 2.1: the largest element of each of the bins that a region is cut into. */
final class RegionPoolRules {
    private RegionPoolRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "MaxRoiPool",
                KINKS,
                "regions known when loading; equal largest elements share the derivative",
                OnnxRule.single(RegionPoolRules::largest));
        rules.settings("MaxRoiPool", 1);
    }

    private static Node largest(OnnxCall call) {
        long[] bins = call.attributes().longs("pooled_shape");
        Shape regions = call.shape(1);
        if (bins.length != 2 || call.rank(0) != 4 || regions.rank() != 2 || regions.dim(1) != 5) {
            throw call.expected(
                    "values of rank 4, regions [count, 5] and 2 sizes",
                    call.input(0).type() + ", " + call.input(1).type() + " and " + Arrays.toString(bins));
        }
        Shape shape = call.affordable(regions.dim(0), call.size(0, 1), bins[0], bins[1]);
        double[] numbers = call.numbers(1);
        Ops o = call.ops();
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < regions.dim(0); i++) {
            Node image = o.slice(call.input(0), 0, (long) numbers[5 * i], (long) numbers[5 * i] + 1);
            Bins tall = Bins.of(call, numbers[5 * i + 2], numbers[5 * i + 4], bins[0], call.size(0, 2));
            Bins wide = Bins.of(call, numbers[5 * i + 1], numbers[5 * i + 3], bins[1], call.size(0, 3));
            Node cut = wide.cut(o, tall.cut(o, image, 2), 3);
            Shape apart = Shape.of(1, call.size(0, 1), bins[0], tall.width, bins[1], wide.width);
            Node most = o.reshape(o.max(o.reshape(cut, apart), List.of(3, 5)), shape.with(0, 1));
            parts.add(wide.orZero(o, tall.orZero(o, most, 2), 3));
        }
        return parts.isEmpty() ? o.builder().literal(call.input(0).type().withShape(shape), 0) : o.concat(parts, 0);
    }

    /** The elements of each bin along an axis, filled up to the widest by one behind the last that stands for none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bins(int[] elements, int width, boolean[] empty, int size) {
        static Bins of(OnnxCall call, double from, double to, long bins, long size) {
            double scale = call.attributes().number("spatial_scale", 1);
            long start = Math.round(from * scale);
            double length = Math.max(1, Math.round(to * scale) - start + 1.0);
            int[][] parts = new int[Math.toIntExact(bins)][];
            for (int i = 0; i < bins; i++) {
                long first = Math.max(0, Math.min(size, start + (long) Math.floor(i * length / bins)));
                long end = Math.max(0, Math.min(size, start + (long) Math.ceil((i + 1) * length / bins)));
                parts[i] =
                        IntStream.range((int) first, (int) Math.max(first, end)).toArray();
            }
            int width = Arrays.stream(parts).mapToInt(part -> part.length).max().orElse(0);
            int[] elements = new int[Math.multiplyExact(parts.length, Math.max(1, width))];
            Arrays.fill(elements, (int) size);
            boolean[] empty = new boolean[parts.length];
            for (int i = 0; i < parts.length; i++) {
                System.arraycopy(parts[i], 0, elements, i * Math.max(1, width), parts[i].length);
                empty[i] = parts[i].length == 0;
            }
            return new Bins(elements, Math.max(1, width), empty, (int) size);
        }

        Node cut(Ops o, Node x, int axis) {
            return o.gather(o.pad(x, axis, 0, 1, Double.NEGATIVE_INFINITY), axis, Indices.of(elements));
        }

        Node orZero(Ops o, Node most, int axis) {
            double[] none = IntStream.range(0, empty.length)
                    .mapToDouble(i -> empty[i] ? 1 : 0)
                    .toArray();
            Shape row = Shape.ones(4).with(axis, none.length);
            Node isEmpty = o.constant(new TensorType(DType.BOOL, row), none);
            return o.select(isEmpty, o.like(most, 0), most);
        }
    }
}
