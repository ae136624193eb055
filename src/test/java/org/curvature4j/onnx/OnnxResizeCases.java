package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Uses of resizing, sampling and pools over regions. */
final class OnnxResizeCases {
    private final List<OnnxModels> cases = new ArrayList<>();

    private OnnxResizeCases() {}

    static List<OnnxModels> all() {
        OnnxResizeCases all = new OnnxResizeCases();
        all.resizing();
        all.sampling();
        all.moved();
        all.regions();
        return all.cases;
    }

    private OnnxModels add(String operator, long opset) {
        OnnxModels model = new OnnxModels(operator, opset);
        cases.add(model);
        return model;
    }

    private void resizing() {
        double[] scales = {1, 1, 1.7, 0.6};
        for (String coordinates :
                List.of("half_pixel", "asymmetric", "pytorch_half_pixel", "align_corners", "half_pixel_symmetric")) {
            for (String mode : List.of("linear", "cubic")) {
                add("Resize", 19)
                        .input(1, 2, 5, 6)
                        .skipped()
                        .skipped()
                        .integers(1, 2, 8, 3)
                        .with("mode", mode)
                        .with("coordinate_transformation_mode", coordinates)
                        .single();
            }
        }
        for (String rounding : List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")) {
            add("Resize", 13)
                    .input(1, 2, 5, 6)
                    .skipped()
                    .floats(scales)
                    .with("mode", "nearest")
                    .with("nearest_mode", rounding)
                    .with("coordinate_transformation_mode", "asymmetric");
        }
        for (String mode : List.of("linear", "cubic")) {
            add("Resize", 18)
                    .input(1, 1, 9, 8)
                    .skipped()
                    .skipped()
                    .integers(1, 1, 4, 3)
                    .with("mode", mode)
                    .with("antialias", 1L)
                    .single();
        }
        add("Resize", 18)
                .input(1, 1, 4, 4)
                .skipped()
                .skipped()
                .integers(7, 6)
                .list("axes", 2L, 3L)
                .with("mode", "linear")
                .with("keep_aspect_ratio_policy", "not_larger")
                .single();
        add("Resize", 13)
                .input(1, 1, 4, 4)
                .skipped()
                .floats(1, 1, 0.8, 0.8)
                .with("mode", "cubic")
                .with("cubic_coeff_a", -0.5f)
                .with("exclude_outside", 1L)
                .single();
        add("Resize", 13)
                .input(1, 1, 4, 4)
                .floats(0, 0, 0.4, 0.6, 1, 1, 0.6, 1.5)
                .skipped()
                .integers(1, 1, 3, 3)
                .with("mode", "linear")
                .with("coordinate_transformation_mode", "tf_crop_and_resize")
                .with("extrapolation_value", 10f)
                .single();
        add("Resize", 10).input(1, 1, 2, 3).floats(1, 1, 2, 1.5).with("mode", "linear");
        add("Resize", 10).input(1, 1, 4, 6).floats(1, 1, 0.5, 0.5);
        add("Upsample", 9).input(1, 1, 2, 3).floats(1, 1, 2, 3);
        add("Upsample", 7).input(1, 1, 2, 3).floats("scales", 1, 1, 2, 2).with("mode", "linear");
    }

    private void sampling() {
        for (String mode : List.of("bilinear", "nearest", "bicubic")) {
            for (String padding : List.of("zeros", "border", "reflection")) {
                add("GridSample", 16)
                        .input(2, 2, 4, 3)
                        .input(2, 3, 2, 2)
                        .with("mode", mode)
                        .with("padding_mode", padding)
                        .with("align_corners", padding.equals("border") ? 1L : 0L)
                        .single();
            }
        }
        add("GridSample", 20)
                .input(1, 2, 3, 4, 2)
                .input(1, 2, 2, 2, 3)
                .with("mode", "linear")
                .with("align_corners", 1L)
                .single();
        for (long corners = 0; corners < 2; corners++) {
            add("AffineGrid", 20)
                    .input(2, 2, 3)
                    .integers(2, 1, 3, 2)
                    .with("align_corners", corners)
                    .within(1e-6);
            add("AffineGrid", 20)
                    .input(1, 3, 4)
                    .integers(1, 1, 2, 3, 2)
                    .with("align_corners", corners)
                    .within(1e-6);
        }
    }

    /** What ONNX Runtime has no kernel for, by hand; {@code OnnxNewOperatorsTest} has more. */
    private void moved() {
        add("DeformConv", 19)
                .constant(new long[] {1, 1, 3, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                .constant(new long[] {1, 1, 1, 1}, 2)
                .constant(
                        new long[] {1, 2, 3, 3},
                        DoubleStream.generate(() -> 0.5).limit(18).toArray())
                .gives(6, 8, 4.5, 12, 14, 7.5, 7.5, 8.5, 4.5);
        add("CausalConvWithState", 27)
                .constant(new long[] {1, 1, 3}, 1, 2, 3)
                .constant(new long[] {1, 1, 2}, 10, 1)
                .outputs(2)
                .gives(1, 12, 23);
    }

    private void regions() {
        double[] regions = {0.3, 0.6, 4.2, 3.9, 1, 1.5, 5.5, 6.2};
        for (String coordinates : List.of("half_pixel", "output_half_pixel")) {
            for (long ratio : List.of(0L, 2L)) {
                add("RoiAlign", 16)
                        .input(2, 2, 6, 7)
                        .constant(new long[] {2, 4}, regions)
                        .integers(1, 0)
                        .with("output_height", 2L)
                        .with("output_width", 3L)
                        .with("sampling_ratio", ratio)
                        .with("coordinate_transformation_mode", coordinates);
            }
        }
        add("RoiAlign", 16)
                .input(1, 1, 6, 6)
                .constant(new long[] {2, 4}, regions)
                .integers(0, 0)
                .with("output_height", 2L)
                .with("output_width", 2L)
                .with("sampling_ratio", 2L)
                .with("mode", "max");
        add("MaxRoiPool", 11)
                .input(2, 2, 6, 7)
                .constant(new long[] {2, 5}, 1, 0, 1, 4, 5, 0, 2, 2, 9, 3)
                .list("pooled_shape", 2L, 3L);
    }
}
