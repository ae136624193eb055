package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx.TensorProto.DataType;
import org.curvature4j.DerivativeMode;
import org.curvature4j.TensorFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** What an operator doesn't choose reaches neither its value nor its derivatives, be it infinite or no number. */
class OnnxUnchosenTest {

    /**
     * @param inputs the numbers of all of them
     * @param unchosen which of these isn't chosen
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(OnnxModels model, double[] inputs, int unchosen) {
        @Override
        public String toString() {
            return model.operator() + " without element " + unchosen;
        }
    }

    private static double[] numbers(int count, double... then) {
        return DoubleStream.concat(IntStream.range(0, count).mapToDouble(i -> 0.7 - 0.1 * i), Arrays.stream(then))
                .toArray();
    }

    private static Case of(OnnxModels model, double[] inputs, int unchosen) {
        return new Case(model, inputs, unchosen);
    }

    private static OnnxModels model(String operator, long opset) {
        return new OnnxModels(operator, opset);
    }

    static Stream<Case> cases() {
        return Stream.of(
                of(model("Gather", 13).input(4, 2).whole(3), numbers(8, 0, 3, -2), 3),
                of(model("Gather", 13).input(4, 2).whole(3).with("axis", 1L), numbers(8, 0, 0, 0), 3),
                of(model("GatherElements", 13).input(2, 3).whole(2, 2).with("axis", 1L), numbers(6, 0, 2, 1, 1), 1),
                of(model("GatherND", 13).input(2, 2, 2).whole(1, 2), numbers(8, 1, 0), 2),
                of(model("GatherND", 13).input(2, 2, 2).whole(2, 1, 1).with("batch_dims", 1L), numbers(8, 1, 0), 0),
                // What is written over.
                of(model("ScatterElements", 18).input(3, 2).whole(1, 2).input(1, 2), numbers(6, 2, 0, 5, 6), 1),
                of(model("ScatterND", 18).input(3, 2).whole(1, 1).input(1, 2), numbers(6, 1, 5, 6), 2),
                // Of two updates of one place, the first.
                of(
                        model("ScatterElements", 18).input(3, 2).whole(2, 2).input(2, 2),
                        numbers(6, 2, 0, 2, 1, 5, 6, 7, 8),
                        10),
                of(
                        model("MaxUnpool", 11)
                                .input(1, 1, 2, 1)
                                .whole(1, 1, 2, 1)
                                .list("kernel_shape", 2L, 1L),
                        numbers(2, 1, 1),
                        0),
                of(model("GridSample", 20).input(1, 1, 3, 3).input(1, 1, 2, 2), numbers(9, -0.6, -0.5, 0.2, -0.6), 7),
                of(
                        model("GridSample", 20)
                                .input(1, 1, 3, 3)
                                .input(1, 1, 2, 2)
                                .with("mode", "nearest"),
                        numbers(9, -0.6, -0.5, 0.2, -0.6),
                        7),
                of(
                        model("DeformConv", 19)
                                .input(1, 1, 4, 4)
                                .constant(new long[] {1, 1, 1, 1}, 2)
                                .input(1, 2, 1, 1)
                                .list("strides", 4L, 4L),
                        numbers(16, 0.3, 0.4),
                        11),
                of(
                        model("RoiAlign", 16)
                                .input(1, 1, 6, 6)
                                .constant(new long[] {1, 4}, 0, 0, 2, 2)
                                .integers(0)
                                .with("sampling_ratio", 2L),
                        numbers(36),
                        35),
                of(
                        model("Resize", 13)
                                .input(1, 1, 1, 3)
                                .skipped()
                                .skipped()
                                .integers(1, 1, 1, 2)
                                .with("mode", "linear")
                                .with("coordinate_transformation_mode", "align_corners"),
                        numbers(3),
                        1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reachesNothing(Case test) {
        TensorFunction function = function(test.model);
        for (TensorFunction each :
                Stream.concat(Stream.of(function), jacobians(function)).toList()) {
            double[] expected = at(each, test.inputs);
            for (double value : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN}) {
                double[] inputs = test.inputs.clone();
                inputs[test.unchosen] = value;
                assertThat(at(each, inputs)).as("at %s", value).containsExactly(expected);
            }
        }
    }

    private static TensorFunction function(OnnxModels model) {
        String[] names =
                IntStream.range(0, model.shapes().size()).mapToObj(i -> "x" + i).toArray(String[]::new);
        return TensorFunction.of(
                new OnnxGraph(model.build(), new OnnxData(null), Quantized.REFUSED).read(), "y", names);
    }

    private static Stream<TensorFunction> jacobians(TensorFunction function) {
        return Stream.of(DerivativeMode.values()).map(function::jacobian);
    }

    /** At 0 a root has an infinite derivative, and below no value. */
    @Test
    void aBranchThatIsNotTakenReachesNothing() {
        TensorFunction function = function(model("If", 13)
                .captured(2)
                .truth()
                .with("then_branch", new OnnxBodies().node("Sqrt", "x0", "root").output(DataType.DOUBLE, "root"))
                .with(
                        "else_branch",
                        new OnnxBodies().node("Mul", "x0", "x0", "square").output(DataType.DOUBLE, "square")));
        double[] point = {0, -3};
        assertThat(at(function, point)).containsExactly(0, 9);
        assertThat(jacobians(function)).allSatisfy(jacobian -> {
            assertThat(withoutSigns(at(jacobian, point))).containsExactly(0, 0, 0, -6);
            assertThat(jacobians(jacobian)).allSatisfy(second -> assertThat(withoutSigns(at(second, point)))
                    .containsExactly(2, 0, 0, 0, 0, 0, 0, 2));
        });
    }

    /** Of zeros the sign doesn't matter. */
    private static double[] withoutSigns(double... numbers) {
        return Arrays.stream(numbers).map(number -> number + 0.0).toArray();
    }

    @Test
    void whatIsNoNumberIsLargerThanAllNumbers() {
        double[] point = {2, Double.NaN, -1, Double.POSITIVE_INFINITY, Double.NaN};
        for (long largest : new long[] {1, 0}) {
            OnnxModels values =
                    model("TopK", 11).outputs(2).input(5).integers(5).with("largest", largest);
            OnnxModels places = model("TopK", 11)
                    .outputs(2)
                    .looksAt(1)
                    .input(5)
                    .integers(5)
                    .with("largest", largest)
                    .then(OnnxModels.cast(DataType.DOUBLE), "middle");
            double[] ascending = {-1, 2, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN};
            double[] descending = {Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, 2, -1};
            assertThat(at(function(values), point)).containsExactly(largest == 1 ? descending : ascending);
            assertThat(at(function(places), point))
                    .containsExactly(largest == 1 ? new double[] {1, 4, 3, 0, 2} : new double[] {2, 0, 3, 1, 4});
        }
    }

    private static double[] at(TensorFunction function, double[] point) {
        return OnnxRunner.numbers(function.values(Nd4j.createFromArray(point).reshape(1, point.length)));
    }
}
