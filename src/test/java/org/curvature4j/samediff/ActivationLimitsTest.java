package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;
import org.nd4j.linalg.factory.Nd4j;

/** Every activation far out and at infinity: value and derivatives are the limits. */
class ActivationLimitsTest {
    private static final double SELU = 1.0507009873554805;
    private static final double[] ZERO = {0, 0};
    private static final double[] ONE = {1, 0};
    private static final double[] MINUS_ONE = {-1, 0};
    private static final double[] SAME = {0, 1};

    /** What stands for a function that isn't one of a single number, or is a derivative of one that is here. */
    private static final Set<String> OTHERS = Set.of(
            "crelu",
            "softmax",
            "log_softmax",
            "hardtanhderivative",
            "softsignderivative",
            "leakyreluderivative",
            "sigmoid_bp",
            "softmax_bp");

    /**
     * @param products whether it is x times a gate that vanishes: at infinity itself 0 * infinity is no number, as in JAX
     *     and PyTorch
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(
            String name,
            BiFunction<SameDiff, SDVariable, SDVariable> build,
            double[] left,
            double[] right,
            boolean products) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(
            String name, BiFunction<SameDiff, SDVariable, SDVariable> build, double[] left, double[] right) {
        return new Case(name, build, left, right, false);
    }

    static Stream<Case> activations() {
        double[] rational = {1.7159, 0};
        return Stream.of(
                of("relu", (sd, x) -> sd.nn.relu(x, 0), ZERO, SAME),
                of("relu6", (sd, x) -> sd.nn.relu6(x, 0), ZERO, new double[] {6, 0}),
                of("leakyrelu", (sd, x) -> sd.nn.leakyRelu(x, 0.1), new double[] {0, 0.1}, SAME),
                of("prelu", (sd, x) -> slopes(sd, x), new double[] {0, 0.25}, SAME),
                of("thresholdedrelu", ActivationLimitsTest::thresholded, ZERO, SAME),
                of("sigmoid", (sd, x) -> sd.nn.sigmoid(x), ZERO, ONE),
                of("logsigmoid", (sd, x) -> sd.nn.logSigmoid(x), SAME, ZERO),
                of("softplus", (sd, x) -> sd.nn.softplus(x), ZERO, SAME),
                of("softsign", (sd, x) -> sd.nn.softsign(x), MINUS_ONE, ONE),
                of("hard_sigmoid", (sd, x) -> sd.nn.hardSigmoid(x), ZERO, ONE),
                of("hardtanh", (sd, x) -> sd.nn.hardTanh(x), MINUS_ONE, ONE),
                of("rational_tanh", (sd, x) -> sd.math.rationalTanh(x), new double[] {-1.7159, 0}, rational),
                of("rectified_tanh", (sd, x) -> sd.math.rectifiedTanh(x), ZERO, ONE),
                of("elu", (sd, x) -> sd.nn.elu(x), MINUS_ONE, SAME),
                of("selu", (sd, x) -> sd.nn.selu(x), new double[] {-1.6732632423543772 * SELU, 0}, new double[] {0, SELU
                }),
                new Case("gelu", (sd, x) -> sd.nn.gelu(x), ZERO, SAME, true),
                new Case("precise_gelu", (sd, x) -> sd.nn.preciseGelu(x), ZERO, SAME, true),
                new Case("swish", (sd, x) -> sd.nn.swish(x), ZERO, SAME, true),
                new Case("mish", (sd, x) -> new Mish(sd, x, false).outputVariable(), ZERO, SAME, true));
    }

    private static SDVariable slopes(SameDiff sd, SDVariable x) {
        SDVariable row = sd.reshape(x, 1, 1);
        return sd.reshape(sd.nn.prelu(row, sd.constant(Nd4j.createFromArray(0.25)), 0), 1);
    }

    private static SDVariable thresholded(SameDiff sd, SDVariable x) {
        return new org.nd4j.linalg.api.ops.impl.transforms.custom.ThresholdRelu(sd, x, false, 1.0).outputVariable();
    }

    @Test
    void everyActivationHasACase() {
        Set<String> missing = new TreeSet<>();
        ImportRules.standard().entries().stream()
                .filter(entry -> entry.family().equals("Activations"))
                .forEach(entry -> missing.add(entry.op()));
        missing.removeAll(OTHERS);
        missing.removeAll(activations().map(Case::name).toList());
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void tendsToItsLimits(Case activation) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 1);
        activation.build().apply(sd, x).rename("f");
        double[] sizes = activation.products()
                ? new double[] {1e20, 1e80, 1e300}
                : new double[] {1e20, 1e80, 1e300, Double.POSITIVE_INFINITY};
        LimitChecks.check(activation.name(), sd, "f", "x", activation.left(), activation.right(), sizes);
    }
}
