package org.curvature4j.onnx;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions and pools over one or two axes, channels first; one axis is treated as two, the first of size 1. */
final class WindowRules {
    private WindowRules() {}

    static void addTo(Map<String, OnnxRule> rules) {
        rules.put("Conv", OnnxRule.single(WindowRules::convolve));
        rules.put("AveragePool", OnnxRule.single(node -> pool(node, true)));
        rules.put("MaxPool", OnnxRule.single(node -> pool(node, false)));
        rules.put("GlobalAveragePool", OnnxRule.single(node -> node.input(0)
                .with(node.sd().mean(node.x(0), true, spatial(node)))));
        rules.put("GlobalMaxPool", OnnxRule.single(node -> node.input(0)
                .with(node.sd().max(node.x(0), true, spatial(node)))));
    }

    /** Sizes along height and width: of windows, of steps, of gaps inside windows, and of zeros in front and behind. */
    private static final class Windows {
        final int axes;
        final long[] kernel;
        final long[] strides;
        final long[] dilations;
        final long[] before;
        final long[] after;
        final boolean same;

        private Windows(OnnxNode node, int axes, long[] kernel, long[] pads, boolean same) {
            long[] ones = axes == 1 ? new long[] {1} : new long[] {1, 1};
            this.axes = axes;
            this.kernel = two(kernel, 1);
            this.strides = two(node.longs("strides", ones), 1);
            this.dilations = two(node.longs("dilations", ones), 1);
            this.before = two(java.util.Arrays.copyOf(pads, axes), 0);
            this.after = two(java.util.Arrays.copyOfRange(pads, axes, 2 * axes), 0);
            this.same = same;
        }

        static Windows read(OnnxNode node, long[] kernel) {
            int axes = kernel.length;
            if (axes < 1 || axes > 2) {
                throw node.expected("windows over 1 or 2 axes", axes);
            }
            String mode = node.text("auto_pad", "NOTSET");
            if (mode.equals("SAME_LOWER")) {
                throw node.expected("auto_pad NOTSET, VALID or SAME_UPPER", mode);
            }
            if (node.flag("ceil_mode", false)) {
                throw node.expected("ceil_mode 0", 1);
            }
            long[] zeros = new long[2 * axes];
            long[] pads = mode.equals("NOTSET") ? node.longs("pads", zeros) : zeros;
            return new Windows(node, axes, kernel, pads, mode.equals("SAME_UPPER"));
        }

        private static long[] two(long[] sizes, long first) {
            return sizes.length == 1 ? new long[] {first, sizes[0]} : sizes;
        }

        boolean isSymmetric() {
            return java.util.Arrays.equals(before, after);
        }

        PaddingMode mode() {
            return same ? PaddingMode.SAME : PaddingMode.VALID;
        }
    }

    private static int[] spatial(OnnxNode node) {
        int[] axes = new int[node.rank(0) - 2];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 2;
        }
        return axes;
    }

    private static OnnxValue convolve(OnnxNode node) {
        SameDiff sd = node.sd();
        INDArray weights = node.constant(1);
        if (node.integer("group", 1) != 1) {
            throw node.expected("group 1", node.integer("group", 1));
        }
        Windows windows = Windows.read(node, java.util.Arrays.copyOfRange(weights.shape(), 2, weights.rank()));
        SDVariable x = padded(sd, flat(sd, node.x(0), windows), windows, 0);
        SDVariable w = windows.axes == 1 ? sd.expandDims(node.x(1), 2) : node.x(1);
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(windows.kernel[0])
                .kW(windows.kernel[1])
                .sH(windows.strides[0])
                .sW(windows.strides[1])
                .dH(windows.dilations[0])
                .dW(windows.dilations[1])
                .pH(0)
                .pW(0)
                .paddingMode(windows.mode())
                .dataFormat("NCHW")
                .weightsFormat(WeightsFormat.OIYX)
                .build();
        SDVariable result = node.has(2)
                ? sd.cnn().conv2d(x, w, node.x(2), config)
                : sd.cnn().conv2d(x, w, config);
        return OnnxValue.of(unflat(sd, result, windows), windows.axes + 2);
    }

    private static OnnxValue pool(OnnxNode node, boolean average) {
        SameDiff sd = node.sd();
        Windows windows = Windows.read(node, node.longs("kernel_shape"));
        boolean counts = node.flag("count_include_pad", false);
        boolean padsHere = !average || counts || !windows.isSymmetric();
        if (average && !counts && !windows.isSymmetric()) {
            throw node.expected("equal pads on both sides, or count_include_pad 1", "unequal pads");
        }
        SDVariable x = flat(sd, node.x(0), windows);
        SDVariable input = padsHere ? padded(sd, x, windows, average ? 0 : Double.NEGATIVE_INFINITY) : x;
        Pooling2DConfig config = Pooling2DConfig.builder()
                .kH(windows.kernel[0])
                .kW(windows.kernel[1])
                .sH(windows.strides[0])
                .sW(windows.strides[1])
                .dH(windows.dilations[0])
                .dW(windows.dilations[1])
                .pH(padsHere ? 0 : windows.before[0])
                .pW(padsHere ? 0 : windows.before[1])
                .paddingMode(windows.mode())
                .isNHWC(false)
                .divisor(Pooling2D.Divisor.EXCLUDE_PADDING)
                .build();
        SDVariable result =
                average ? sd.cnn().avgPooling2d(input, config) : sd.cnn().maxPooling2d(input, config);
        return OnnxValue.of(unflat(sd, result, windows), windows.axes + 2);
    }

    private static SDVariable flat(SameDiff sd, SDVariable x, Windows windows) {
        return windows.axes == 1 ? sd.expandDims(x, 2) : x;
    }

    private static SDVariable unflat(SameDiff sd, SDVariable x, Windows windows) {
        return windows.axes == 1 ? sd.squeeze(x, 2) : x;
    }

    private static SDVariable padded(SameDiff sd, SDVariable x, Windows windows, double value) {
        long[] b = windows.before;
        long[] a = windows.after;
        if (b[0] + b[1] + a[0] + a[1] == 0) {
            return x;
        }
        INDArray widths = Nd4j.createFromArray(new long[][] {{0, 0}, {0, 0}, {b[0], a[0]}, {b[1], a[1]}});
        return sd.nn().pad(x, sd.constant(widths), value);
    }
}
