package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arithmetic in the width of the file's whole numbers, as onnxruntime has it. */
class OnnxWholeNumbersTest {
    @TempDir
    private Path folder;

    private static OnnxModels model(String operator, long opset) {
        return new OnnxModels(operator, opset);
    }

    private static OnnxModels pair(String operator, DataType type, int x, int y) {
        return model(operator, 14).whole(type, new long[] {1}, x).whole(type, new long[] {1}, y);
    }

    static Stream<Arguments> wraps() {
        long[] three = {3};
        return Stream.of(
                Arguments.of(pair("Mul", DataType.INT32, 70_000, 70_000), 605_032_704),
                Arguments.of(pair("Add", DataType.INT32, Integer.MAX_VALUE, 1), Integer.MIN_VALUE),
                Arguments.of(pair("Add", DataType.UINT8, 200, 200), 144),
                Arguments.of(pair("Sub", DataType.UINT8, 3, 5), 254),
                Arguments.of(pair("Mul", DataType.INT8, 100, 3), 44),
                Arguments.of(pair("Add", DataType.INT16, 32_767, 2), -32_767),
                Arguments.of(model("Add", 14).integers(2_000_000_000).integers(2_000_000_000), 4e9),
                Arguments.of(pair("Div", DataType.INT32, -7, 2), -3),
                Arguments.of(model("Neg", 13).whole(DataType.INT8, new long[] {1}, -128), -128),
                Arguments.of(
                        model("CumSum", 14)
                                .whole(DataType.INT32, three, 2_000_000_000, 0, 2_000_000_000)
                                .integer(0),
                        -294_967_296),
                Arguments.of(
                        model("ReduceSum", 13).whole(DataType.INT32, three, 2_000_000_000, 2_000_000_000, 1),
                        -294_967_295));
    }

    /** The last number of the result. */
    private double last(OnnxModels model) throws IOException {
        Path file = Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
        double[] numbers = OnnxRunner.numbers(
                OnnxRunner.run(OnnxFile.load(file), List.of("y"), Map.of()).get(0));
        return numbers[numbers.length - 1];
    }

    @ParameterizedTest
    @MethodSource("wraps")
    void whatDoesntFitIsCutOff(OnnxModels model, double expected) throws IOException {
        assertThat(last(model)).isEqualTo(expected);
    }

    static Stream<OnnxModels> tooLarge() {
        long[] one = {1};
        return Stream.of(
                model("Mul", 14).integers(1L << 32).integers(1L << 32),
                model("Mul", 14).integers((1L << 30) + 1).integers((1L << 30) + 1),
                model("Add", 14).integers(Long.MAX_VALUE).integers(one, 1));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void whatFloat64DoesntHoldIsRefused(OnnxModels model) {
        assertThatThrownBy(() -> last(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected whole numbers up to 2^53 in size");
    }
}
