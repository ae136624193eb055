package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Interpolation;
import org.curvature4j.internal.composition.Interpolation.Mixture;
import org.jspecify.annotations.Nullable;

/** Changing the size of axes, one after the other: each new element is a mixture of old ones along its axis. */
final class ResizeRules {
    private ResizeRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "Resize", SMOOTH, "sizes, scales and regions known when loading", OnnxRule.single(ResizeRules::resize));
        rules.add("Upsample", SMOOTH, "scales known when loading", OnnxRule.single(ResizeRules::upsample));
        rules.settings("Resize", 1, 2);
        rules.settings("Upsample", 1);
    }

    private static Node upsample(OnnxCall call) {
        double[] scales = call.attributes().has("scales") ? call.attributes().numbers("scales") : call.numbers(1);
        return along(call, scaled(call, everyAxis(call), scales, null));
    }

    private static Node resize(OnnxCall call) {
        if (call.opset() < 11) {
            return along(call, scaled(call, everyAxis(call), call.numbers(1), null));
        }
        int[] axes = call.attributes().has("axes")
                ? LongStream.of(call.attributes().longs("axes"))
                        .mapToInt(axis -> call.axis(axis, call.rank(0)))
                        .toArray()
                : everyAxis(call);
        boolean crops = ResizedAxis.mode(call).equals("tf_crop_and_resize");
        boolean hasRegion = call.has(1);
        double[] region = crops && hasRegion ? call.numbers(1) : null;
        double[] scales = call.has(2) ? call.numbers(2) : new double[0];
        if (scales.length > 0) {
            if (call.has(3) && call.input(3).type().size() > 0) {
                throw call.expected("scales or sizes", "both");
            }
            return along(call, scaled(call, axes, scales, region));
        }
        return along(call, sized(call, axes, call.numbers(3), region));
    }

    private static int[] everyAxis(OnnxCall call) {
        return IntStream.range(0, call.rank(0)).toArray();
    }

    private static List<ResizedAxis> scaled(OnnxCall call, int[] axes, double[] scales, double @Nullable [] region) {
        checkCount(call, axes, "scales", scales);
        List<ResizedAxis> found = new ArrayList<>();
        for (int i = 0; i < axes.length; i++) {
            long size = call.size(0, axes[i]);
            if (!(scales[i] > 0)) {
                throw call.expected("scales above 0", scales[i]);
            }
            // Files hold scales as float32: 10 elements by 0.7 are 7, which they aren't by the nearest float32 to it.
            float product = (float) size * (float) scales[i];
            long resized = (long) Math.floor(product);
            double exact = (double) resized / size;
            double scale = (float) exact == (float) scales[i] ? exact : OnnxAttributes.shortest((float) scales[i]);
            found.add(axis(call, axes, i, resized, scale, region));
        }
        return found;
    }

    private static List<ResizedAxis> sized(OnnxCall call, int[] axes, double[] sizes, double @Nullable [] region) {
        checkCount(call, axes, "sizes", sizes);
        String policy = call.attributes().text("keep_aspect_ratio_policy", "stretch");
        double[] factors = IntStream.range(0, axes.length)
                .mapToDouble(i -> sizes[i] / call.size(0, axes[i]))
                .toArray();
        double common =
                switch (policy) {
                    case "stretch" -> 0;
                    case "not_larger" -> Arrays.stream(factors).min().orElse(1);
                    case "not_smaller" -> Arrays.stream(factors).max().orElse(1);
                    default ->
                        throw call.expected("keep_aspect_ratio_policy stretch, not_larger or not_smaller", policy);
                };
        List<ResizedAxis> found = new ArrayList<>();
        for (int i = 0; i < axes.length; i++) {
            double scale = common == 0 ? factors[i] : common;
            long resized = common == 0 ? (long) sizes[i] : (long) Math.floor(common * call.size(0, axes[i]) + 0.5);
            found.add(axis(call, axes, i, resized, scale, region));
        }
        return found;
    }

    private static void checkCount(OnnxCall call, int[] axes, String name, double... numbers) {
        if (numbers.length != axes.length) {
            throw call.expected(axes.length + " " + name, Arrays.toString(numbers));
        }
    }

    private static ResizedAxis axis(
            OnnxCall call, int[] axes, int i, long resized, double scale, double @Nullable [] region) {
        if (resized < 0 || (resized > 0 && call.size(0, axes[i]) == 0)) {
            throw call.expected("sizes of at least 0 made of at least one element", resized);
        }
        double[] part = region != null && region.length == 2 * axes.length ? region : null;
        return new ResizedAxis(
                axes[i],
                Math.toIntExact(call.size(0, axes[i])),
                Math.toIntExact(resized),
                scale,
                part == null ? 0 : part[i],
                part == null ? 1 : part[axes.length + i]);
    }

    private static Node along(OnnxCall call, List<ResizedAxis> axes) {
        long[] shape = call.shape(0).toArray();
        axes.forEach(axis -> shape[axis.number()] = axis.resized());
        call.affordable(shape);
        Node result = call.input(0);
        for (ResizedAxis axis : axes) {
            boolean same = axis.resized() == axis.size() && axis.scale() == 1 && axis.start() == 0 && axis.end() == 1;
            result = same ? result : along(call, result, axis);
        }
        return result;
    }

    private static Node along(OnnxCall call, Node x, ResizedAxis axis) {
        String mode = ResizedAxis.mode(call);
        boolean crops = mode.equals("tf_crop_and_resize");
        List<Mixture> mixtures = new ArrayList<>();
        double[] outside = new double[axis.resized()];
        double extrapolation = call.attributes().number("extrapolation_value", 0);
        for (int i = 0; i < axis.resized(); i++) {
            double place = axis.place(call, i);
            boolean isOutside = crops && (place < 0 || place > axis.size() - 1);
            outside[i] = isOutside ? extrapolation : 0;
            mixtures.add(isOutside ? new Mixture(new int[0], new double[0]) : axis.mixture(call, place));
        }
        Node result = Interpolation.along(call.ops(), x, axis.number(), mixtures);
        if (Arrays.stream(outside).allMatch(value -> value == 0)) {
            return result;
        }
        Node added = call.ops().constant(TensorType.of(x.dtype(), axis.resized()), outside);
        return call.ops()
                .add(
                        result,
                        Broadcasting.along(
                                call.ops(), added, axis.number(), x.shape().rank()));
    }
}
