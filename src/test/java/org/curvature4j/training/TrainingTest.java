package org.curvature4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.curvature4j.TensorFunction;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.io.SameDiffFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainingTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    private static INDArray normals(long seed, long... shape) {
        double[] numbers = new double[(int) (shape[0] * shape[1])];
        StandardNormal.fill(seed, 0, numbers, 0, numbers.length);
        return HostArray.copyOf(numbers, DataType.DOUBLE, shape);
    }

    /** Two classes of points, divided by the sign of their first number. */
    private static Dataset halves(int rows) {
        INDArray points = normals(3, rows, 2);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = points.getDouble(i, 0) > 0 ? 1 : 0;
        }
        return Dataset.of(points, labels, 2);
    }

    private static TrainingOptions options(int epochs) {
        return new TrainingOptions(Optimizer.ADAM, 0.05, epochs, 16, 5);
    }

    private static SameDiff trained(Dataset data, int epochs) {
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 2, 4, 2);
        new Training(net, options(epochs)).run(data, null, epoch -> {});
        return net;
    }

    private static double[] weights(SameDiff net) {
        return net.getVariable("W1").getArr().dup('c').reshape(8).toDoubleVector();
    }

    @Test
    void theStartIsGlorots() {
        SameDiff net = Mlp.of(Activation.RELU, Loss.CROSS_ENTROPY, 9, 200, 100, 10);
        INDArray w1 = net.getVariable("W1").getArr();

        assertThat(w1.getDouble(0, 0)).isEqualTo(Math.sqrt(2.0 / 300) * StandardNormal.value(9, 0));
        assertThat(net.getVariable("W2").getArr().getDouble(0, 1))
                .isEqualTo(Math.sqrt(2.0 / 110) * StandardNormal.value(9, 20_001));
        // 20,000 numbers: the standard error of the variance is 1 % of it.
        assertThat(w1.varNumber().doubleValue()).isCloseTo(2.0 / 300, within(0.05 * 2 / 300));
        assertThat(net.getVariable("b1").getArr().norm2Number().doubleValue()).isZero();
        assertThat(net.inputs()).containsExactlyInAnyOrder("input", "label");
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void sameDiffsGradientIsOurs(Activation activation) {
        for (Loss loss : Loss.values()) {
            SameDiff net = Mlp.of(activation, loss, 2, 3, 4, 2);
            INDArray x = normals(4, 5, 3);
            INDArray y = Dataset.oneHot(new int[] {0, 1, 1, 0, 1}, 2);
            INDArray theirs =
                    net.calculateGradients(Map.of("input", x, "label", y), "W1").get("W1");
            TensorFunction value = TensorFunction.builder(net)
                    .output("loss")
                    .withRespectTo("W1")
                    .feed("input", x)
                    .feed("label", y)
                    .build();
            try (var jacobian = org.curvature4j.Jacobian.of(value)) {
                INDArray ours = jacobian.at(net.getVariable("W1").getArr());
                // gelu's constant is of float32 in ND4J.
                assertThat(ours.reshape(12).distance2(theirs.reshape(12))).isLessThan(1e-7);
                assertThat(theirs.norm2Number().doubleValue()).isGreaterThan(1e-3);
            }
        }
    }

    @Test
    void learnsClassesAndTellsHowItWent() {
        Dataset data = halves(200);
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 2, 4, 2);
        List<Epoch> heard = new ArrayList<>();
        Dataset.Split split = data.split(0.25, 8);

        List<Epoch> epochs = new Training(net, options(20)).run(split.train(), split.heldOut(), heard::add);

        assertThat(heard).isEqualTo(epochs).hasSize(21);
        assertThat(epochs.get(0).number()).isZero();
        assertThat(epochs.get(0).train().loss()).isBetween(0.4, 1.2);
        Epoch last = epochs.get(20);
        assertThat(last.train().loss()).isLessThan(0.15);
        assertThat(last.train().accuracy()).isGreaterThan(0.95);
        assertThat(last.heldOut()).isEqualTo(Score.of(net, split.heldOut()));
        assertThat(Score.of(net, split.heldOut()).accuracy()).isGreaterThan(0.9);
    }

    @Test
    void theScoreIsTheMeanOverExamples() {
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 2, 4, 2);
        // More rows than are evaluated at once.
        Dataset data = halves(5000);
        double sum = 0;
        double right = 0;
        double[][] probabilities = net.output(Map.of("input", data.features()), "probabilities")
                .get("probabilities")
                .toDoubleMatrix();
        for (int i = 0; i < 5000; i++) {
            double own = probabilities[i][data.labels()[i]];
            sum -= Math.log(own);
            right += own > 0.5 ? 1 : 0;
        }
        assertThat(Score.of(net, data).loss()).isCloseTo(sum / 5000, within(1e-12));
        assertThat(Score.of(net, data).accuracy()).isEqualTo(right / 5000);
    }

    @Test
    void learnsALine() {
        INDArray x = normals(6, 64, 1);
        Dataset line = Dataset.of(x, x.mul(2).add(1));
        SameDiff net = Mlp.of(Activation.TANH, Loss.SQUARED_ERROR, 1, 1, 1);

        List<Epoch> epochs =
                new Training(net, new TrainingOptions(Optimizer.SGD, 0.1, 60, 64, 0)).run(line, null, epoch -> {});

        assertThat(epochs.get(60).train().loss()).isLessThan(1e-8);
        assertThat(epochs.get(60).train().accuracy()).isNaN();
        assertThat(net.getVariable("W1").getArr().getDouble(0)).isCloseTo(2, within(1e-3));
        assertThat(net.getVariable("b1").getArr().getDouble(0)).isCloseTo(1, within(1e-3));
    }

    @Test
    void oneStepOfGradientDescentIsWhatItSays() {
        Dataset data = halves(40);
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 2, 4, 2);
        INDArray before = net.getVariable("W1").getArr().dup();
        INDArray gradient = net.calculateGradients(data.feeding("input", "label"), "W1")
                .get("W1")
                .dup();

        new Training(net, new TrainingOptions(Optimizer.SGD, 0.5, 1, 40, 0)).run(data, null, epoch -> {});

        assertThat(net.getVariable("W1")
                        .getArr()
                        .sub(before.sub(gradient.mul(0.5)))
                        .norm2Number()
                        .doubleValue())
                .isLessThan(1e-14);
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        Dataset data = halves(100);
        assertThat(weights(trained(data, 3))).containsExactly(weights(trained(data, 3)));
        SameDiff other = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 2, 4, 2);
        new Training(other, new TrainingOptions(Optimizer.ADAM, 0.05, 3, 16, 6)).run(data, null, epoch -> {});
        assertThat(weights(other)).isNotEqualTo(weights(trained(data, 3)));
    }

    @Test
    void savedNetsLoadWithTheirTraining() {
        Dataset data = halves(50);
        SameDiff net = trained(data, 2);
        INDArray outputs =
                net.output(Map.of("input", data.features()), "probabilities").get("probabilities");
        for (boolean withState : new boolean[] {false, true}) {
            Path file = folder.resolve(withState + ".fb");
            Training.save(net, file, withState);

            SameDiff loaded = SameDiffFile.load(file);

            assertThat(loaded.output(Map.of("input", data.features()), "probabilities")
                            .get("probabilities"))
                    .isEqualTo(outputs);
            TrainingConfig config = loaded.getTrainingConfig();
            assertThat(config.getDataSetFeatureMapping()).containsExactly("input");
            assertThat(config.getDataSetLabelMapping()).containsExactly("label");
            assertThat(loaded.getLossVariables()).containsExactly("loss");
            assertThat(Score.of(loaded, data)).isEqualTo(Score.of(net, data));
        }
        SameDiff resumed = SameDiff.load(folder.resolve("true.fb").toFile(), true);
        resumed.fit(new TrainingBatches(data, 16), 1);
        net.fit(new TrainingBatches(data, 16), 1);
        assertThat(weights(resumed)).as("the optimiser's state goes on").containsExactly(weights(net));
    }

    @Test
    void printsNothing() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            trained(halves(20), 1);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void refusesWhatCannotBeTrained() {
        assertThatThrownBy(() -> Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 2, 4, 1))
                .hasMessageContaining("2 or more outputs");
        assertThatThrownBy(() -> Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 2))
                .hasMessageContaining("got '2'");
        assertThatThrownBy(() -> Mlp.of(Activation.TANH, Loss.SQUARED_ERROR, 1, 100_000, 100_000))
                .hasMessageContaining("fewer than 2^31 weights");
        assertThatThrownBy(() -> new TrainingOptions(Optimizer.SGD, 0, 1, 1, 0)).hasMessageContaining("rate: ");
        assertThatThrownBy(() -> new TrainingOptions(Optimizer.SGD, 1, -1, 1, 0))
                .hasMessageContaining("epochs: ");
        assertThatThrownBy(() -> new TrainingOptions(Optimizer.SGD, 1, 1, 0, 0)).hasMessageContaining("batch: ");
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 3, 4, 2);
        assertThatThrownBy(() -> new Training(net, options(1)).run(halves(10), null, epoch -> {}))
                .hasMessageContaining("data: features: expected [N, 3] as the net's 'input', got [10, 2]");
        Dataset single = Dataset.of(Nd4j.ones(DataType.FLOAT, 4, 3), Nd4j.ones(DataType.DOUBLE, 4, 2));
        assertThatThrownBy(() -> new Training(net, options(1)).run(single, null, epoch -> {}))
                .hasMessageContaining("expected numbers of type DOUBLE, got FLOAT");
    }

    @Test
    void aLossThatExplodesIsAnError() {
        INDArray x = normals(6, 64, 1);
        SameDiff net = Mlp.of(Activation.TANH, Loss.SQUARED_ERROR, 1, 1, 1);
        Training training = new Training(net, new TrainingOptions(Optimizer.SGD, 1e6, 200, 8, 0));
        assertThatThrownBy(() -> training.run(Dataset.of(x, x.mul(2)), null, epoch -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("training: expected a finite loss, got ")
                .hasMessageContaining("after epoch ");
    }
}
