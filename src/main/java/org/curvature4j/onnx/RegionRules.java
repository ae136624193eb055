package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Interpolation;
import org.curvature4j.internal.composition.Interpolation.Tap;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Means and largest elements of samples of regions of images: He et al. 2017, Mask R-CNN, section 3. */
final class RegionRules {
    private RegionRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "RoiAlign",
                KINKS,
                "sampling_ratio 0 wants regions known when loading; their derivative is that at the samples' places",
                OnnxRule.single(RegionRules::align));
        rules.settings("RoiAlign", 1);
        RegionPoolRules.addTo(rules);
        UnpoolRules.addTo(rules);
    }

    private static Node align(OnnxCall call) {
        Ops o = call.ops();
        long ratio = call.attributes().integer("sampling_ratio", 0);
        Node regions = call.input(1);
        Shape shape = regions.shape();
        if (call.rank(0) != 4 || shape.rank() != 2 || shape.dim(1) != 4 || ratio < 0) {
            throw call.expected(
                    "values of rank 4, regions [count, 4] and a sampling_ratio of at least 0",
                    call.input(0).type() + ", " + regions.type() + " and " + ratio);
        }
        Node images = images(call, call.input(2));
        if (ratio > 0) {
            return aligned(call, images, regions, ratio, ratio);
        }
        double[] numbers = call.numbers(1);
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < shape.dim(0); i++) {
            long rows = samples(call, numbers[4 * i + 1], numbers[4 * i + 3], "output_height");
            long columns = samples(call, numbers[4 * i], numbers[4 * i + 2], "output_width");
            parts.add(aligned(call, o.slice(images, 0, i, i + 1L), o.slice(regions, 0, i, i + 1L), rows, columns));
        }
        return parts.isEmpty() ? aligned(call, images, regions, 1, 1) : o.concat(parts, 0);
    }

    /** The image of each region. */
    private static Node images(OnnxCall call, Node indices) {
        Ops o = call.ops();
        Node x = call.input(0);
        IndexCheck check = new IndexCheck("batch_indices", x.shape().dim(0), IndexCheck.Negative.REFUSED);
        if (!call.isKnown(2)) {
            return Selections.take(o, "batch_indices", x, 0, o.apply(check, indices));
        }
        return o.gather(
                x,
                0,
                Indices.of(Arrays.stream(call.numbers(2))
                        .mapToInt(index -> (int) check.checked(index))
                        .toArray()));
    }

    private static boolean isHalfPixel(OnnxCall call) {
        String otherwise = call.opset() < 16 ? "output_half_pixel" : "half_pixel";
        return call.attributes()
                .text("coordinate_transformation_mode", otherwise)
                .equalsIgnoreCase("half_pixel");
    }

    private static long samples(OnnxCall call, double from, double to, String bins) {
        double size = (to - from) * call.attributes().number("spatial_scale", 1);
        size = isHalfPixel(call) ? size : Math.max(1, size);
        return (long) Math.ceil(size / call.attributes().integer(bins, 1));
    }

    /** Pools over samples, so many in each bin along both axes, of an image for each region. */
    private static Node aligned(OnnxCall call, Node images, Node regions, long rows, long columns) {
        Ops o = call.ops();
        long height = call.attributes().integer("output_height", 1);
        long width = call.attributes().integer("output_width", 1);
        long count = regions.shape().dim(0);
        Shape shape = call.affordable(count, images.shape().dim(1), height, width);
        if (rows < 1 || columns < 1) {
            return o.builder().literal(images.type().withShape(shape), 0);
        }
        Shape samples = call.affordable(count, images.shape().dim(1), height, rows, width, columns);
        List<Tap> tall = taps(call, regions, 1, height, rows, images.shape().dim(2), 2);
        List<Tap> wide = taps(call, regions, 0, width, columns, images.shape().dim(3), 1);
        List<Node> parts = Interpolation.parts(o, images, List.of(tall, wide));
        String mode = call.attributes().text("mode", "avg");
        if (mode.equals("avg")) {
            Node sampled = o.reshape(parts.stream().reduce(o::add).orElseThrow(), samples);
            return o.reshape(Reductions.mean(o, sampled, List.of(3, 5)), shape);
        } else if (!mode.equals("max")) {
            throw call.expected("mode avg or max", mode);
        }
        // The standard takes the largest of the four weighted neighbours, not of their sums.
        List<Node> corners =
                parts.stream().map(part -> o.reshape(part, samples.append(1))).toList();
        return o.reshape(o.max(o.concat(corners, 6), List.of(3, 5, 6)), shape);
    }

    /** The elements around each sample along an axis, [regions, samples] with one more axis for those along the other. */
    private static List<Tap> taps(
            OnnxCall call, Node regions, int first, long bins, long samples, long size, int other) {
        Ops o = call.ops();
        double scale = call.attributes().number("spatial_scale", 1);
        boolean half = isHalfPixel(call);
        Node from = o.mul(o.slice(regions, 1, first, first + 1L), scale);
        Node to = o.mul(o.slice(regions, 1, first + 2L, first + 3L), scale);
        Node length = o.sub(to, from);
        if (!half) {
            Node one = o.like(length, 1);
            length = o.select(o.apply(Comparison.LT, length, one), one, length);
        }
        long count = Math.multiplyExact(bins, samples);
        double[] shares = IntStream.range(0, Math.toIntExact(count))
                .mapToDouble(i -> (i + 0.5) / count)
                .toArray();
        Node along = o.mul(length, o.constant(TensorType.of(regions.dtype(), 1, count), shares));
        Node place = o.add(half ? o.sub(from, o.like(from, 0.5)) : from, along);
        Node isOutside = o.stopGradient(o.apply(
                Comparison.OR,
                o.apply(Comparison.LT, place, o.like(place, -1)),
                o.apply(Comparison.GT, place, o.like(place, (double) size))));
        Node inside = Interpolation.clamped(o, place, Math.toIntExact(size));
        return Interpolation.linear(o, inside).stream()
                .map(tap -> new Tap(o.select(isOutside, o.like(place, -1), tap.element()), tap.weight()))
                .map(tap -> new Tap(Axes.insert(o, tap.element(), other), Axes.insert(o, tap.weight(), other)))
                .toList();
    }
}
