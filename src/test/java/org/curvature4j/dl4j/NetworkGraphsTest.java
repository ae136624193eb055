package org.curvature4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.curvature4j.dl4j.NetworkCase.EXAMPLES;
import static org.curvature4j.dl4j.NetworkCase.numbers;
import static org.curvature4j.dl4j.NetworkCase.output;

import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.TensorFunction;
import org.curvature4j.dl4j.NetworkCase.Labels;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Graphs of layers and vertices, penalties, names and refusals. */
class NetworkGraphsTest {

    @ParameterizedTest
    @MethodSource("graphs")
    void agreesWithDeeplearning4j(NetworkCase row) {
        NetworkChecks.check(row);
    }

    private static Layer dense(int units) {
        return new DenseLayer.Builder().nOut(units).activation(Activation.TANH).build();
    }

    private static INDArray labels() {
        return Labels.classes(EXAMPLES, 3).numbers();
    }

    /** Two inputs, a layer on each, a vertex on both. */
    private static NetworkCase joining(String name, GraphVertex vertex, INDArray... labels) {
        return NetworkCase.graph(
                name,
                () -> NetworkCase.builder()
                        .graphBuilder()
                        .addInputs("a", "b")
                        .setInputTypes(InputType.feedForward(4), InputType.feedForward(4))
                        .addLayer("left", dense(4), "a")
                        .addLayer("right", dense(4), "b")
                        .addVertex("both", vertex, "left", "right")
                        .addLayer("out", output(), "both")
                        .setOutputs("out")
                        .build(),
                new INDArray[] {numbers(1, EXAMPLES, 4), numbers(2, EXAMPLES, 4)},
                labels.length > 0 ? labels : new INDArray[] {labels()});
    }

    /** One input, a layer and a vertex on it. */
    private static NetworkCase following(String name, GraphVertex vertex) {
        return NetworkCase.graph(
                name,
                () -> NetworkCase.builder()
                        .graphBuilder()
                        .addInputs("in")
                        .setInputTypes(InputType.feedForward(4))
                        .addLayer("first", dense(6), "in")
                        .addVertex("then", vertex, "first")
                        .addLayer("out", output(), "then")
                        .setOutputs("out")
                        .build(),
                new INDArray[] {numbers(1, EXAMPLES, 4)},
                labels());
    }

    static Stream<NetworkCase> graphs() {
        Stream<NetworkCase> elementwise = Stream.of(ElementWiseVertex.Op.values())
                .map(op -> joining("elementwise " + op, new ElementWiseVertex(op)));
        return Stream.concat(
                elementwise,
                Stream.of(
                        joining("merged", new MergeVertex()),
                        joining("distance", new L2Vertex()),
                        joining(
                                        "stacked",
                                        new StackVertex(),
                                        Labels.classes(2 * EXAMPLES, 3).numbers())
                                .withoutGradient(), // divided by stacked examples
                        following("scaled", new ScaleVertex(1.7)),
                        following("shifted", new ShiftVertex(0.3)),
                        following("normalised", new L2NormalizeVertex()),
                        following("part", new SubsetVertex(1, 3)),
                        following("reshaped", new ReshapeVertex(-1, 6)),
                        unstacked(),
                        sequences(),
                        twoOutputs()));
    }

    private static NetworkCase unstacked() {
        return NetworkCase.graph(
                "unstacked",
                () -> NetworkCase.builder()
                        .graphBuilder()
                        .addInputs("a", "b")
                        .setInputTypes(InputType.feedForward(4), InputType.feedForward(4))
                        .addVertex("stack", new StackVertex(), "a", "b")
                        .addLayer("shared", dense(4), "stack")
                        .addVertex("first", new UnstackVertex(0, 2), "shared")
                        .addVertex("second", new UnstackVertex(1, 2), "shared")
                        .addVertex(
                                "difference", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), "first", "second")
                        .addLayer("out", output(), "difference")
                        .setOutputs("out")
                        .build(),
                new INDArray[] {numbers(1, EXAMPLES, 4), numbers(2, EXAMPLES, 4)},
                labels());
    }

    private static NetworkCase sequences() {
        return NetworkCase.graph(
                "last step, duplicated",
                () -> NetworkCase.builder()
                        .graphBuilder()
                        .addInputs("in")
                        .setInputTypes(InputType.recurrent(2, 4))
                        .addLayer(
                                "first",
                                new LSTM.Builder()
                                        .nOut(3)
                                        .activation(Activation.TANH)
                                        .build(),
                                "in")
                        .addVertex("last", new LastTimeStepVertex("in"), "first")
                        .addVertex("again", new DuplicateToTimeSeriesVertex("in"), "last")
                        .addLayer(
                                "second",
                                new LSTM.Builder()
                                        .nOut(3)
                                        .activation(Activation.TANH)
                                        .build(),
                                "again")
                        .addLayer(
                                "out",
                                new RnnOutputLayer.Builder(LossFunction.MSE)
                                        .nOut(2)
                                        .activation(Activation.IDENTITY)
                                        .build(),
                                "second")
                        .setOutputs("out")
                        .build(),
                new INDArray[] {numbers(1, EXAMPLES, 2, 4)},
                numbers(5, EXAMPLES, 2, 4));
    }

    private static NetworkCase twoOutputs() {
        return NetworkCase.graph(
                "two outputs",
                () -> NetworkCase.builder()
                        .graphBuilder()
                        .addInputs("in")
                        .setInputTypes(InputType.feedForward(4))
                        .addLayer("shared", dense(5), "in")
                        .addLayer("classes", output(), "shared")
                        .addLayer(
                                "numbers",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .nOut(2)
                                        .activation(Activation.TANH)
                                        .build(),
                                "shared")
                        .setOutputs("classes", "numbers")
                        .build(),
                new INDArray[] {numbers(1, EXAMPLES, 4)},
                labels(),
                numbers(5, EXAMPLES, 2));
    }

    private static MultiLayerNetwork penalised() {
        return (MultiLayerNetwork) NetworkCase.filled(new MultiLayerNetwork(NetworkCase.builder()
                .l1(0.03)
                .l2(0.2)
                .l1Bias(0.01)
                .list()
                .layer(dense(3))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .weightDecay(0.1)
                        .build())
                .setInputType(InputType.feedForward(3))
                .build()));
    }

    @Test
    void scoresHavePenalties() {
        MultiLayerNetwork net = penalised();
        INDArray[] inputs = {numbers(1, EXAMPLES, 3)};
        INDArray[] labels = {numbers(2, EXAMPLES, 2)};
        SameDiff graph = Dl4jNetwork.graph(net);
        double ours = NetworkChecks.run(graph, List.of("loss"), NetworkChecks.feeds(graph, inputs, labels), List.of())
                .get(0)
                .getDouble(0);
        assertThat(Math.abs(ours - NetworkChecks.score(net, inputs, labels))).isLessThan(1e-12);
    }

    /** Central differences of Deeplearning4j's gradients. */
    @Test
    void hessiansAreDifferencesOfDeeplearning4jsGradients() {
        MultiLayerNetwork net = (MultiLayerNetwork) NetworkCase.network(InputType.feedForward(3), dense(3), output());
        INDArray[] inputs = {numbers(1, EXAMPLES, 3)};
        INDArray[] labels = {labels()};
        SameDiff graph = Dl4jNetwork.graph(net);
        INDArray hessian = TensorFunction.builder(graph)
                .output("loss")
                .withRespectTo("0_W")
                .feed("input", inputs[0])
                .feed("labels", labels[0])
                .build()
                .hessian()
                .values(net.getParam("0_W").dup('c').reshape(1, 9));
        double step = 1e-5;
        INDArray weights = net.getParam("0_W");
        for (int i = 0; i < 9; i++) {
            double before = weights.getDouble(i / 3, i % 3);
            weights.putScalar(i / 3, i % 3, before + step);
            INDArray above =
                    NetworkChecks.gradient(net, inputs, labels).get("0_W").dup('c');
            weights.putScalar(i / 3, i % 3, before - step);
            INDArray below =
                    NetworkChecks.gradient(net, inputs, labels).get("0_W").dup('c');
            weights.putScalar(i / 3, i % 3, before);
            for (int j = 0; j < 9; j++) {
                double difference = (above.getDouble(j / 3, j % 3) - below.getDouble(j / 3, j % 3)) / (2 * step);
                assertThat(Math.abs(hessian.getDouble(0, i, j) - difference)).isLessThan(1e-8);
            }
        }
    }

    @Test
    void namesThatAreTakenGetNumbers() {
        ComputationGraphConfiguration configuration = NetworkCase.builder()
                .graphBuilder()
                .addInputs("labels")
                .setInputTypes(InputType.feedForward(4))
                .addLayer("loss", dense(5), "labels")
                .addLayer("penalty", output(), "loss")
                .setOutputs("penalty")
                .build();
        Model net = NetworkCase.filled(new ComputationGraph(configuration));
        SameDiff graph = NetworkChecks.graph(net);
        assertThat(graph.inputs()).containsExactly("labels", "labels2");
        assertThat(graph.getLossVariables()).containsExactly("loss2");
    }

    @Test
    void refusesByName() {
        assertThatThrownBy(() ->
                        Dl4jNetwork.graph(new MultiLayerNetwork(penalised().getLayerWiseConfigurations())))
                .hasMessage("network: expected one with parameters, got none (call init() first)");
        Model center = NetworkCase.network(
                InputType.feedForward(3),
                dense(3),
                new CenterLossOutputLayer.Builder().nOut(2).build());
        assertThatThrownBy(() -> NetworkChecks.graph(center))
                .hasMessageContaining("layer 'layer1': expected a layer of docs/models.md, got CenterLossOutputLayer")
                .hasMessageContaining("more than a sum over rows");
        Model shapeless = NetworkCase.filled(new MultiLayerNetwork(NetworkCase.builder()
                .list()
                .layer(new ActivationLayer(Activation.TANH))
                .build()));
        assertThatThrownBy(() -> NetworkChecks.graph(shapeless)).hasMessageContaining("input 'input': expected layers");
        assertThat(Dl4jNetwork.graph((MultiLayerNetwork) shapeless, InputType.feedForward(4))
                        .outputs())
                .containsExactly("layer0");
    }

    @Test
    void whatBecomesOfANetworkLaterDoesNotChangeItsGraph() {
        MultiLayerNetwork net = penalised();
        SameDiff graph = Dl4jNetwork.graph(net);
        double before = graph.getVariable("0_W").getArr().getDouble(0, 0);
        net.params().muli(2);
        assertThat(graph.getVariable("0_W").getArr().getDouble(0, 0)).isEqualTo(before);
    }
}
