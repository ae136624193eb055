package org.curvature4j.dl4j;

import static org.curvature4j.dl4j.NetworkCase.EXAMPLES;
import static org.curvature4j.dl4j.NetworkCase.layers;
import static org.curvature4j.dl4j.NetworkCase.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.dl4j.NetworkCase.Labels;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers of rows and images, against Deeplearning4j itself. */
class NetworkLayersTest {
    private static final Labels CLASSES = Labels.classes(EXAMPLES, 3);

    @ParameterizedTest
    @MethodSource({"rows", "images", "layouts"})
    void agreesWithDeeplearning4j(NetworkCase row) {
        NetworkChecks.check(row);
    }

    private static Layer dense() {
        return new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build();
    }

    static Stream<NetworkCase> rows() {
        InputType five = InputType.feedForward(5);
        return Stream.of(
                layers("dense", five, CLASSES, dense(), output()),
                layers(
                        "dense without bias, normalised",
                        five,
                        CLASSES,
                        new DenseLayer.Builder()
                                .nOut(4)
                                .hasBias(false)
                                .hasLayerNorm(true)
                                .activation(Activation.TANH)
                                .build(),
                        output()),
                layers("activation", five, CLASSES, dense(), new ActivationLayer(Activation.SWISH), output()),
                layers("dropout", five, CLASSES, dense(), new DropoutLayer(0.5), output())
                        .withoutGradient(),
                layers("batch normalisation", five, CLASSES, dense(), new BatchNormalization(), output())
                        .withoutGradient(),
                layers(
                                "batch normalisation by variances",
                                five,
                                CLASSES,
                                dense(),
                                new BatchNormalization.Builder()
                                        .useLogStd(false)
                                        .build(),
                                output())
                        .withoutGradient(),
                layers(
                                "locked batch normalisation",
                                five,
                                CLASSES,
                                dense(),
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .gamma(1.5)
                                        .beta(0.3)
                                        .build(),
                                output())
                        .withoutGradient(),
                layers(
                        "slopes",
                        five,
                        CLASSES,
                        dense(),
                        new PReLULayer.Builder().inputShape(4).build(),
                        output()),
                layers(
                        "elementwise",
                        five,
                        CLASSES,
                        dense(),
                        new ElementWiseMultiplicationLayer.Builder()
                                .nIn(4)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build(),
                        output()),
                layers("frozen", five, CLASSES, new FrozenLayer(dense()), output()),
                layers(
                        "loss layer",
                        five,
                        CLASSES,
                        dense(),
                        new DenseLayer.Builder()
                                .nOut(3)
                                .activation(Activation.IDENTITY)
                                .build(),
                        new LossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .build()));
    }

    private static ConvolutionLayer.Builder convolution() {
        return new ConvolutionLayer.Builder(2, 3).nOut(2).activation(Activation.TANH);
    }

    static Stream<NetworkCase> images() {
        InputType image = InputType.convolutional(5, 4, 2);
        List<NetworkCase> rows = new ArrayList<>();
        for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
            rows.add(layers(
                    "convolution " + mode,
                    image,
                    CLASSES,
                    convolution().stride(2, 1).convolutionMode(mode).build(),
                    output()));
            rows.add(layers(
                    "dilated convolution " + mode,
                    image,
                    CLASSES,
                    convolution()
                            .dilation(2, 1)
                            .hasBias(false)
                            .convolutionMode(mode)
                            .build(),
                    output()));
            rows.add(layers(
                    "transposed convolution " + mode,
                    image,
                    CLASSES,
                    new Deconvolution2D.Builder(2, 2)
                            .nOut(2)
                            .stride(2, 1)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build(),
                    output()));
            rows.add(layers(
                    "depthwise convolution " + mode,
                    image,
                    CLASSES,
                    new DepthwiseConvolution2D.Builder(2, 2)
                            .depthMultiplier(2)
                            .nOut(4)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build(),
                    output()));
            rows.add(layers(
                    "separable convolution " + mode,
                    image,
                    CLASSES,
                    new SeparableConvolution2D.Builder(2, 2)
                            .depthMultiplier(2)
                            .nOut(3)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build(),
                    output()));
            for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
                rows.add(layers(
                        "pool " + type + " " + mode,
                        image,
                        CLASSES,
                        convolution().build(),
                        new SubsamplingLayer.Builder(type)
                                .kernelSize(2, 2)
                                .stride(1, 2)
                                .pnorm(3)
                                .convolutionMode(mode)
                                .build(),
                        output()));
            }
        }
        rows.add(layers(
                "padded convolution",
                image,
                CLASSES,
                convolution().stride(2, 1).padding(1, 1).build(),
                output()));
        rows.add(layers(
                "padded average",
                image,
                CLASSES,
                new SubsamplingLayer.Builder(PoolingType.AVG)
                        .kernelSize(2, 2)
                        .stride(1, 1)
                        .padding(1, 1)
                        .avgPoolIncludePadInDivisor(true)
                        .build(),
                output()));
        rows.add(layers(
                "enlarged", image, CLASSES, convolution().build(), new Upsampling2D.Builder(2).build(), output()));
        rows.add(layers(
                "padded",
                image,
                CLASSES,
                new ZeroPaddingLayer.Builder(1, 2, 0, 1).build(),
                convolution().build(),
                output()));
        rows.add(layers(
                        "cropped",
                        image,
                        CLASSES,
                        new Cropping2D(1, 1, 0, 1),
                        convolution().kernelSize(2, 2).build(),
                        output())
                // Its training fails at a check of workspaces.
                .withoutGradient());
        rows.add(layers(
                "to depth",
                InputType.convolutional(4, 4, 2),
                CLASSES,
                new SpaceToDepthLayer.Builder<>(2, CNN2DFormat.NCHW).build(),
                convolution().kernelSize(1, 1).build(),
                output()));
        rows.add(layers(
                        "neighbouring channels",
                        image,
                        CLASSES,
                        convolution().nOut(6).build(),
                        new LocalResponseNormalization.Builder()
                                .n(5)
                                .alpha(0.3)
                                .beta(0.75)
                                .k(1.5)
                                .build(),
                        output())
                // Its gradient adds neighbours up in place, some of them twice.
                .withoutGradient());
        rows.add(layers(
                        "batch normalisation of images",
                        image,
                        CLASSES,
                        convolution().build(),
                        new BatchNormalization(),
                        output())
                .withoutGradient());
        rows.add(layers(
                "slopes of images",
                image,
                CLASSES,
                convolution().build(),
                new PReLULayer.Builder().inputShape(2, 4, 2).sharedAxes(2, 3).build(),
                output()));
        rows.add(layers(
                        "flat images",
                        InputType.convolutionalFlat(5, 4, 2),
                        CLASSES,
                        convolution().build(),
                        output())
                .given(NetworkCase.numbers(1, EXAMPLES, 40)));
        rows.add(layers("rows as images", image, CLASSES, convolution().build(), dense(), output()));
        rows.add(layers(
                "loss of pixels",
                image,
                Labels.classes(EXAMPLES, 2, 4, 2),
                convolution().activation(Activation.IDENTITY).build(),
                new CnnLossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build()));
        for (PoolingType type : PoolingType.values()) {
            rows.add(layers(
                    "global pool " + type,
                    image,
                    CLASSES,
                    convolution().build(),
                    new GlobalPoolingLayer.Builder(type).pnorm(3).build(),
                    output()));
        }
        return rows.stream();
    }

    /** Channels last. */
    static Stream<NetworkCase> layouts() {
        InputType image = InputType.convolutional(5, 4, 2, CNN2DFormat.NHWC);
        return Stream.of(
                layers(
                        "convolution NHWC",
                        image,
                        CLASSES,
                        convolution().dataFormat(CNN2DFormat.NHWC).build(),
                        output()),
                layers(
                        "transposed convolution NHWC",
                        image,
                        CLASSES,
                        new Deconvolution2D.Builder(2, 2)
                                .nOut(2)
                                .dataFormat(CNN2DFormat.NHWC)
                                .activation(Activation.TANH)
                                .build(),
                        output()),
                layers(
                        "depthwise convolution NHWC",
                        image,
                        CLASSES,
                        new DepthwiseConvolution2D.Builder(2, 2)
                                .depthMultiplier(2)
                                .nOut(4)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build(),
                        output()),
                layers(
                        "separable convolution NHWC",
                        image,
                        CLASSES,
                        new SeparableConvolution2D.Builder(2, 2)
                                .nOut(3)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build(),
                        output()),
                layers(
                        "pool NHWC",
                        image,
                        CLASSES,
                        new SubsamplingLayer.Builder(PoolingType.MAX)
                                .kernelSize(2, 2)
                                .stride(1, 1)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build(),
                        output()),
                layers(
                        "padded NHWC",
                        image,
                        CLASSES,
                        new ZeroPaddingLayer.Builder(1, 1)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build(),
                        output()),
                layers(
                        "cropped NHWC",
                        image,
                        CLASSES,
                        new Cropping2D.Builder(1, 1)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build(),
                        output()),
                layers(
                                "batch normalisation NHWC",
                                image,
                                CLASSES,
                                convolution().dataFormat(CNN2DFormat.NHWC).build(),
                                new BatchNormalization(),
                                output())
                        .withoutGradient(),
                layers(
                        "global pool NHWC",
                        image,
                        CLASSES,
                        convolution().dataFormat(CNN2DFormat.NHWC).build(),
                        new GlobalPoolingLayer(PoolingType.AVG),
                        output()));
    }
}
