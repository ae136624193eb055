package org.curvature4j.dl4j;

import static org.curvature4j.dl4j.NetworkCase.EXAMPLES;
import static org.curvature4j.dl4j.NetworkCase.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.dl4j.NetworkCase.Labels;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/** Losses and activation functions, against Deeplearning4j itself. */
class NetworkLossesTest {
    private static final InputType FIVE = InputType.feedForward(5);
    private static final Labels VALUES = Labels.values(EXAMPLES, 3);
    private static final Labels CLASSES = Labels.classes(EXAMPLES, 3);

    @ParameterizedTest
    @MethodSource({"losses", "activations"})
    void agreesWithDeeplearning4j(NetworkCase row) {
        NetworkChecks.check(row);
    }

    private static NetworkCase loss(ILossFunction loss, Activation activation, Labels labels) {
        String name = loss + " of " + activation;
        return layers(
                name,
                FIVE,
                labels,
                dense(Activation.TANH.getActivationFunction()),
                new OutputLayer.Builder(loss).nOut(3).activation(activation).build());
    }

    private static Layer dense(IActivation activation) {
        return new DenseLayer.Builder().nOut(4).activation(activation).build();
    }

    private static INDArray weights() {
        return Nd4j.createFromArray(0.5, 2.0, 1.5);
    }

    static Stream<NetworkCase> losses() {
        List<NetworkCase> rows = new ArrayList<>(List.of(
                loss(new LossMCXENT(), Activation.SOFTMAX, CLASSES),
                loss(new LossMCXENT(weights()), Activation.SOFTMAX, CLASSES),
                loss(new LossNegativeLogLikelihood(), Activation.SOFTMAX, CLASSES),
                loss(new LossBinaryXENT(), Activation.SIGMOID, CLASSES),
                loss(new LossBinaryXENT(weights()), Activation.SIGMOID, CLASSES),
                loss(new LossPoisson(), Activation.SOFTPLUS, CLASSES),
                loss(new LossKLD(), Activation.SOFTMAX, CLASSES),
                loss(new LossMSLE(), Activation.SIGMOID, CLASSES),
                loss(new LossMAPE(), Activation.TANH, CLASSES)));
        for (ILossFunction loss : List.of(
                new LossMSE(),
                new LossL2(),
                new LossL2(weights()),
                new LossL1(),
                new LossMAE(),
                new LossHinge(),
                new LossSquaredHinge(),
                new LossCosineProximity(),
                new LossWasserstein())) {
            rows.add(loss(loss, Activation.IDENTITY, VALUES));
            rows.add(loss(loss, Activation.TANH, VALUES));
        }
        NetworkCase sparse = loss(new LossSparseMCXENT(), Activation.SOFTMAX, CLASSES);
        rows.add(new NetworkCase(
                sparse.name(),
                sparse.net(),
                sparse.inputs(),
                () -> new INDArray[] {Nd4j.create(new double[][] {{2}, {0}, {2}})},
                NetworkCase.EXACT,
                true));
        return rows.stream();
    }

    private static NetworkCase activation(IActivation activation) {
        return layers(
                activation.toString(),
                FIVE,
                VALUES,
                dense(activation),
                new OutputLayer.Builder(new LossMSE())
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build());
    }

    static Stream<NetworkCase> activations() {
        List<NetworkCase> rows = new ArrayList<>();
        for (Activation each : List.of(
                Activation.CUBE,
                Activation.ELU,
                Activation.HARDTANH,
                Activation.IDENTITY,
                Activation.MISH,
                Activation.RECTIFIEDTANH,
                Activation.RELU,
                Activation.RELU6,
                Activation.SELU,
                Activation.SIGMOID,
                Activation.SOFTMAX,
                Activation.SOFTPLUS,
                Activation.SOFTSIGN,
                Activation.SWISH,
                Activation.TANH)) {
            rows.add(activation(each.getActivationFunction()));
        }
        // Its derivative there is that of alpha 1.
        rows.add(activation(new ActivationELU(0.3)).withoutGradient());
        // Slopes of single precision in gradients.
        rows.add(activation(new ActivationLReLU()).within(1e-9));
        rows.add(activation(new ActivationLReLU(0.3)).within(1e-8));
        rows.add(activation(new ActivationReLU(0.4, null, 0.2)).within(1e-9));
        rows.add(activation(new ActivationThresholdedReLU(0.2)));
        // Constants of 8 digits in ND4J's kernels, and the slope of a random rectifier.
        rows.add(activation(Activation.HARDSIGMOID.getActivationFunction()).within(1e-7));
        rows.add(activation(Activation.GELU.getActivationFunction()).within(1e-7));
        rows.add(activation(Activation.RATIONALTANH.getActivationFunction()).within(1e-6));
        rows.add(activation(Activation.RRELU.getActivationFunction()).withoutGradient());
        return rows.stream();
    }
}
