package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small models of which people got wrong numbers once: indices and conditions that are fed, integers, files that ask for much. */
class OnnxFeedsTest {
    private static SameDiff load(String name) {
        try {
            return OnnxFile.load(Path.of(
                    Objects.requireNonNull(OnnxFeedsTest.class.getResource("/onnx/cases/" + name + ".onnx"), name)
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TensorFunction function(String name, Map<String, INDArray> feeds) {
        FunctionBuilder builder = TensorFunction.builder(load(name)).output("y").withRespectTo("x");
        feeds.forEach(builder::feed);
        return builder.build();
    }

    private static double[] diagonal(TensorFunction function, double... point) {
        INDArray jacobian = function.jacobian().call(Nd4j.createFromArray(point));
        return IntStream.range(0, point.length)
                .mapToDouble(i -> jacobian.getDouble(i, i))
                .toArray();
    }

    static Stream<Arguments> derivatives() {
        INDArray two = Nd4j.createFromArray(-1.0, -2, -3);
        INDArray conditions = Nd4j.createFromArray(true, false, true);
        return Stream.of(
                Arguments.of(
                        "where", Map.of("c", conditions, "z", two), new double[] {1, 2, 3}, new double[] {1, 0, 1}),
                Arguments.of("pow", Map.of("p", Nd4j.createFromArray(2L, 3, 2)), new double[] {2, 3, 4}, new double[] {
                    4, 27, 8
                }),
                Arguments.of(
                        "greater", Map.of("z", Nd4j.createFromArray(0.0, 5, 0)), new double[] {1, 2, 3}, new double[3]),
                Arguments.of("argmax_int", Map.of(), new double[] {1, 2}, new double[] {2, 2}),
                Arguments.of("cast_idx", Map.of(), new double[] {1.5, 3}, new double[] {20, 40}),
                Arguments.of("int_out", Map.of(), new double[] {1.5, 3}, new double[2]));
    }

    @ParameterizedTest
    @MethodSource("derivatives")
    void derivativesOfWhatIsFedWithAnyElementType(
            String name, Map<String, INDArray> feeds, double[] point, double[] expected) {
        assertThat(diagonal(function(name, feeds), point)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"'1,4,2', '2,3,8,9,4,5'", "'-1,4,2', '8,9,8,9,4,5'"})
    void embeddingsOfFedIds(String ids, String expected) {
        long[] chosen = Stream.of(ids.split(",")).mapToLong(Long::parseLong).toArray();
        double[] right =
                Stream.of(expected.split(",")).mapToDouble(Double::parseDouble).toArray();
        for (DataType type : new DataType[] {DataType.INT64, DataType.INT32}) {
            INDArray fed = Nd4j.createFromArray(chosen).castTo(type);
            assertThat(diagonal(function("embed", Map.of("ids", fed)), 1, 1, 1, 1, 1, 1))
                    .containsExactly(right);
        }
    }

    @Test
    void refusesAnIdThatNoRowHas() {
        Map<String, INDArray> feeds = Map.of("ids", Nd4j.createFromArray(7L, 4, 2));
        assertThatThrownBy(() -> diagonal(function("embed", feeds), 1, 1, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an index from -5 to 4, got 7");
    }

    @ParameterizedTest
    @CsvSource({"And, '-1,-1,-1,1,-1,1'", "Or, '1,-1,1,1,1,1'", "Xor, '1,-1,1,-1,1,-1'"})
    void logicOfABroadcastConditionAndAMask(String name, String expected) {
        double[] right =
                Stream.of(expected.split(",")).mapToDouble(Double::parseDouble).toArray();
        INDArray jacobian = function(name, Map.of()).jacobian().call(Nd4j.createFromArray(-1.0, 3));
        assertThat(OnnxRunner.numbers(jacobian.sum(1))).containsExactly(right);
    }

    @Test
    void theLowerBoundOfAClipComesFirst() {
        assertThat(OnnxRunner.numbers(function("clip", Map.of()).call(Nd4j.createFromArray(0.5, 1.5, 3))))
                .containsExactly(1, 1, 1);
    }

    /** These took 1.4 GB a worker once. */
    @ParameterizedTest
    @CsvSource({"maxpool_plain", "maxpool_dilated"})
    void longWindowsTakeLittle(String name) {
        TensorFunction function = function(name, Map.of());
        INDArray point =
                Nd4j.createFromArray(IntStream.range(0, 2_000).asDoubleStream().toArray());
        INDArray gradient = function.vjp().call(point, Nd4j.ones(DataType.DOUBLE, function.outputSize()));
        assertThat(gradient.sumNumber().doubleValue()).isEqualTo((double) function.outputSize());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dropout_train | expected training_mode 0, got 1",
                "bigshape2 | expected sizes that an array can have",
                "bomb | expected an array of at most 2147483647 numbers",
                "convd | expected a shape of at most",
                "cos | expected a shape of at most",
                "cos2 | expected a shape of at most",
                "dupattr | expected each attribute once, got 'alpha' twice",
                "dupname | expected a name that nothing else has",
                "emptyinit | expected operands of equal rank with sizes equal or 1",
                "hugeb | expected 2000000000 numbers, as its shape says, got 0",
                "squeeze | expected axes of size 1 to leave out"
            })
    void refusesAtOnceAndInWords(String name, String words) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> function(name, Map.of())).hasMessageContaining(words));
    }

    @ParameterizedTest
    @CsvSource({"esc", "nl"})
    void namesAreShownAsTheyCanBe(String name) {
        assertThat(load(name).getVariables().keySet()).isNotEmpty().allMatch(variable -> variable.chars()
                .noneMatch(c -> c < ' ' || c == 127));
    }

    /** Some exporters write -1 where others leave the size out. */
    @Test
    void aSizeOfMinusOneIsOpen() {
        SameDiff graph = new OnnxGraph(
                        new OnnxModels("Tanh", 13).input(-1, 2).build(), new OnnxData(null), Quantized.REFUSED)
                .read();
        TensorFunction function = TensorFunction.of(graph, "y", "x0");
        assertThat(function.values(Nd4j.zeros(DataType.DOUBLE, 3, 2)).shape()).containsExactly(3, 2);
    }

    @Test
    void namesAnUnknownOperatorInsideABranchWithTheReason() {
        NodeProto.Builder random =
                NodeProto.newBuilder().setOpType("RandomNormal").addOutput("r");
        AttributeProto.Builder body = AttributeProto.newBuilder()
                .setName("then_branch")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(GraphProto.newBuilder()
                        .setName("then")
                        .addNode(random)
                        .addOutput(ValueInfoProto.newBuilder().setName("r")));
        GraphProto.Builder graph = new OnnxModels("Tanh", 13).input(2).build().getGraph().toBuilder();
        graph.addInitializer(TensorProto.newBuilder()
                .setName("c")
                .setDataType(TensorProto.DataType.BOOL_VALUE)
                .addInt32Data(1));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("If")
                .addInput("c")
                .addOutput("z")
                .addAttribute(body)
                .addAttribute(body.clone().setName("else_branch")));
        ModelProto model = new OnnxModels("Tanh", 13)
                .input(2).build().toBuilder().setGraph(graph).build();
        SameDiff read = new OnnxGraph(model, new OnnxData(null), Quantized.REFUSED).read();
        assertThatThrownBy(() -> TensorFunction.of(read, "z", "x0"))
                .hasMessageContaining("got RandomNormal (random: it gives another value at every run");
    }
}
