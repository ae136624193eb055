package org.curvature4j.onnx;

import java.util.TreeMap;
import org.curvature4j.internal.composition.Interpolation;
import org.curvature4j.internal.composition.Interpolation.Mixture;

/**
 * How one axis is resized.
 *
 * @param number the axis
 * @param size how many elements it has
 * @param resized how many it will have
 * @param scale the factor between them, which needn't give a whole number
 * @param start of the part that is taken, as a share of the axis
 * @param end of that part
 */
record ResizedAxis(int number, int size, int resized, double scale, double start, double end) {
    static String mode(OnnxCall call) {
        return call.opset() < 11
                ? "asymmetric"
                : call.attributes().text("coordinate_transformation_mode", "half_pixel");
    }

    /** Where a new element is on the old axis. */
    double place(OnnxCall call, int i) {
        String mode = mode(call);
        double width = scale * size;
        boolean isOne = Math.abs(width - 1) < 1e-9;
        double centre = (i + 0.5) / scale - 0.5;
        return switch (mode) {
            case "half_pixel" -> centre;
            case "pytorch_half_pixel" -> resized > 1 ? centre : 0;
            case "half_pixel_symmetric" -> size / 2.0 * (1 - resized / width) + centre;
            case "align_corners" -> isOne ? 0 : i * (size - 1) / (width - 1);
            case "asymmetric" -> i / scale;
            case "tf_half_pixel_for_nn" -> (i + 0.5) / scale;
            case "tf_crop_and_resize" ->
                start * (size - 1) + (end - start) * (size - 1) * (isOne ? 0.5 : i / (width - 1));
            default -> throw call.expected("a known coordinate_transformation_mode", mode);
        };
    }

    Mixture mixture(OnnxCall call, double place) {
        OnnxAttributes attributes = call.attributes();
        String mode = attributes.text("mode", "nearest");
        if (mode.equals("nearest")) {
            return new Mixture(
                    new int[] {(int) Math.max(0, Math.min(size - 1, nearest(call, place)))}, new double[] {1});
        }
        boolean cubic = mode.equals("cubic");
        if (!cubic && !mode.endsWith("linear")) {
            throw call.expected("mode nearest, linear or cubic", mode);
        }
        double a = attributes.number("cubic_coeff_a", -0.75);
        double shrink = attributes.flag("antialias", false) ? Math.min(1, scale) : 1;
        boolean excludes = attributes.flag("exclude_outside", false);
        double reach = (cubic ? 2 : 1) / shrink;
        TreeMap<Integer, Double> weights = new TreeMap<>();
        double sum = 0;
        for (long k = (long) Math.ceil(place - reach); k <= Math.floor(place + reach); k++) {
            double distance = (place - k) * shrink;
            double weight = cubic ? Interpolation.cubic(distance, a) : Math.max(0, 1 - Math.abs(distance));
            boolean isOutside = k < 0 || k >= size;
            if (weight != 0 && !(excludes && isOutside)) {
                weights.merge((int) Math.max(0, Math.min(size - 1, k)), weight, Double::sum);
                sum += weight;
            }
        }
        // Without either, the weights of a place add up to 1, but for rounding.
        double total = (shrink < 1 || excludes) && sum != 0 ? sum : 1;
        return new Mixture(
                weights.keySet().stream().mapToInt(k -> k).toArray(),
                weights.values().stream().mapToDouble(weight -> weight / total).toArray());
    }

    private double nearest(OnnxCall call, double place) {
        if (call.opset() < 11) {
            return scale < 1 ? Math.ceil(place) : Math.floor(place);
        }
        String mode = call.attributes().text("nearest_mode", "round_prefer_floor");
        return switch (mode) {
            case "round_prefer_floor" -> Math.ceil(place - 0.5);
            case "round_prefer_ceil" -> Math.floor(place + 0.5);
            case "floor" -> Math.floor(place);
            case "ceil" -> Math.ceil(place);
            default -> throw call.expected("nearest_mode round_prefer_floor, round_prefer_ceil, floor or ceil", mode);
        };
    }
}
