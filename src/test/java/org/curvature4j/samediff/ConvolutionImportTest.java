package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.coarse;
import static org.curvature4j.samediff.ImportCase.smooth;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.DataFormat;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv3DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv3DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.LocalResponseNormalizationConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling3DConfig;

class ConvolutionImportTest {

    @ParameterizedTest
    @MethodSource({"convolutions", "pools", "others"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> convolutions() {
        List<ImportCase> rows = new ArrayList<>();
        for (PaddingMode mode : List.of(PaddingMode.VALID, PaddingMode.SAME)) {
            for (String format : List.of("NCHW", "NHWC")) {
                long[] shape = format.equals("NCHW") ? new long[] {1, 2, 3, 4} : new long[] {1, 3, 4, 2};
                Conv2DConfig config = Conv2DConfig.builder()
                        .kH(2)
                        .kW(3)
                        .sH(2)
                        .sW(1)
                        .pH(1)
                        .pW(0)
                        .dH(1)
                        .dW(1)
                        .dataFormat(format)
                        .paddingMode(mode)
                        .build();
                String name = " " + mode + " " + format;
                rows.add(smooth("conv2d" + name, s -> s.sd.cnn.conv2d(s.real(shape), s.real(2, 3, 2, 2), config)));
                rows.add(smooth(
                        "conv2d bias" + name,
                        s -> s.sd.cnn.conv2d(s.real(shape), s.real(2, 3, 2, 2), s.real(2), config)));
                rows.add(smooth(
                        "depthwise" + name,
                        s -> s.sd.cnn.depthWiseConv2d(s.real(shape), s.real(2, 3, 2, 2), s.real(4), config)));
                rows.add(smooth(
                        "separable" + name,
                        s -> s.sd.cnn.separableConv2d(
                                s.real(shape), s.real(2, 3, 2, 1), s.real(1, 1, 2, 2), s.real(2), config)));
            }
        }
        for (PaddingMode mode : PaddingMode.values()) {
            for (String format : List.of("NCW", "NWC")) {
                long[] shape = format.equals("NCW") ? new long[] {1, 2, 5} : new long[] {1, 5, 2};
                Conv1DConfig config = Conv1DConfig.builder()
                        .k(2)
                        .s(2)
                        .p(1)
                        .d(mode == PaddingMode.SAME ? 1 : 2)
                        .dataFormat(format)
                        .paddingMode(mode)
                        .build();
                rows.add(smooth(
                        "conv1d " + mode + " " + format,
                        s -> s.sd.cnn.conv1d(s.real(shape), s.real(2, 2, 2), s.real(2), config)));
            }
        }
        rows.add(smooth(
                "dilated",
                s -> s.sd.cnn.conv2d(
                        s.real(1, 1, 4, 5),
                        s.real(2, 2, 1, 2),
                        square(2).dH(2).dW(3).build())));
        rows.add(smooth(
                "weights OIYX",
                s -> s.sd.cnn.conv2d(
                        s.real(1, 2, 3, 3),
                        s.real(1, 2, 2, 2),
                        square(2).weightsFormat(WeightsFormat.OIYX).build())));
        rows.add(smooth(
                "weights OYXI",
                s -> s.sd.cnn.conv2d(
                        s.real(1, 2, 3, 3),
                        s.real(1, 2, 2, 2),
                        square(2).weightsFormat(WeightsFormat.OYXI).build())));
        return rows.stream();
    }

    private static Conv2DConfig.Conv2DConfigBuilder square(long kernel) {
        return Conv2DConfig.builder().kH(kernel).kW(kernel).sH(1).sW(1);
    }

    static Stream<ImportCase> pools() {
        List<ImportCase> rows = new ArrayList<>();
        for (PaddingMode mode : List.of(PaddingMode.VALID, PaddingMode.SAME)) {
            for (boolean last : new boolean[] {false, true}) {
                long[] shape = last ? new long[] {1, 3, 4, 2} : new long[] {1, 2, 3, 4};
                for (double extra : new double[] {0, 1}) {
                    Pooling2DConfig config = Pooling2DConfig.builder()
                            .kH(2)
                            .kW(3)
                            .sH(2)
                            .sW(1)
                            .pH(1)
                            .pW(1)
                            .isNHWC(last)
                            .paddingMode(mode)
                            .extra(extra)
                            .build();
                    String name = " " + mode + (last ? " NHWC " : " NCHW ") + extra;
                    rows.add(smooth("max" + name, s -> s.sd.cnn.maxPooling2d(s.real(shape), config)));
                    rows.add(smooth("avg" + name, s -> s.sd.cnn.avgPooling2d(s.real(shape), config)));
                }
            }
        }
        return rows.stream();
    }

    static Stream<ImportCase> others() {
        return Stream.of(
                smooth(
                        "conv3d",
                        s -> s.sd.cnn.conv3d(
                                s.real(1, 2, 2, 3, 1),
                                s.real(2, 2, 2, 1, 2),
                                Conv3DConfig.builder()
                                        .kD(2)
                                        .kH(2)
                                        .kW(2)
                                        .dataFormat("NDHWC")
                                        .build())),
                smooth(
                        "max3d",
                        s -> s.sd.cnn.maxPooling3d(
                                s.real(1, 1, 2, 3, 3),
                                Pooling3DConfig.builder().kD(2).kH(2).kW(2).build())),
                smooth(
                        "avg3d",
                        s -> s.sd.cnn.avgPooling3d(
                                s.real(1, 1, 2, 3, 3),
                                Pooling3DConfig.builder().kD(2).kH(2).kW(2).build())),
                smooth(
                        "deconv2d",
                        s -> s.sd.cnn.deconv2d(
                                s.real(1, 2, 2, 3),
                                s.real(2, 2, 1, 2),
                                s.real(1),
                                DeConv2DConfig.builder().kH(2).kW(2).sH(1).sW(2).build())),
                smooth(
                        "deconv2d SAME",
                        s -> s.sd.cnn.deconv2d(
                                s.real(1, 2, 2, 3),
                                s.real(3, 3, 1, 2),
                                DeConv2DConfig.builder()
                                        .kH(3)
                                        .kW(3)
                                        .sH(1)
                                        .sW(2)
                                        .isSameMode(true)
                                        .build())),
                smooth(
                        "im2Col",
                        s -> s.sd.cnn.im2Col(
                                s.real(1, 2, 3, 3), square(2).pH(1).pW(0).build())),
                smooth(
                        "deconv3d",
                        s -> s.sd.cnn.deconv3d(
                                s.real(1, 2, 2, 1, 2),
                                s.real(2, 1, 2, 1, 2),
                                s.real(1),
                                DeConv3DConfig.builder()
                                        .kD(2)
                                        .kH(1)
                                        .kW(2)
                                        .sD(1)
                                        .sH(2)
                                        .sW(2)
                                        .dataFormat("NCDHW")
                                        .build())),
                smooth(
                        "deconv3d SAME NDHWC",
                        s -> s.sd.cnn.deconv3d(
                                s.real(1, 2, 1, 2, 2),
                                s.real(2, 1, 2, 1, 2),
                                DeConv3DConfig.builder()
                                        .kD(2)
                                        .kH(1)
                                        .kW(2)
                                        .sD(2)
                                        .isSameMode(true)
                                        .dataFormat("NDHWC")
                                        .build())),
                smooth("upsampling3d", s -> s.sd.cnn.upsampling3d(s.real(1, 2, 1, 2, 2), true, 2, 1, 3)),
                smooth("upsampling3d NDHWC", s -> s.sd.cnn.upsampling3d(s.real(1, 2, 1, 2, 2), false, 1, 2, 3)),
                smooth("pnormpool2d of 1", s -> pnorm(s, 1)),
                smooth("pnormpool2d of 2", s -> pnorm(s, 2)),
                smooth("pnormpool2d of 3", s -> pnorm(s, 3)),
                smooth("upsampling2d", s -> s.sd.cnn.upsampling2d(s.real(1, 2, 2, 3), 2, 3, true)),
                smooth("upsampling2d NHWC", s -> s.sd.cnn.upsampling2d(s.real(1, 2, 3, 2), 2, 3, false)),
                smooth("spaceToDepth", s -> s.sd.cnn.spaceToDepth(s.real(1, 2, 2, 4), 2, DataFormat.NCHW)),
                smooth("spaceToDepth NHWC", s -> s.sd.cnn.spaceToDepth(s.real(1, 2, 4, 2), 2, DataFormat.NHWC)),
                smooth("depthToSpace", s -> s.sd.cnn.depthToSpace(s.real(1, 8, 1, 2), 2, DataFormat.NCHW)),
                smooth("depthToSpace NHWC", s -> s.sd.cnn.depthToSpace(s.real(1, 1, 2, 8), 2, DataFormat.NHWC)),
                coarse(
                        "localResponseNormalization",
                        1e-7,
                        s -> s.sd.cnn.localResponseNormalization(
                                s.real(1, 4, 1, 2),
                                LocalResponseNormalizationConfig.builder()
                                        .alpha(0.1)
                                        .beta(0.75)
                                        .bias(1.5)
                                        .depth(1)
                                        .build())));
    }

    /** Windows that overlap, with padding. */
    private static SDVariable pnorm(Sample s, int p) {
        Pooling2DConfig config = Pooling2DConfig.builder()
                .type(Pooling2D.Pooling2DType.PNORM)
                .extra(p)
                .kH(2)
                .kW(2)
                .sH(1)
                .sW(2)
                .pH(1)
                .build();
        return new Pooling2D(s.sd, new SDVariable[] {s.real(1, 2, 3, 4)}, config).outputVariable();
    }
}
