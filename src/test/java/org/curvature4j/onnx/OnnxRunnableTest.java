package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.curvature4j.TensorFunction;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.samediff.SameDiffExport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A model that was loaded, in SameDiff's own hands. */
class OnnxRunnableTest {
    @TempDir
    private Path folder;

    /** One of each operator. */
    static Stream<OnnxModels> models() {
        Map<String, OnnxModels> first = new LinkedHashMap<>();
        OnnxCases.all().forEach(model -> first.putIfAbsent(model.title(), model));
        return first.values().stream();
    }

    private static SameDiff net() {
        return OnnxFile.load(resource("/onnx/mlp_relu_softmax.ts13.onnx"));
    }

    private static Path resource(String name) {
        return Path.of(
                Objects.requireNonNull(OnnxRunnableTest.class.getResource(name)).getPath());
    }

    private static INDArray numbers(OnnxModels model, int input) {
        Shape shape = Shape.of(model.shapes().get(input));
        double[] values = new Random(input)
                .doubles(shape.size(), model.low(), model.high())
                .toArray();
        return Nd4j.createFromArray(values).reshape(shape.toArray());
    }

    @ParameterizedTest
    @MethodSource("models")
    void runsByOperationsOfSameDiffsOwn(OnnxModels model) {
        SameDiff graph = new OnnxGraph(model.build(), new OnnxData(null), Quantized.REFUSED).read();
        Map<String, INDArray> feeds = new HashMap<>();
        for (int i = 0; i < model.shapes().size(); i++) {
            feeds.put("x" + i, numbers(model, i));
        }
        INDArray expected = OnnxRunner.run(graph, List.of("y"), feeds).get(0);
        INDArray found = SameDiffExport.runnable(graph, Map.of(), List.of("y")).outputSingle(feeds, "y");
        assertThat(found.shape()).isEqualTo(expected.shape());
        assertThat(OnnxRunner.numbers(found)).containsExactly(OnnxRunner.numbers(expected), within(1e-12));
    }

    @Test
    void isSavedAndRunByPlainSameDiff() {
        SameDiff net = net();
        SameDiff plain = SameDiffExport.runnable(net, Map.of("x", Shape.of(2, 3)), net.outputs());
        Path file = folder.resolve("plain.fb");
        plain.save(file.toFile(), false);
        INDArray x = Nd4j.createFromArray(new double[][] {{0.1, 0.2, -0.3}, {-1, 0, 2}});
        INDArray found = SameDiff.load(file.toFile(), false).outputSingle(Map.of("x", x), "y");
        assertThat(found.shape()).containsExactly(2, 4);
        assertThat(HostArray.numbers("y", found))
                .containsExactly(
                        HostArray.numbers("y", TensorFunction.of(net, "y", "x").values(x)), within(1e-15));
    }

    @Test
    void wantsTheSizesThatAreOpen() {
        SameDiff net = net();
        assertThatThrownBy(() -> SameDiffExport.runnable(net, Map.of(), net.outputs()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shapes: expected one for 'x', whose sizes are [-1, 3] (-1 is open), got none");
        assertThatThrownBy(() -> SameDiffExport.runnable(net, Map.of("x", Shape.of(2, 6)), net.outputs()))
                .hasMessage("input 'x': expected shape [-1, 3] (-1 is any size), got [2, 6]");
    }

    /** Whatever SameDiff is asked for, it says what to ask for instead; a file isn't begun. */
    @Test
    void saysWhatSameDiffCantDoWithItsNodes() {
        Path file = folder.resolve("nodes.fb");
        Map<String, INDArray> feeds = Map.of("x", Nd4j.ones(DataType.DOUBLE, 2, 3));
        Map<String, Consumer<SameDiff>> requests = Map.of(
                "output", net -> net.output(feeds, "y"),
                "eval", net -> net.getVariable("y").eval(feeds),
                "save", net -> net.save(file.toFile(), true),
                "dup", SameDiff::dup,
                "asFlatBuffers", net -> net.asFlatBuffers(false),
                "invokeGraphOn", net -> net.invokeGraphOn(SameDiff.create()),
                "calculateGradients", net -> net.calculateGradients(feeds, weights(net)),
                "fit", OnnxRunnableTest::fit);
        requests.forEach((name, request) -> assertThatThrownBy(() -> request.accept(net()))
                .as(name)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("Gemm -> ")
                .hasMessageContaining(": expected an operation of SameDiff's own, got a node of an ONNX model")
                .hasMessageContaining("SameDiffExport.runnable(graph, shapes, outputs)"));
        assertThat(file).doesNotExist();
        assertThat(net().summary()).contains("node0(Gemm)");
        assertThat(net().outputs()).containsExactly("y");
    }

    private static List<String> weights(SameDiff net) {
        net.setLossVariables("y");
        return net.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                .map(SDVariable::name)
                .toList();
    }

    private static void fit(SameDiff net) {
        net.setLossVariables("y");
        net.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("x")
                .markLabelsUnused()
                .build());
        net.fit(new MultiDataSet(Nd4j.ones(DataType.DOUBLE, 2, 3), null));
    }
}
