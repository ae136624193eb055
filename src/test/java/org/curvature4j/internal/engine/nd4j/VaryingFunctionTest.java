package org.curvature4j.internal.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.TensorFunction;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Elementwise;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

class VaryingFunctionTest {

    /** A loss over data, the value of the placeholder "x", in variables: its Hessian times a direction. */
    private record Net(SameDiff sd, INDArray x, List<String> parameters) {
        /** Inputs: point, x, direction. */
        Graph product() {
            Map<String, Shape> inputs = new LinkedHashMap<>();
            parameters.forEach(name ->
                    inputs.put(name, Shape.of(sd.getVariable(name).getArr().shape())));
            inputs.put("x", Shape.of(x.shape()));
            Graph loss = SameDiffImport.graph(sd, List.of("loss"), inputs, ImportRules.standard());
            return Simplifier.simplify(Derivatives.hessianVectorProduct(Flatten.of(loss, parameters.size())));
        }

        TensorFunction loss() {
            return TensorFunction.builder(sd)
                    .output("loss")
                    .withRespectTo(parameters.toArray(String[]::new))
                    .feed("x", x)
                    .build();
        }

        /** The product by the plan of the whole graph. */
        double[] expected(double[] direction) {
            TensorFunction loss = loss();
            INDArray product = loss.hessianVectorProduct()
                    .call(loss.point(), HostArray.copyOf(direction, DataType.DOUBLE, direction.length));
            return product.toDoubleVector();
        }

        VaryingFunction varying(int threads) {
            return VaryingFunction.of(product(), 2, List.of(loss().point(), x), threads);
        }

        int size() {
            return (int) loss().inputSize();
        }
    }

    private static double[] normal(long seed, int count) {
        Random random = new Random(seed);
        return random.doubles(count).map(any -> random.nextGaussian()).toArray();
    }

    private static INDArray array(long seed, double scale, long... shape) {
        double[] numbers = normal(seed, (int) Shape.of(shape).size());
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= scale;
        }
        return HostArray.copyOf(numbers, DataType.DOUBLE, shape);
    }

    private static SDVariable labels(SameDiff sd, int rows, int classes) {
        double[] one = new double[rows * classes];
        for (int row = 0; row < rows; row++) {
            one[row * classes + row * 7 % classes] = 1;
        }
        return sd.constant("labels", HostArray.copyOf(one, DataType.DOUBLE, rows, classes));
    }

    /** A classifier with two hidden tanh layers. */
    private static Net classifier(int rows, int width, int hidden, int classes) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, rows, width);
        int[] widths = {width, hidden, hidden + 3, classes};
        SDVariable h = x;
        List<String> parameters = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            SDVariable weights = sd.var("W" + i, array(i, 1 / Math.sqrt(widths[i - 1]), widths[i], widths[i - 1]));
            SDVariable bias = sd.var("b" + i, array(10 + i, 0.1, widths[i]));
            SDVariable sums = sd.mmul(h, weights, false, true, false).add(bias);
            h = i + 1 < widths.length ? sd.math().tanh(sums) : sums;
            parameters.addAll(List.of("W" + i, "b" + i));
        }
        sd.loss().softmaxCrossEntropy("loss", labels(sd, rows, classes), h, null);
        return new Net(sd, array(20, 1, rows, width), parameters);
    }

    private static Net convolution() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 5, 2, 8, 8);
        SDVariable filters = sd.var("filters", array(1, 0.3, 3, 3, 2, 4));
        SDVariable bias = sd.var("bias", array(2, 0.1, 4));
        Conv2DConfig convolution =
                Conv2DConfig.builder().kH(3).kW(3).sH(1).sW(1).build();
        SDVariable maps = sd.math().tanh(sd.cnn().conv2d(x, filters, bias, convolution));
        Pooling2DConfig pooling =
                Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).build();
        SDVariable pooled = sd.cnn().maxPooling2d(maps, pooling).reshape(5, 36);
        SDVariable logits = pooled.mmul(sd.var("W", array(3, 0.2, 36, 3)));
        sd.loss().softmaxCrossEntropy("loss", labels(sd, 5, 3), logits, null);
        return new Net(sd, array(20, 1, 5, 2, 8, 8), List.of("filters", "bias", "W"));
    }

    private static Net normalized() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 9, 6);
        SDVariable hidden = sd.nn()
                .layerNorm(
                        x.mmul(sd.var("W", array(1, 0.5, 6, 7))),
                        sd.var("gain", array(2, 1, 7)),
                        sd.var("offset", array(3, 0.2, 7)),
                        false,
                        1);
        SDVariable output = sd.nn().gelu(hidden).mmul(sd.var("V", array(4, 0.5, 7, 2)));
        output.mul(output).mean("loss");
        return new Net(sd, array(20, 1, 9, 6), List.of("W", "gain", "offset", "V"));
    }

    private static Stream<Arguments> nets() {
        return Stream.of(
                Arguments.of("tanh classifier", classifier(7, 5, 6, 3)),
                Arguments.of("tanh classifier, cut into panels", classifier(150, 90, 301, 4)),
                Arguments.of("convolution and pooling", convolution()),
                Arguments.of("layer norm and gelu", normalized()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void agreesWithTheWholeGraphForAnyNumberOfThreads(String name, Net net) {
        int size = net.size();

        double[] first = new double[size];
        for (int threads = 1; threads <= 3; threads++) {
            try (VaryingFunction function = net.varying(threads)) {
                double[] result = new double[size];
                for (int seed = 31; seed < 33; seed++) {
                    double[] direction = normal(seed, size);
                    function.evaluate(direction, result);

                    assertThat(direction).isEqualTo(normal(seed, size));
                    assertClose(result, net.expected(direction));
                }
                first = threads == 1 ? result : first;
                assertThat(result).isEqualTo(first);
            }
        }
    }

    private static void assertClose(double[] result, double[] expected) {
        double norm = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            norm = Math.max(norm, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(result[i] - expected[i]));
        }
        assertThat(norm).isPositive();
        assertThat(error).isLessThanOrEqualTo(1e-12 * norm);
    }

    @Test
    void computesWhatDoesntDependOnTheDirectionOnce() {
        Graph product = classifier(7, 5, 6, 3).product();
        TensorProgram program = TensorProgram.of(product, 2);
        Operation tanh = new Operation.Scalar(Elementwise.TANH);
        assertThat(program.seldom().stream().map(Instruction::operation).filter(tanh::equals))
                .hasSize(2);
        assertThat(program.each().stream().map(Instruction::operation)).doesNotContain(tanh);
        List<Slot> made = new ArrayList<>(List.of(program.inputs().get(2)));
        for (Instruction instruction : program.each()) {
            assertThat(instruction.inputs()).anyMatch(input -> made.contains(input.root()));
            made.add(instruction.output().root());
        }
    }

    @Test
    void takesNewValuesOfTheOtherInputs() {
        Net net = classifier(7, 5, 6, 3);
        INDArray point = net.loss().point();
        INDArray moved = point.add(0.1);
        INDArray otherRows = array(50, 1, 7, 5);
        double[] direction = normal(33, net.size());
        double[] fed = new double[net.size()];
        double[] made = new double[net.size()];
        double[] back = new double[net.size()];
        try (VaryingFunction function = net.varying(2);
                VaryingFunction other = VaryingFunction.of(net.product(), 2, List.of(moved, otherRows), 2)) {
            double[] before = new double[net.size()];
            function.evaluate(direction, before);
            function.feed(List.of(moved, otherRows));
            function.evaluate(direction, fed);
            other.evaluate(direction, made);
            assertThat(fed).containsExactly(made).isNotEqualTo(before);
            function.feed(List.of(point, net.x()));
            function.evaluate(direction, back);
            assertThat(back).containsExactly(before);
        }
    }

    @Test
    void tellsTheMemoryThatItTakes() {
        Net net = classifier(7, 5, 6, 3);
        try (VaryingFunction function = net.varying(1)) {
            long least = 8L * (3L * net.size() + 7 * 5);
            assertThat(function.bytes())
                    .isEqualTo(VaryingFunction.bytes(net.product(), 2))
                    .isBetween(least, 100 * least);
        }
    }

    @Test
    void refusesArraysOfOtherSizes() {
        Net net = classifier(7, 5, 6, 3);
        int size = net.size();
        VaryingFunction function = net.varying(1);
        assertThatThrownBy(() -> function.evaluate(new double[size - 1], new double[size]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vector: expected " + size + " numbers, got " + (size - 1));
        assertThatThrownBy(() -> function.evaluate(new double[size], new double[size + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("result: expected " + size + " numbers, got " + (size + 1));
        assertThatThrownBy(() -> function.feed(List.of(net.x())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("feeds: expected 2 values");
        assertThatThrownBy(() -> function.feed(List.of(net.loss().point(), array(1, 1, 5, 7))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("feed 1: expected float64[7, 5]");
        function.close();
        function.close();
        assertThatThrownBy(() -> function.evaluate(new double[size], new double[size]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
