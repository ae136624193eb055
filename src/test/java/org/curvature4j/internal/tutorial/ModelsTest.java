package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.training.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelsTest {
    private static final double TOLERANCE = 1e-14;

    @TempDir
    private Path folder;

    static Stream<String> allNames() {
        return Stream.concat(
                Models.names().stream(),
                Stream.concat(
                        Stream.of("mlp:3-2", "mlp:1-1-1-1", "mlp:5-16-7-3:sigmoid"),
                        Stream.of(Activation.values()).map(activation -> "mlp:4-6-2:" + activation.text())));
    }

    private static INDArray points(ModelGraph model, int count) {
        long width = model.sd().getVariable(model.input()).placeholderShape()[1];
        return RandomPoints.of(77, count, width).readRows(0, count);
    }

    private static INDArray output(ModelGraph model, INDArray points) {
        return model.sd().output(Map.of(model.input(), points), model.output()).get(model.output());
    }

    private static INDArray variable(ModelGraph model, String name) {
        return model.sd().getVariable(name).getArr();
    }

    @ParameterizedTest
    @MethodSource("allNames")
    void shapesAndTypes(String name) {
        ModelGraph model = Models.byName(name, 3);
        SDVariable input = model.sd().getVariable(model.input());

        assertThat(input.getVariableType()).isEqualTo(VariableType.PLACEHOLDER);
        assertThat(input.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(input.placeholderShape()[0]).isEqualTo(-1);
        assertThat(model.sd().getVariable(model.output()).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(model.description()).isNotBlank().doesNotContain("\n");
        for (int count : new int[] {1, 2, 7}) {
            INDArray result = output(model, points(model, count));
            assertThat(result.rank()).isEqualTo(2);
            assertThat(result.size(0)).isEqualTo(count);
            assertThat(result.isNaN().any()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("allNames")
    void examplesDoNotMix(String name) {
        ModelGraph model = Models.byName(name, 3);
        INDArray points = points(model, 5);
        INDArray together = output(model, points);

        for (int i = 0; i < 5; i++) {
            INDArray alone = output(model, points.getRow(i, true).dup());
            assertThat(alone.equalsWithEps(together.getRow(i, true).dup(), TOLERANCE))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("allNames")
    void graphsSurviveSavingAndLoading(String name) {
        ModelGraph model = Models.byName(name, 3);
        Path file = folder.resolve("model.fb");
        model.sd().save(file.toFile(), false);
        SameDiff loaded = SameDiff.load(file.toFile(), false);
        INDArray points = points(model, 4);

        INDArray result =
                loaded.output(Map.of(model.input(), points), model.output()).get(model.output());

        assertThat(result.equalsWithEps(output(model, points), 0)).isTrue();
        for (SDVariable variable : model.sd().variables()) {
            assertThat(loaded.getVariable(variable.name()).getVariableType()).isEqualTo(variable.getVariableType());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quadratic", "mlp:4-8-1"})
    void theSeedMakesTheParameters(String name) {
        INDArray points = points(Models.byName(name, 3), 2);
        INDArray first = output(Models.byName(name, 3), points);

        assertThat(output(Models.byName(name, 3), points).equalsWithEps(first, 0))
                .isTrue();
        assertThat(output(Models.byName(name, 4), points).equalsWithEps(first, 1e-3))
                .isFalse();
    }

    @Test
    void tanhLayer() {
        ModelGraph model = Models.byName("tanh", 0);
        INDArray y = output(model, Nd4j.createFromArray(new double[][] {{1.2, -0.8}, {0.3, 2.0}}));

        assertThat(y.reshape(4).toDoubleVector())
                .containsExactly(
                        new double[] {
                            Math.tanh(1.2 + 0.56 + 0.5),
                            Math.tanh(0.48 - 0.72 - 0.3),
                            Math.tanh(0.3 - 1.4 + 0.5),
                            Math.tanh(0.12 + 1.8 - 0.3)
                        },
                        within(TOLERANCE));
    }

    @Test
    void twoTwoOne() {
        ModelGraph model = Models.byName("two-two-one", 0);
        INDArray points = points(model, 6);
        INDArray y = output(model, points);

        for (int i = 0; i < 6; i++) {
            double[] t = points.getRow(i).toDoubleVector();
            double expected = t[6] * Math.tanh(t[0] * t[9] + t[1] * t[10] + t[4])
                    + t[7] * Math.tanh(t[2] * t[9] + t[3] * t[10] + t[5])
                    + t[8];
            assertThat(y.getDouble(i, 0)).isCloseTo(expected, within(TOLERANCE));
        }
    }

    @Test
    void exerciseFunctions() {
        ModelGraph chain = Models.byName("chain-rule", 0);
        ModelGraph quadratic = Models.byName("quadratic", 5);
        ModelGraph saddle = Models.byName("monkey-saddle", 0);
        INDArray a = variable(quadratic, "A");
        INDArray points = points(saddle, 6);
        INDArray h = output(chain, points);
        INDArray f = output(quadratic, points);
        INDArray g = output(saddle, points);

        assertThat(a.getDouble(0, 1)).isEqualTo(a.getDouble(1, 0));
        for (int i = 0; i < 6; i++) {
            double x = points.getDouble(i, 0);
            double y = points.getDouble(i, 1);
            assertThat(h.getDouble(i, 0)).isCloseTo(Math.tanh(0.7 * x - 1.2 * y), within(TOLERANCE));
            double form = a.getDouble(0, 0) * x * x + 2 * a.getDouble(0, 1) * x * y + a.getDouble(1, 1) * y * y;
            assertThat(f.getDouble(i, 0)).isCloseTo(form, within(TOLERANCE));
            assertThat(g.getDouble(i, 0)).isCloseTo(x * x * x - 3 * x * y * y, within(TOLERANCE));
        }
    }

    @Test
    void coefficientsOfTheChainRuleCanBeSet() {
        ModelGraph model = Models.byName("chain-rule", 0);
        model.sd().getVariable("a").setArray(Nd4j.scalar(2.0));
        model.sd().getVariable("b").setArray(Nd4j.scalar(0.5));

        assertThat(output(model, Nd4j.createFromArray(new double[][] {{0.1, 0.4}}))
                        .getDouble(0))
                .isCloseTo(Math.tanh(0.4), within(TOLERANCE));
    }

    @Test
    void parametersOfAnMlpAreTheSeedsNumbersInOrder() {
        ModelGraph model = Models.byName("mlp:4-8-1", 12);
        long seed = StandardNormal.otherSeed(12, 1);

        long index = 0;
        for (String name : new String[] {"W1", "b1", "W2", "b2"}) {
            INDArray values = variable(model, name);
            assertThat(model.sd().getVariable(name).getVariableType()).isEqualTo(VariableType.VARIABLE);
            for (double value : values.reshape(values.length()).toDoubleVector()) {
                assertThat(value).isEqualTo(StandardNormal.value(seed, index++));
            }
        }
        assertThat(index).isEqualTo(4 * 8 + 8 + 8 + 1);
        assertThat(variable(model, "W1").shape()).isEqualTo(new long[] {4, 8});
        assertThat(variable(model, "b2").shape()).isEqualTo(new long[] {1});
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void mlpByHand(Activation activation) {
        ModelGraph model = Nets.mlp(activation, 9, 3, 5, 2);
        INDArray points = points(model, 4);
        INDArray y = output(model, points);

        for (int row = 0; row < 4; row++) {
            for (int out = 0; out < 2; out++) {
                double expected = variable(model, "b2").getDouble(out);
                for (int unit = 0; unit < 5; unit++) {
                    double sum = variable(model, "b1").getDouble(unit);
                    for (int in = 0; in < 3; in++) {
                        sum += points.getDouble(row, in) * variable(model, "W1").getDouble(in, unit);
                    }
                    expected += byHand(activation, sum) * variable(model, "W2").getDouble(unit, out);
                }
                // ND4J has gelu's 1.702 as a float32 number.
                double tolerance = activation == Activation.GELU ? 1e-7 : 1e-13;
                assertThat(y.getDouble(row, out)).isCloseTo(expected, within(tolerance));
            }
        }
    }

    private static double byHand(Activation activation, double x) {
        return switch (activation) {
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case RELU -> Math.max(0, x);
            case ELU -> x > 0 ? x : Math.expm1(x);
            case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
            case GELU -> x / (1 + Math.exp(-1.702 * x));
            case SWISH -> x / (1 + Math.exp(-x));
            case SOFTPLUS -> Math.log1p(Math.exp(x));
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case SINE -> Math.sin(x);
        };
    }

    @Test
    void unknownNamesGetTheList() {
        assertThatThrownBy(() -> Models.byName("resnet", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "model: expected one of tanh, two-two-one, chain-rule, quadratic, monkey-saddle, rosenbrock,"
                                + " mlp:4-8-1 (any widths; an activation may follow, as in mlp:4-8-1:relu), got 'resnet'");
        assertThatThrownBy(() -> Models.byName("mlp:4-8-1:cubic", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("activation: expected one of tanh, sigmoid, relu")
                .hasMessageEndingWith("got 'cubic'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mlp:", "mlp:4", "mlp:4-0-1", "mlp:4--1", "mlp:4-x", "mlp:4-8-1:", "mlp:4-8:relu:2", "mlp:-4"})
    void widthsThatAreNone(String name) {
        assertThatThrownBy(() -> Models.byName(name, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsPattern("expected (two or more widths|one of tanh)");
        assertThatThrownBy(() -> Nets.mlp(Activation.TANH, 0, 4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mlp: expected two or more widths of at least 1, as in 4-8-1, got '4-0'");
    }

    @Test
    void impossiblyWideNetsAreRefusedBeforeTheyFillTheMemory() {
        assertThatThrownBy(() -> Models.byName("mlp:999999999-999999999-1", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mlp: expected at most 100,000,000 parameters, got 1,000,000,000,000,000,000");
    }
}
