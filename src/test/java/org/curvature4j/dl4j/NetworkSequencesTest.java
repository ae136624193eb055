package org.curvature4j.dl4j;

import static org.curvature4j.dl4j.NetworkCase.EXAMPLES;
import static org.curvature4j.dl4j.NetworkCase.layers;
import static org.curvature4j.dl4j.NetworkCase.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.dl4j.NetworkCase.Labels;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers of sequences and volumes, against Deeplearning4j itself. */
@SuppressWarnings("deprecation") // saved networks have Graves' layers
class NetworkSequencesTest {
    private static final Labels CLASSES = Labels.classes(EXAMPLES, 3);
    private static final Labels STEPS = Labels.classes(EXAMPLES, 3, 4);

    @ParameterizedTest
    @MethodSource({"recurrent", "sequences", "volumes"})
    void agreesWithDeeplearning4j(NetworkCase row) {
        NetworkChecks.check(row);
    }

    private static Layer steps() {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static LSTM lstm() {
        return new LSTM.Builder()
                .nOut(3)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.TANH)
                .build();
    }

    static Stream<NetworkCase> recurrent() {
        InputType type = InputType.recurrent(2, 4);
        InputType last = InputType.recurrent(2, 4, RNNFormat.NWC);
        List<NetworkCase> rows = new ArrayList<>(List.of(
                layers("lstm", type, STEPS, lstm(), steps()),
                layers(
                                "lstm of hard gates",
                                type,
                                STEPS,
                                new LSTM.Builder()
                                        .nOut(3)
                                        .activation(Activation.SOFTSIGN)
                                        .gateActivationFunction(Activation.HARDSIGMOID)
                                        .build(),
                                steps())
                        .within(1e-7),
                layers("lstm NWC", last, new Labels(true, 2, EXAMPLES, 4, 3), lstm(), steps()),
                layers(
                        "peepholes",
                        type,
                        STEPS,
                        new GravesLSTM.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        steps()),
                layers(
                        "peepholes both ways",
                        type,
                        STEPS,
                        new GravesBidirectionalLSTM.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        steps()),
                layers(
                        "simple",
                        type,
                        STEPS,
                        new SimpleRnn.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        steps()),
                layers("last step", type, CLASSES, new LastTimeStep(lstm()), output()),
                layers(
                        "dense between steps",
                        type,
                        STEPS,
                        lstm(),
                        new DenseLayer.Builder()
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build(),
                        lstm(),
                        steps()),
                layers(
                        "each step",
                        type,
                        STEPS,
                        new TimeDistributed(new DenseLayer.Builder()
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build()),
                        steps()),
                layers(
                        "loss of steps",
                        type,
                        STEPS,
                        lstm(),
                        new RnnLossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .build()),
                layers(
                        "repeated",
                        InputType.feedForward(2),
                        STEPS,
                        new RepeatVector.Builder<>(4).build(),
                        lstm(),
                        steps())));
        for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
            rows.add(layers("both ways " + mode, type, STEPS, new Bidirectional(mode, lstm()), steps()));
        }
        for (PoolingType pool : PoolingType.values()) {
            rows.add(layers(
                    "global pool of steps " + pool,
                    type,
                    CLASSES,
                    lstm(),
                    new GlobalPoolingLayer.Builder(pool).pnorm(2).build(),
                    output()));
        }
        return rows.stream();
    }

    static Stream<NetworkCase> sequences() {
        InputType type = InputType.recurrent(2, 6);
        GlobalPoolingLayer all = new GlobalPoolingLayer(PoolingType.SUM);
        List<NetworkCase> rows = new ArrayList<>();
        for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same, ConvolutionMode.Causal)) {
            rows.add(layers(
                    "convolution of steps " + mode,
                    type,
                    CLASSES,
                    new Convolution1DLayer.Builder(2)
                            .nOut(3)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build(),
                    all,
                    output()));
        }
        for (PoolingType pool : List.of(PoolingType.MAX, PoolingType.AVG)) {
            rows.add(layers(
                    "pool of steps " + pool,
                    type,
                    CLASSES,
                    new Convolution1DLayer.Builder(2)
                            .nOut(3)
                            .activation(Activation.TANH)
                            .build(),
                    new Subsampling1DLayer.Builder(pool).kernelSize(2).stride(2).build(),
                    all,
                    output()));
        }
        rows.add(layers("enlarged steps", type, CLASSES, new Upsampling1D.Builder(2).build(), lstm(), all, output()));
        rows.add(layers(
                "padded steps", type, CLASSES, new ZeroPadding1DLayer.Builder(1, 2).build(), lstm(), all, output()));
        rows.add(layers("cropped steps", type, CLASSES, new Cropping1D.Builder(1, 2).build(), lstm(), all, output()));
        rows.add(layers(
                        "embedding",
                        InputType.feedForward(5),
                        CLASSES,
                        new EmbeddingLayer.Builder()
                                .nIn(5)
                                .nOut(4)
                                .hasBias(true)
                                .activation(Activation.TANH)
                                .build(),
                        output())
                .given(Nd4j.create(new double[][] {{3}, {0}, {3}})));
        rows.add(layers(
                        "embedded steps",
                        InputType.recurrent(5, 4),
                        CLASSES,
                        new EmbeddingSequenceLayer.Builder()
                                .nIn(5)
                                .nOut(2)
                                .inputLength(4)
                                .build(),
                        lstm(),
                        all,
                        output())
                .given(Nd4j.create(new double[][] {{3, 1, 1, 0}, {0, 4, 2, 2}, {3, 3, 3, 3}})));
        return rows.stream();
    }

    private static Layer poolOfVolumes(PoolingType type) {
        return new Subsampling3DLayer.Builder(type)
                .kernelSize(2, 2, 2)
                .stride(1, 1, 1)
                .dataFormat(Convolution3D.DataFormat.NCDHW)
                .build();
    }

    static Stream<NetworkCase> volumes() {
        InputType type = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 3, 3, 2);
        Convolution3D convolution = new Convolution3D.Builder(2, 2, 2)
                .nOut(2)
                .dataFormat(Convolution3D.DataFormat.NCDHW)
                .activation(Activation.TANH)
                .build();
        return Stream.of(
                layers("volumes", type, CLASSES, convolution, output()),
                layers(
                        "volumes SAME",
                        type,
                        CLASSES,
                        new Convolution3D.Builder(2, 2, 2)
                                .nOut(2)
                                .stride(2, 1, 1)
                                .convolutionMode(ConvolutionMode.Same)
                                .dataFormat(Convolution3D.DataFormat.NCDHW)
                                .activation(Activation.TANH)
                                .build(),
                        output()),
                layers(
                        "transposed volumes",
                        type,
                        CLASSES,
                        new Deconvolution3D.Builder()
                                .kernelSize(2, 2, 2)
                                .stride(1, 1, 1)
                                .nOut(2)
                                .dataFormat(Convolution3D.DataFormat.NCDHW)
                                .activation(Activation.TANH)
                                .build(),
                        output()),
                layers("pool of volumes", type, CLASSES, convolution, poolOfVolumes(PoolingType.MAX), output()),
                layers("mean of volumes", type, CLASSES, convolution, poolOfVolumes(PoolingType.AVG), output()),
                layers(
                        "enlarged volumes",
                        type,
                        CLASSES,
                        convolution,
                        new Upsampling3D.Builder(2)
                                .dataFormat(Convolution3D.DataFormat.NCDHW)
                                .build(),
                        new GlobalPoolingLayer(PoolingType.AVG),
                        output()),
                layers(
                        "padded volumes",
                        type,
                        CLASSES,
                        new ZeroPadding3DLayer.Builder(1, 0, 1).build(),
                        convolution,
                        new GlobalPoolingLayer(PoolingType.AVG),
                        output()),
                layers(
                                "cropped volumes",
                                type,
                                CLASSES,
                                new Cropping3D.Builder(0, 1, 0).build(),
                                new GlobalPoolingLayer(PoolingType.AVG),
                                output())
                        // Its training fails at a check of workspaces.
                        .withoutGradient(),
                layers(
                        "loss of voxels",
                        type,
                        Labels.classes(EXAMPLES, 2, 2, 2, 2),
                        new Convolution3D.Builder(2, 2, 2)
                                .nOut(2)
                                .dataFormat(Convolution3D.DataFormat.NCDHW)
                                .activation(Activation.IDENTITY)
                                .build(),
                        new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                                .lossFunction(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .build()));
    }
}
