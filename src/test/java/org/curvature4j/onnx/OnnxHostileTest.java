package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models that ask for more than there is, contradict themselves, or try to write to a terminal. */
class OnnxHostileTest {
    @TempDir
    private Path folder;

    private Path write(ModelProto model) throws IOException {
        return Files.write(folder.resolve("m.onnx"), model.toByteArray());
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(new OnnxModels("ConstantOfShape", 13).integers(100_000, 100_000), "a shape of at most"),
                Arguments.of(new OnnxModels("ConstantOfShape", 13).integers(-1), "a shape of at most"),
                Arguments.of(new OnnxModels("Expand", 13).input(2).integers(100_000, 100_000, 2), "a shape of at most"),
                Arguments.of(new OnnxModels("Tanh", 13).input(-2), "sizes of 0 or more"),
                Arguments.of(new OnnxModels("Tanh", 13).input(2).input(2), "at most 1 inputs"),
                Arguments.of(new OnnxModels("Add", 13).input(2), "an input number 2"),
                Arguments.of(new OnnxModels("Add", 13).input(2).constant(new long[] {0}), "sizes equal or 1"),
                Arguments.of(
                        new OnnxModels("LeakyRelu", 13)
                                .input(2)
                                .with("alpha", 0.1f)
                                .with("alpha", 0.1f),
                        "each attribute once"),
                Arguments.of(new OnnxModels("LeakyRelu", 13).input(2).with("alpha", 1), "alpha of type FLOAT, got INT"),
                Arguments.of(new OnnxModels("Cast", 13).input(2).with("to", 99), "got number 99"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInWords(OnnxModels model, String words) throws IOException {
        Path file = write(model.build());
        assertThatThrownBy(() -> {
                    SameDiff graph = OnnxFile.load(file);
                    Map<String, INDArray> inputs = new LinkedHashMap<>();
                    for (int i = 0; i < model.shapes().size(); i++) {
                        inputs.put(
                                "x" + i,
                                Nd4j.zeros(DataType.DOUBLE, model.shapes().get(i)));
                    }
                    OnnxRunner.run(graph, List.of("y"), inputs);
                })
                .isInstanceOfAny(IllegalArgumentException.class, DataFileException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {TensorProto.DataType.BOOL_VALUE, TensorProto.DataType.INT64_VALUE, 1, 10, 11})
    void comparesDeclaredNumbersWithTheFilesBeforeItTakesMemory(int type) throws IOException {
        TensorProto.Builder huge =
                TensorProto.newBuilder().setName("W").setDataType(type).addDims(2_000_000_000);
        ModelProto.Builder model = new OnnxModels("Tanh", 13).input(2).build().toBuilder();
        model.getGraphBuilder().addInitializer(huge);
        Path file = write(model.build());
        assertThatThrownBy(() -> OnnxFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("tensor 'W': expected 2000000000 numbers, as its shape says, got 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x0", "y", "k0"})
    void refusesANameThatIsGivenTwice(String name) throws IOException {
        ModelProto.Builder model =
                new OnnxModels("Add", 13).input(2).constant(new long[] {2}, 1, 2).build().toBuilder();
        model.getGraphBuilder()
                .addNode(NodeProto.newBuilder().setOpType("Tanh").addInput("x0").addOutput(name));
        Path file = write(model.build());
        assertThatThrownBy(() -> OnnxFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("node '" + name + "': expected a name that nothing else has");
    }

    @Test
    void refusesToSqueezeMoreThanOneElement() throws IOException {
        SameDiff graph = OnnxFile.load(
                write(new OnnxModels("Squeeze", 13).input(3, 2).integers(1).build()));
        assertThatThrownBy(() -> TensorFunction.of(graph, "y", "x0"))
                .hasMessageContaining("expected axes of size 1 to leave out, got axes [1]");
    }

    @Test
    void refusesAnArrayThatDoublesForEver() throws IOException {
        GraphProto.Builder graph = new OnnxModels("Tanh", 13).input(2).build().getGraph().toBuilder();
        String last = "y";
        for (int i = 0; i < 80; i++) {
            graph.addNode(NodeProto.newBuilder()
                    .setOpType("Add")
                    .addInput(last)
                    .addInput(last)
                    .addOutput("a" + i));
            graph.addNode(NodeProto.newBuilder()
                    .setOpType("Concat")
                    .addInput("a" + i)
                    .addInput("a" + i)
                    .addOutput("t" + i)
                    .addAttribute(onnx.Onnx.AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(onnx.Onnx.AttributeProto.AttributeType.INT)));
            last = "t" + i;
        }
        graph.clearOutput().addOutput(ValueInfoProto.newBuilder().setName(last));
        ModelProto model = new OnnxModels("Tanh", 13)
                .input(2).build().toBuilder().setGraph(graph).build();
        SameDiff loaded = OnnxFile.load(write(model));
        assertThatThrownBy(() -> TensorFunction.of(loaded, "t79", "x0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an array of at most 2147483647 numbers");
    }

    @Test
    void namesCantWriteToTheTerminal() throws IOException {
        ModelProto.Builder model = new OnnxModels("Tanh", 13).input(2).build().toBuilder();
        model.getGraphBuilder().getNodeBuilder(0).setOutput(0, "y\u001b[2J\nall fine");
        model.getGraphBuilder().getOutputBuilder(0).setName("y\u001b[2J\nall fine");
        assertThat(OnnxFile.load(write(model.build())).hasVariable("y\\u001b[2J\\u000aall fine"))
                .isTrue();
    }

    /** Quadratic work takes minutes here. */
    @Test
    void readsManyNodes() throws IOException {
        GraphProto.Builder graph = new OnnxModels("Tanh", 13).input(2).build().getGraph().toBuilder();
        String last = "y";
        for (int i = 0; i < 4_000; i++) {
            graph.addNode(
                    NodeProto.newBuilder().setOpType("Tanh").addInput(last).addOutput("t" + i));
            last = "t" + i;
        }
        graph.clearOutput().addOutput(ValueInfoProto.newBuilder().setName(last));
        Path file = write(new OnnxModels("Tanh", 13)
                .input(2).build().toBuilder().setGraph(graph).build());
        SameDiff loaded = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> OnnxFile.load(file));
        assertThat(loaded.getOps()).hasSize(4_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/onnx/mlp_tanh.ts13.onnx", "/onnx/mlp_tanh.dynamo.onnx"})
    void survivesBytesChangedLeftOutAndPutIn(String name) throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(
                Objects.requireNonNull(OnnxHostileTest.class.getResource(name)).toURI()));
        Random random = new Random(7);
        for (int i = 0; i < whole.length; i += Math.max(1, whole.length / 150)) {
            byte[] changed = whole.clone();
            changed[i] = (byte) ~changed[i];
            loadsOrExplains(changed);
            byte[] shorter = new byte[whole.length - 1];
            System.arraycopy(whole, 0, shorter, 0, i);
            System.arraycopy(whole, i + 1, shorter, i, shorter.length - i);
            loadsOrExplains(shorter);
            byte[] longer = new byte[whole.length + 1];
            System.arraycopy(whole, 0, longer, 0, i);
            longer[i] = (byte) random.nextInt();
            System.arraycopy(whole, i, longer, i + 1, whole.length - i);
            loadsOrExplains(longer);
        }
    }

    private void loadsOrExplains(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("damaged.onnx"), bytes);
        try {
            assertThat(OnnxFile.load(file)).isNotNull();
        } catch (DataFileException e) {
            assertThat(e).hasMessageStartingWith(file + ": ");
        }
    }
}
