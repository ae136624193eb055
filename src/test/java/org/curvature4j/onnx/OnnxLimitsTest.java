package org.curvature4j.onnx;

import java.util.stream.Stream;
import org.curvature4j.samediff.LimitChecks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The activations of ONNX far out and at infinity: value and derivatives are the limits. */
class OnnxLimitsTest {
    private static final double[] ZERO = {0, 0};
    private static final double[] ONE = {1, 0};
    private static final double[] MINUS_ONE = {-1, 0};
    private static final double[] SAME = {0, 1};
    private static final double ALPHA = 1.6732631921768188;
    private static final double GAMMA = 1.0507010221481323;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(OnnxModels model, double[] left, double[] right, boolean products) {
        @Override
        public String toString() {
            return model.operator();
        }
    }

    private static Case of(OnnxModels model, double[] left, double[] right) {
        return new Case(model, left, right, false);
    }

    private static OnnxModels model(String operator, long opset) {
        return new OnnxModels(operator, opset).input(1);
    }

    static Stream<Case> activations() {
        return Stream.of(
                of(model("Relu", 14), ZERO, SAME),
                of(model("LeakyRelu", 16), new double[] {0, 0.01}, SAME),
                of(model("Sigmoid", 13), ZERO, ONE),
                of(model("Softplus", 13), ZERO, SAME),
                of(model("Softsign", 13), MINUS_ONE, ONE),
                of(model("Elu", 13), MINUS_ONE, SAME),
                of(model("Elu", 13).with("alpha", 0.75f), new double[] {-0.75, 0}, SAME),
                of(model("Celu", 12), MINUS_ONE, SAME),
                of(model("Celu", 12).with("alpha", 0.75f), new double[] {-0.75, 0}, SAME),
                of(model("Selu", 13), new double[] {-ALPHA * GAMMA, 0}, new double[] {0, GAMMA}),
                of(model("HardSigmoid", 13), ZERO, ONE),
                of(model("HardSwish", 14), ZERO, SAME),
                of(model("ThresholdedRelu", 10), ZERO, SAME),
                of(model("PRelu", 16).constant(new long[] {1}, 0.25), new double[] {0, 0.25}, SAME),
                of(
                        model("Clip", 13).constant(new long[0], -2).constant(new long[0], 3),
                        new double[] {-2, 0},
                        new double[] {3, 0}),
                new Case(model("Mish", 18), ZERO, SAME, true),
                new Case(model("Gelu", 20), ZERO, SAME, true),
                new Case(model("Gelu", 20).with("approximate", "tanh"), ZERO, SAME, true));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void tendsToItsLimits(Case activation) {
        double[] sizes = activation.products()
                ? new double[] {1e20, 1e80}
                : new double[] {1e20, 1e80, 1e300, Double.POSITIVE_INFINITY};
        LimitChecks.check(
                activation.toString(),
                new OnnxGraph(activation.model().build(), new OnnxData(null), Quantized.REFUSED).read(),
                "y",
                "x0",
                activation.left(),
                activation.right(),
                sizes);
    }
}
