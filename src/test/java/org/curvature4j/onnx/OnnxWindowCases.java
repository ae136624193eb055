package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Uses of convolutions and pools. */
final class OnnxWindowCases {
    private final List<OnnxModels> cases = new ArrayList<>();

    private OnnxWindowCases() {}

    static List<OnnxModels> all() {
        OnnxWindowCases all = new OnnxWindowCases();
        all.convolutions();
        all.transposed();
        all.pools();
        all.spaces();
        return all.cases;
    }

    private OnnxModels add(String operator, long opset) {
        OnnxModels model = new OnnxModels(operator, opset);
        cases.add(model);
        return model;
    }

    private static double[] waves(int count) {
        return IntStream.range(0, count).mapToDouble(i -> Math.sin(i + 1)).toArray();
    }

    private void convolutions() {
        double[] weights = waves(24);
        long[] shape = {2, 3, 2, 2};
        add("Conv", 13).input(1, 3, 5, 4).constant(shape, weights);
        add("Conv", 13)
                .input(2, 3, 5, 4)
                .constant(shape, weights)
                .constant(new long[] {2}, 0.5, -1)
                .list("pads", 1L, 1L, 1L, 1L);
        add("Conv", 13)
                .input(1, 3, 6, 5)
                .constant(shape, weights)
                .list("strides", 2L, 1L)
                .list("pads", 1L, 0L, 0L, 1L);
        add("Conv", 13).input(1, 3, 6, 5).constant(shape, weights).list("dilations", 2L, 2L);
        for (String mode : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            add("Conv", 13)
                    .input(1, 3, 5, 4)
                    .constant(shape, weights)
                    .list("strides", 2L, 2L)
                    .with("auto_pad", mode);
        }
        add("Conv", 13).input(1, 3, 7).constant(new long[] {2, 3, 4}, weights).list("pads", 1L, 2L);
        add("Conv", 11)
                .input(2, 4, 5, 5)
                .input(6, 2, 3, 2)
                .input(6)
                .with("group", 2L)
                .list("kernel_shape", 3L, 2L);
        add("Conv", 11).input(1, 3, 4, 4).input(6, 1, 2, 2).with("group", 3L);
        add("Conv", 11).input(1, 2, 3, 4, 5).input(2, 2, 2, 2, 2).list("pads", 0L, 1L, 0L, 1L, 0L, 1L);
        // Large enough for windows that aren't laid out.
        add("Conv", 11)
                .input(1, 8, 70, 71)
                .input(3, 8, 3, 3)
                .list("strides", 1L, 2L)
                .list("pads", 1L, 0L, 2L, 1L)
                .between(-0.2, 0.2);
        add("Conv", 11)
                .input(1, 8, 70, 71)
                .input(8, 1, 3, 3)
                .with("group", 8L)
                .list("dilations", 2L, 1L)
                .between(-0.2, 0.2);
    }

    private void transposed() {
        add("ConvTranspose", 11).input(2, 3, 4, 5).input(3, 2, 3, 2).input(2);
        add("ConvTranspose", 11)
                .input(1, 4, 3, 3)
                .input(4, 3, 3, 3)
                .with("group", 2L)
                .list("strides", 2L, 3L)
                .list("pads", 1L, 0L, 0L, 1L)
                .list("output_padding", 1L, 2L);
        add("ConvTranspose", 11)
                .input(1, 2, 5)
                .input(2, 2, 3)
                .list("dilations", 2L)
                .list("strides", 2L);
        add("ConvTranspose", 11)
                .input(1, 2, 3, 3)
                .input(2, 2, 3, 3)
                .list("strides", 2L, 2L)
                .list("output_shape", 6L, 7L);
        for (String mode : List.of("SAME_UPPER", "SAME_LOWER")) {
            add("ConvTranspose", 11)
                    .input(1, 2, 3, 3)
                    .input(2, 2, 4, 3)
                    .list("strides", 2L, 2L)
                    .with("auto_pad", mode);
        }
        add("ConvTranspose", 11).input(1, 2, 2, 3, 2).input(2, 1, 2, 2, 2).list("strides", 1L, 2L, 1L);
        add("ConvTranspose", 11)
                .input(1, 8, 60, 61)
                .input(8, 8, 3, 3)
                .list("strides", 2L, 1L)
                .between(-0.2, 0.2);
        add("Col2Im", 18)
                .input(1, 8, 3)
                .integers(4, 5)
                .integers(2, 2)
                .list("strides", 2L, 1L)
                .list("pads", 0L, 0L, 0L, 0L)
                .list("dilations", 2L, 2L);
    }

    private void pools() {
        for (String name : List.of("AveragePool", "MaxPool", "LpPool")) {
            add(name, 13).input(1, 2, 4, 6).list("kernel_shape", 2L, 2L).list("strides", 2L, 2L);
            add(name, 13).input(1, 2, 5, 5).list("kernel_shape", 3L, 2L).list("pads", 1L, 1L, 1L, 1L);
            add(name, 13).input(1, 2, 7).list("kernel_shape", 3L).list("strides", 2L);
            add(name, 13).input(1, 1, 4, 4, 5).list("kernel_shape", 2L, 3L, 2L).list("strides", 1L, 1L, 2L);
            add(name, 13)
                    .input(1, 2, 5, 5)
                    .list("kernel_shape", 3L, 3L)
                    .with("auto_pad", "SAME_LOWER")
                    .list("strides", 2L, 2L);
            // Large enough for windows that aren't laid out.
            add(name, 13)
                    .input(1, 3, 120, 121)
                    .list("kernel_shape", 3L, 3L)
                    .list("strides", 1L, 2L)
                    .list("pads", 1L, 0L, 1L, 1L);
        }
        for (String name : List.of("AveragePool", "MaxPool")) {
            add(name, 19)
                    .input(1, 2, 6, 7)
                    .list("kernel_shape", 3L, 3L)
                    .list("strides", 2L, 2L)
                    .list("pads", 1L, 1L, 1L, 1L)
                    .with("ceil_mode", 1L);
            add(name, 19).input(1, 2, 7, 7).list("kernel_shape", 3L, 2L).list("dilations", 2L, 3L);
        }
        add("AveragePool", 13)
                .input(1, 2, 5, 5)
                .list("kernel_shape", 3L, 3L)
                .list("pads", 1L, 1L, 1L, 1L)
                .with("count_include_pad", 1L);
        add("AveragePool", 19)
                .input(1, 2, 6, 6)
                .list("kernel_shape", 3L, 3L)
                .list("strides", 2L, 2L)
                .list("pads", 1L, 0L, 0L, 1L)
                .with("ceil_mode", 1L)
                .with("count_include_pad", 1L);
        add("MaxPool", 13).input(1, 2, 5, 5).list("kernel_shape", 2L, 2L).list("pads", 1L, 0L, 0L, 1L);
        add("MaxPool", 13)
                .input(2, 2, 5, 5)
                .list("kernel_shape", 2L, 3L)
                .list("strides", 1L, 2L)
                .outputs(2);
        add("LpPool", 13).input(1, 2, 6).list("kernel_shape", 3L).with("p", 3L);
        add("LpPool", 13).input(1, 2, 6).list("kernel_shape", 3L).with("p", 1L);
        for (String name : List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")) {
            add(name, 13).input(2, 3, 4, 5);
            add(name, 13).input(2, 3, 4);
        }
        add("GlobalLpPool", 13).input(2, 3, 4).with("p", 3L);
    }

    private void spaces() {
        add("LRN", 13).input(2, 5, 2, 3).with("size", 3L).with("alpha", 0.5f).with("bias", 2f);
        add("LRN", 13).input(1, 6, 2, 2).with("size", 5L).with("beta", 0.5f);
        add("DepthToSpace", 13).input(1, 8, 2, 3).with("blocksize", 2L);
        add("DepthToSpace", 13).input(1, 8, 2, 3).with("blocksize", 2L).with("mode", "CRD");
        add("SpaceToDepth", 13).input(2, 2, 4, 6).with("blocksize", 2L);
        add("MaxUnpool", 11)
                .input(1, 1, 2, 2)
                .integers(new long[] {1, 1, 2, 2}, 5, 7, 13, 15)
                .list("kernel_shape", 2L, 2L)
                .list("strides", 2L, 2L);
    }
}
