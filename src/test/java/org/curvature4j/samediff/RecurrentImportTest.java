package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.DerivativeCheck;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.SameDiffFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMActivations;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDataFormat;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDirectionMode;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.GRUWeights;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights;
import org.nd4j.linalg.factory.Nd4j;

/** Recurrent layers against ND4J's values and against loops of plain Java, and their derivatives. */
class RecurrentImportTest {
    private static final int STEPS = 3;
    private static final int BATCH = 2;
    private static final int FEATURES = 2;
    private static final int UNITS = 2;

    @TempDir
    private Path folder;

    private final Random random = new Random(3);

    private SDVariable variable(SameDiff sd, String name, long... dims) {
        int size = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        return sd.var(name, Nd4j.create(random.doubles(size, -1, 1).toArray(), dims, 'c'));
    }

    private record Layer(LSTMDirectionMode direction, LSTMDataFormat format, boolean states, LSTMActivations cell) {}

    static Stream<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (LSTMDirectionMode direction : LSTMDirectionMode.values()) {
            for (LSTMDataFormat format : LSTMDataFormat.values()) {
                boolean extra = direction == LSTMDirectionMode.BIDIR_EXTRA_DIM;
                // What ND4J itself computes.
                if (format == LSTMDataFormat.TNS || (format == LSTMDataFormat.T2NS) == extra) {
                    layers.add(new Layer(direction, format, format == LSTMDataFormat.TNS, LSTMActivations.TANH));
                }
            }
        }
        layers.add(new Layer(LSTMDirectionMode.FWD, LSTMDataFormat.NTS, false, LSTMActivations.SOFTPLUS));
        layers.add(new Layer(LSTMDirectionMode.FWD, LSTMDataFormat.NTS, false, LSTMActivations.RELU));
        return layers.stream();
    }

    private SDVariable[] lstm(SameDiff sd, Layer layer) {
        boolean both = layer.direction().name().startsWith("BIDIR");
        long[] sequence =
                switch (layer.format()) {
                    case NTS -> new long[] {BATCH, STEPS, FEATURES};
                    case NST -> new long[] {BATCH, FEATURES, STEPS};
                    default -> new long[] {STEPS, BATCH, FEATURES};
                };
        SDVariable x = variable(sd, "x", sequence);
        LSTMLayerWeights weights = LSTMLayerWeights.builder()
                .weights(sided(sd, "w", both, FEATURES, 4 * UNITS))
                .rWeights(sided(sd, "r", both, UNITS, 4 * UNITS))
                .bias(sided(sd, "b", both, 4 * UNITS))
                .peepholeWeights(layer.states() ? sided(sd, "p", both, 3 * UNITS) : null)
                .build();
        LSTMLayerConfig config = LSTMLayerConfig.builder()
                .lstmdataformat(layer.format())
                .directionMode(layer.direction())
                .gateAct(LSTMActivations.SIGMOID)
                .cellAct(layer.cell())
                .outAct(LSTMActivations.TANH)
                .retFullSequence(true)
                .retLastH(true)
                .retLastC(true)
                .build();
        return layer.states()
                ? sd.rnn.lstmLayer(
                        x,
                        sided(sd, "c0", both, BATCH, UNITS),
                        sided(sd, "h0", both, BATCH, UNITS),
                        null,
                        weights,
                        config)
                : sd.rnn.lstmLayer(x, weights, config);
    }

    private SDVariable sided(SameDiff sd, String name, boolean both, long... dims) {
        return variable(
                sd,
                name,
                both
                        ? Stream.of(new long[] {2}, dims)
                                .flatMapToLong(Arrays::stream)
                                .toArray()
                        : dims);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void longShortTermMemoryIsNd4js(Layer layer) {
        SameDiff sd = SameDiff.create();
        SDVariable[] outputs = lstm(sd, layer);
        for (SDVariable output : outputs) {
            agrees(sd, output);
        }
    }

    /** SameDiff itself can't load it. */
    @ParameterizedTest
    @MethodSource("layers")
    void isTheSameAfterSavingAndLoading(Layer layer) {
        SameDiff sd = SameDiff.create();
        SDVariable[] outputs = lstm(sd, layer);
        Path file = folder.resolve("lstm.fb");
        sd.save(file.toFile(), false);
        SameDiff loaded = SameDiffFile.load(file);
        for (SDVariable output : outputs) {
            INDArray expected = output.eval();
            assertThat(loaded.outputSingle(Map.of(), output.name())).isEqualTo(expected);
            assertThat(TensorFunction.of(loaded, output.name(), "x").graphText())
                    .isEqualTo(TensorFunction.of(sd, output.name(), "x").graphText());
        }
    }

    private static void agrees(SameDiff sd, SDVariable output) {
        double[] expected = output.eval().dup('c').data().asDouble();
        TensorFunction function = TensorFunction.of(sd, output.name(), "x");
        INDArray point = sd.getVariable("x").getArr().dup('c');
        double[] actual = function.values(point.reshape(1, point.length()))
                .dup('c')
                .data()
                .asDouble();
        assertThat(actual).usingComparatorWithPrecision(1e-14).containsExactly(expected);
    }

    @Test
    void hasDerivativesInWeightsAndSequence() {
        SameDiff sd = SameDiff.create();
        SDVariable[] outputs =
                lstm(sd, new Layer(LSTMDirectionMode.BIDIR_SUM, LSTMDataFormat.TNS, true, LSTMActivations.TANH));
        outputs[0].mul(outputs[0]).sum().add(outputs[2].sum()).rename("loss");
        TensorFunction function = TensorFunction.of(sd, "loss", "x", "r", "p");
        DerivativeCheck.of(function)
                .at(function.point().reshape(1, -1))
                .toOrder(2)
                .require();
    }

    private SDVariable gru(SameDiff sd) {
        return sd.rnn.gru(
                variable(sd, "x", STEPS, BATCH, FEATURES),
                variable(sd, "h0", BATCH, UNITS),
                variable(sd, "w", FEATURES, 3 * UNITS),
                variable(sd, "r", UNITS, 3 * UNITS),
                variable(sd, "b", 3 * UNITS));
    }

    private SDVariable[] gruCell(SameDiff sd) {
        return sd.rnn.gruCell(
                variable(sd, "x", BATCH, FEATURES),
                variable(sd, "h0", BATCH, UNITS),
                GRUWeights.builder()
                        .ruWeight(variable(sd, "wru", FEATURES + UNITS, 2 * UNITS))
                        .cWeight(variable(sd, "wc", FEATURES + UNITS, UNITS))
                        .ruBias(variable(sd, "bru", 2 * UNITS))
                        .cBias(variable(sd, "bc", UNITS))
                        .build());
    }

    @Test
    void gatedRecurrentUnitsAreNd4js() {
        SameDiff sd = SameDiff.create();
        SDVariable output = gru(sd);
        agrees(sd, output);
        output.mul(output).sum().rename("loss");
        TensorFunction function = TensorFunction.of(sd, "loss", "x", "r");
        DerivativeCheck.of(function)
                .at(function.point().reshape(1, -1))
                .toOrder(2)
                .require();
        SameDiff cell = SameDiff.create();
        for (SDVariable result : gruCell(cell)) {
            agrees(cell, result);
        }
    }

    /** A loop of plain Java: one unit, one feature, one sequence. */
    @Test
    void oneUnitIsTheTextbooks() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.var("x", Nd4j.createFromArray(0.5, -1.0, 0.25).reshape(3, 1, 1));
        double[] w = {0.3, -0.4, 0.7, 0.2};
        double[] r = {-0.6, 0.1, 0.5, 0.9};
        LSTMLayerWeights weights = LSTMLayerWeights.builder()
                .weights(sd.var("w", Nd4j.createFromArray(w).reshape(1, 4)))
                .rWeights(sd.var("r", Nd4j.createFromArray(r).reshape(1, 4)))
                .build();
        LSTMLayerConfig config = LSTMLayerConfig.builder()
                .lstmdataformat(LSTMDataFormat.TNS)
                .directionMode(LSTMDirectionMode.FWD)
                .gateAct(LSTMActivations.SIGMOID)
                .cellAct(LSTMActivations.TANH)
                .outAct(LSTMActivations.TANH)
                .retFullSequence(false)
                .retLastH(true)
                .retLastC(false)
                .build();
        SDVariable last = sd.rnn.lstmLayer(x, weights, config)[0];
        double output = 0;
        double cell = 0;
        for (double in : new double[] {0.5, -1.0, 0.25}) {
            double[] z = new double[4];
            for (int k = 0; k < 4; k++) {
                z[k] = w[k] * in + r[k] * output;
            }
            cell = sigmoid(z[1]) * cell + sigmoid(z[0]) * Math.tanh(z[2]);
            output = sigmoid(z[3]) * Math.tanh(cell);
        }
        double value = TensorFunction.of(sd, last.name(), "x")
                .values(Nd4j.createFromArray(0.5, -1.0, 0.25).reshape(1, 3))
                .getDouble(0);
        assertThat(value).isCloseTo(output, within(1e-15));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void refusesActivationsThatItLacks() {
        SameDiff sd = SameDiff.create();
        SDVariable output =
                lstm(sd, new Layer(LSTMDirectionMode.FWD, LSTMDataFormat.TNS, false, LSTMActivations.SOFTSIGN))[0];
        assertThatThrownBy(() -> TensorFunction.of(sd, output.name(), "x"))
                .hasMessageContaining("expected tanh, sigmoid, relu or softplus, got activation 9");
    }

    /** Some graphs of this test. */
    static List<SameDiff> graphs() {
        RecurrentImportTest test = new RecurrentImportTest();
        List<SameDiff> graphs = Stream.generate(SameDiff::create).limit(3).toList();
        test.gru(graphs.get(0));
        test.gruCell(graphs.get(1));
        test.lstm(graphs.get(2), layers().findFirst().orElseThrow());
        return graphs;
    }
}
