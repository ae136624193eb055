package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.reflect.Array;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import org.curvature4j.DerivativeCheck;
import org.curvature4j.TensorFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every operator against ONNX Runtime, in float64 where that has a kernel for it, else in float32. */
class OnnxOperatorsTest {

    static Stream<OnnxModels> models() {
        return OnnxCases.all().stream();
    }

    @Test
    void everyOperatorHasACase() {
        assertThat(models().flatMap(model -> Stream.of(model.operator(), model.title()))
                        .collect(Collectors.toSet()))
                .containsAll(OnnxRules.names());
    }

    @ParameterizedTest
    @MethodSource("models")
    void computesWhatOnnxRuntimeComputes(OnnxModels model) throws OrtException {
        List<double[]> inputs = draw(model);
        double[] expected = model.results();
        double tolerance = model.tolerance();
        try {
            expected = expected == null ? run(model.build(), model, inputs, false) : expected;
        } catch (OrtException e) {
            assertThat(e).hasMessageMatching("(?s).*(NOT_IMPLEMENTED|INVALID_GRAPH|Type Error|not support double).*");
            expected = run(model.narrow(), model, inputs, true);
            tolerance = Math.max(tolerance, 2e-5);
        }
        SameDiff graph = new OnnxGraph(model.build(), new OnnxData(null), Quantized.REFUSED).read();
        assertThat(evaluate(graph, model, inputs)).containsExactly(expected, within(tolerance));
    }

    static Stream<OnnxModels> fused() {
        return OnnxMicrosoftCases.all().stream()
                .filter(model -> model.results() == null && !model.shapes().isEmpty());
    }

    /** Of operators that are made of many: where one is held constant that isn't, values don't tell. */
    @ParameterizedTest
    @MethodSource("fused")
    void hasTheDerivativesOfItsValues(OnnxModels model) {
        SameDiff graph = new OnnxGraph(model.build(), new OnnxData(null), Quantized.REFUSED).read();
        if (graph.getVariable("y").dataType().isFPType()) {
            String[] names = IntStream.range(0, model.shapes().size())
                    .mapToObj(i -> "x" + i)
                    .toArray(String[]::new);
            double[] point =
                    draw(model).stream().flatMapToDouble(Arrays::stream).toArray();
            DerivativeCheck.of(TensorFunction.of(graph, "y", names))
                    .at(Nd4j.createFromArray(point).reshape(1, point.length))
                    .toOrder(2)
                    .require();
        }
    }

    private static List<double[]> draw(OnnxModels model) {
        Random random = new Random(3);
        return model.shapes().stream()
                .map(shape ->
                        random.doubles(size(shape), model.low(), model.high()).toArray())
                .toList();
    }

    private static long size(long... shape) {
        long size = 1;
        for (long axis : shape) {
            size *= axis;
        }
        return size;
    }

    private static double[] evaluate(SameDiff graph, OnnxModels model, List<double[]> inputs) {
        Map<String, INDArray> placeholders = new HashMap<>();
        List<INDArray> parts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            INDArray flat = Nd4j.createFromArray(inputs.get(i));
            placeholders.put("x" + i, flat.reshape(model.shapes().get(i)));
            parts.add(flat);
        }
        if (inputs.isEmpty() || !graph.getVariable("y").dataType().isFPType()) {
            return OnnxRunner.numbers(
                    OnnxRunner.run(graph, List.of("y"), placeholders).get(0));
        }
        INDArray point = Nd4j.concat(0, parts.toArray(INDArray[]::new));
        TensorFunction function = TensorFunction.of(
                graph, "y", placeholders.keySet().stream().sorted().toArray(String[]::new));
        return function.values(point.reshape(1, point.length())).dup('c').data().asDouble();
    }

    private static double[] run(ModelProto proto, OnnxModels model, List<double[]> inputs, boolean narrow)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try (OrtSession session = environment.createSession(proto.toByteArray())) {
            for (int i = 0; i < inputs.size(); i++) {
                long[] shape = model.shapes().get(i);
                tensors.put(
                        "x" + i,
                        narrow
                                ? OnnxTensor.createTensor(environment, single(inputs.get(i)), shape)
                                : OnnxTensor.createTensor(environment, DoubleBuffer.wrap(inputs.get(i)), shape));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                OnnxValue value = result.get(0);
                List<Double> numbers = new ArrayList<>();
                flatten(value.getValue(), numbers);
                return numbers.stream().mapToDouble(number -> number).toArray();
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static FloatBuffer single(double[] numbers) {
        FloatBuffer buffer = FloatBuffer.allocate(numbers.length);
        for (double number : numbers) {
            buffer.put((float) number);
        }
        return buffer.flip();
    }

    private static void flatten(Object value, List<Double> into) {
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                flatten(Array.get(value, i), into);
            }
        } else if (value instanceof Boolean flag) {
            into.add(flag ? 1.0 : 0.0);
        } else {
            into.add(((Number) value).doubleValue());
        }
    }
}
