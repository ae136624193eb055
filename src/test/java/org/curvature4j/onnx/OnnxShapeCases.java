package org.curvature4j.onnx;

import java.util.List;

/** Uses of the operators of shapes and slices. */
final class OnnxShapeCases {
    private OnnxShapeCases() {}

    static void addTo(OnnxCases cases) {
        shapes(cases);
        slices(cases);
        borders(cases);
    }

    private static void shapes(OnnxCases cases) {
        cases.add("Reshape", 13).input(2, 3, 4).integers(4, -1);
        cases.add("Reshape", 13).input(2, 3, 4).integers(0, -1);
        cases.add("Reshape", 14).input(2, 3, 4).integers(4, 6).with("allowzero", 1L);
        cases.add("Flatten", 13).input(2, 3, 4);
        cases.add("Flatten", 13).input(2, 3, 4).with("axis", 2L);
        cases.add("Flatten", 13).input(2, 3, 4).with("axis", 0L);
        cases.add("Flatten", 13).input(2, 3, 4).with("axis", -1L);
        cases.add("Transpose", 13).input(2, 3, 4);
        cases.add("Transpose", 13).input(2, 3, 4).list("perm", 1L, 2L, 0L);
        cases.add("Squeeze", 13).input(1, 3, 1).integers(0, 2);
        cases.add("Squeeze", 13).input(1, 3, 1);
        cases.add("Squeeze", 11).input(1, 3, 1).list("axes", 2L);
        cases.add("Unsqueeze", 13).input(2, 3).integers(0, -1);
        cases.add("Unsqueeze", 13).input(2, 3).integers(3, 1, 0);
        cases.add("Unsqueeze", 11).input(2, 3).list("axes", 1L);
        cases.add("Expand", 13).input(3, 1).integers(2, 1, 4);
        cases.add("Expand", 13).input(2, 3, 1).integers(1, 4);
        cases.add("Tile", 13).input(2, 3).integers(2, 2);
        cases.add("Concat", 13).input(2, 3).input(2, 1).with("axis", -1L);
        cases.add("Shape", 13).input(4, 3);
        cases.add("Shape", 15).input(4, 3, 2).with("start", -2L).with("end", 9L);
        cases.add("Size", 13).input(4, 3);
    }

    private static void slices(OnnxCases cases) {
        cases.add("Slice", 13).input(5, 4).integers(1).integers(4);
        cases.add("Slice", 13)
                .input(5, 4)
                .integers(-3, 0)
                .integers(Long.MAX_VALUE, 3)
                .integers(0, 1)
                .integers(2, 1);
        cases.add("Slice", 13)
                .input(5, 4)
                .integers(Long.MAX_VALUE, 3)
                .integers(Long.MIN_VALUE, 0)
                .integers(-1, 0)
                .integers(-1, -2);
        cases.add("Slice", 9).input(5, 4).list("starts", 1L).list("ends", -1L).list("axes", 1L);
        cases.add("Split", 13).outputs(2).input(4, 3).integers(1, 3);
        cases.add("Split", 11).outputs(2).input(4, 3).list("split", 2L, 2L);
        cases.add("Split", 18).outputs(3).input(7, 3).with("num_outputs", 3L);
        cases.add("ReverseSequence", 10).input(4, 3, 2).integers(4, 1, 2);
        cases.add("ReverseSequence", 10)
                .input(3, 4, 2)
                .integers(4, 1, 2)
                .with("batch_axis", 0L)
                .with("time_axis", 1L);
        cases.add("CenterCropPad", 18).input(5, 4, 3).integers(2, 7, 3);
        cases.add("CenterCropPad", 18).input(5, 4, 3).integers(4, 8).list("axes", -1L, 0L);
    }

    private static void borders(OnnxCases cases) {
        cases.add("Pad", 13).input(2, 3).integers(0, 1, 1, 2);
        cases.add("Pad", 13).input(2, 3).integers(0, 1, 1, 2).constant(new long[0], 7);
        cases.add("Pad", 13).input(3, 4).integers(1, -1, -2, 2);
        cases.add("Pad", 18).input(2, 3).integers(1, 2).constant(new long[0], 7).integers(-1);
        cases.add("Pad", 10).input(2, 3).list("pads", 0L, 1L, 1L, 2L).with("value", 0.5f);
        for (String mode : List.of("reflect", "edge")) {
            cases.add("Pad", 13).input(3, 4).integers(2, 1, 1, 3).with("mode", mode);
            cases.add("Pad", 10).input(3, 4).list("pads", 2L, 1L, 1L, 3L).with("mode", mode);
        }
        cases.add("Pad", 19).input(3, 4).integers(2, 1, 1, 3).with("mode", "wrap");
    }
}
