package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.Npy;
import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The commands about a loss over data: lanczos, density, trace, landscape. */
class LossCommandsTest {
    private static final int ROWS = 20;

    @TempDir
    Path folder;

    private Path model;
    private Path features;
    private Path targets;

    @BeforeEach
    void saveModelAndData() {
        SameDiff sd = classifier();
        model = SavedModels.save(sd, folder, "net.fb");
        features = folder.resolve("X.npy");
        targets = folder.resolve("Y.npy");
        Npy.write(features, data().get("x"));
        Npy.write(targets, data().get("label"));
    }

    private static SameDiff classifier() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable label = sd.placeHolder("label", DataType.DOUBLE, -1, 2);
        SDVariable hidden = sd.math().tanh(x.mmul(sd.var("W", SavedModels.numbers(1, 3, 4))));
        SDVariable logits = hidden.mmul("logits", sd.var("V", SavedModels.numbers(2, 4, 2)));
        sd.loss().softmaxCrossEntropy("loss", label, logits, null);
        return sd;
    }

    private static Map<String, INDArray> data() {
        INDArray label = Nd4j.zeros(DataType.DOUBLE, ROWS, 2);
        for (int i = 0; i < ROWS; i++) {
            label.putScalar(i, i % 3 == 0 ? 0 : 1, 1);
        }
        return Map.of("x", SavedModels.numbers(3, ROWS, 3), "label", label);
    }

    private static double[] eigenvalues() {
        TensorFunction function = TensorFunction.builder(classifier())
                .output("loss")
                .withRespectToParameters()
                .feed("x", data().get("x"))
                .feed("label", data().get("label"))
                .build();
        try (Hessian hessian = Hessian.of(function)) {
            return Spectrum.of(hessian.atPresent()).values().toDoubleVector();
        }
    }

    private Run run(String command, Object... more) {
        Object[] words = new Object[7 + more.length];
        Object[] first = {command, "--model", model, "--data", features, "--targets", targets};
        System.arraycopy(first, 0, words, 0, first.length);
        System.arraycopy(more, 0, words, first.length, more.length);
        return Run.of(words);
    }

    private static double[] numbers(JsonObject json, String key) {
        return StreamSupport.stream(json.getAsJsonArray(key).spliterator(), false)
                .mapToDouble(element -> element.getAsDouble())
                .toArray();
    }

    @Test
    void findsExtremeEigenvaluesOfTheDenseHessian() throws Exception {
        Path out = folder.resolve("top");
        Run run = run("lanczos", "--count", 6, "--end", "both", "--out", out, "--json");

        assertThat(run.err()).isEmpty();
        double[] dense = eigenvalues();
        double[] found = numbers(run.json(), "eigenvalues");
        double[] expected = {dense[19], dense[18], dense[17], dense[2], dense[1], dense[0]};
        assertThat(java.util.Arrays.stream(found).sorted().toArray())
                .containsExactly(java.util.Arrays.stream(expected).sorted().toArray(), within(1e-9));
        assertThat(run.json().get("complete").getAsBoolean()).isTrue();
        assertThat(Npy.read(out.resolve("eigenvalues.npy")).toDoubleVector()).containsExactly(found);
        assertThat(Npy.read(out.resolve("vectors.npy")).shape()).containsExactly(20, 6);
        assertThat(Npy.read(out.resolve("residuals.npy")).shape()).containsExactly(6);
        assertThat(ImageIO.read(out.resolve("eigenvalues.png").toFile()).getWidth())
                .isGreaterThan(600);
    }

    @Test
    void minibatchesAndOtherMatricesAreTheSameCommand() {
        double[] whole = numbers(
                run("lanczos", "--matrix", "gauss-newton", "--count", 3, "--json")
                        .json(),
                "eigenvalues");
        double[] cut = numbers(
                run("lanczos", "--matrix", "gauss-newton", "--count", 3, "--batch", 6, "--json")
                        .json(),
                "eigenvalues");
        double[] fisher = numbers(
                run("lanczos", "--matrix", "fisher", "--count", 3, "--json").json(), "eigenvalues");
        double[] empirical = numbers(
                run("lanczos", "--matrix", "empirical-fisher", "--count", 3, "--json")
                        .json(),
                "eigenvalues");

        assertThat(cut).containsExactly(whole, within(1e-12));
        assertThat(fisher).containsExactly(whole, within(1e-12));
        assertThat(empirical[0]).isPositive().isNotCloseTo(whole[0], within(1e-3));
    }

    @Test
    void theDensityHasTheTraceAndTheExtremesOfTheDenseHessian() throws Exception {
        Path plot = folder.resolve("density.png");
        Path out = folder.resolve("density.npy");
        Path nodes = folder.resolve("nodes.npy");
        Run run = run("density", "--plot", plot, "--out", out, "--nodes", nodes, "--probes", 50, "--json");

        assertThat(run.err()).isEmpty();
        double[] dense = eigenvalues();
        JsonObject json = run.json();
        assertThat(json.get("smallest").getAsDouble()).isCloseTo(dense[0], within(1e-9));
        assertThat(json.get("largest").getAsDouble()).isCloseTo(dense[19], within(1e-9));
        JsonObject trace = json.getAsJsonObject("trace");
        assertThat(trace.get("value").getAsDouble())
                .isCloseTo(
                        java.util.Arrays.stream(dense).sum(),
                        within(4 * trace.get("standardError").getAsDouble()));
        assertThat(Npy.read(out).shape()).containsExactly(2, 1024);
        INDArray quadrature = Npy.read(nodes);
        assertThat(quadrature.getRow(1).sumNumber().doubleValue()).isCloseTo(1, within(1e-12));
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isGreaterThan(600);
    }

    @Test
    void theTraceIsExactForFewParametersAndHasTheNorm() {
        Path diagonal = folder.resolve("diagonal.npy");
        Run run = run("trace", "--frobenius", "--diagonal", diagonal, "--json");

        assertThat(run.err()).isEmpty();
        double[] dense = eigenvalues();
        double sum = java.util.Arrays.stream(dense).sum();
        double squares =
                java.util.Arrays.stream(dense).map(value -> value * value).sum();
        assertThat(run.json().getAsJsonObject("trace").get("value").getAsDouble())
                .isCloseTo(sum, within(1e-12));
        assertThat(run.json().getAsJsonObject("squaredFrobenius").get("value").getAsDouble())
                .isCloseTo(squares, within(1e-12));
        assertThat(Npy.read(diagonal).getRow(0).sumNumber().doubleValue()).isCloseTo(sum, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"hutchinson", "hutch++", "xtrace"})
    void estimatesKeepToTheirStandardErrors(String method) {
        Run run = run("trace", "--method", method, "--products", 15, "--seed", 4, "--json");

        assertThat(run.err()).isEmpty();
        JsonObject trace = run.json().getAsJsonObject("trace");
        assertThat(trace.get("exact").getAsBoolean()).isFalse();
        assertThat(trace.get("value").getAsDouble())
                .isCloseTo(
                        java.util.Arrays.stream(eigenvalues()).sum(),
                        within(6 * trace.get("standardError").getAsDouble()));
    }

    @Test
    void looksAtTheLandscapeOverPlanesAndAlongLines() throws Exception {
        Path out = folder.resolve("losses.npy");
        Path plot = folder.resolve("plane.png");
        Run plane = run("landscape", "--grid", 5, "--out", out, "--plot", plot, "--json");
        double value = plane.json().get("value").getAsDouble();

        assertThat(plane.err()).isEmpty();
        assertThat(Npy.read(out).shape()).containsExactly(5, 5);
        assertThat(Npy.read(out).getDouble(2, 2)).isCloseTo(value, within(1e-14));
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isGreaterThan(600);

        Run random = run("landscape", "--directions", "random", "--grid", 4, "--out", out, "--seed", 3, "--json");
        assertThat(random.err()).isEmpty();
        assertThat(random.json().get("directions").getAsString()).isEqualTo("random");

        Run line = run("landscape", "--along", 0, "--plot", plot, "--range", "-0.5:0.5", "--json");
        double[] dense = eigenvalues();
        assertThat(line.err()).isEmpty();
        assertThat(Math.abs(line.json().get("eigenvalue").getAsDouble()))
                .isCloseTo(Math.max(-dense[0], dense[19]), within(1e-9));

        assertThat(run("landscape", "--along", 20, "--plot", plot).err())
                .contains("--along: expected 0 to 19, an eigenvector of 20 parameters, got 20");
        assertThat(run("landscape", "--along", 2, "--plot", plot).out())
                .containsPattern("direction +eigenvector of [^,]*\\R");
    }

    /** Logits of yes or no, with SameDiff's sigmoid cross entropy and with the same written out. */
    private void saveYesOrNo() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable label = sd.placeHolder("label", DataType.DOUBLE, -1, 1);
        SDVariable z = x.mmul("z", sd.var("w", SavedModels.numbers(1, 3, 1)));
        sd.loss().sigmoidCrossEntropy("loss", label, z, null);
        SDVariable p = sd.nn().sigmoid("p", z);
        label.mul(sd.math().log(p))
                .add(label.rsub(1).mul(sd.math().log(p.rsub(1))))
                .mean()
                .mul("written", -1);
        model = SavedModels.save(sd, folder, "yes-or-no.fb");
        Npy.write(targets, data().get("label").getColumn(1).reshape(ROWS, 1).dup());
    }

    @Test
    void whatContradictsTheLossOrTheGraphIsRefused() {
        Run sum = run("trace", "--batch", 5, "--reduction", "sum");
        assertThat(sum.code()).isEqualTo(1);
        assertThat(sum.err())
                .contains("--reduction: expected mean, as examples that come twice show of 'loss', got sum");
        Run unknown = run("trace", "--predictions", "logit");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("--predictions: expected a variable of the graph, such as its outputs [loss], got 'logit'");
    }

    @Test
    void theFisherMatrixIsOfTheLossesOwnLikelihoodOrOfTheStatedOne() {
        saveYesOrNo();
        Run fisher = run("lanczos", "--loss", "loss", "--matrix", "fisher", "--count", 3, "--json");
        Run written = run(
                "lanczos",
                "--loss",
                "written",
                "--predictions",
                "z",
                "--matrix",
                "fisher",
                "--likelihood",
                "bernoulli",
                "--count",
                3,
                "--json");
        double[] gaussNewton = numbers(
                run("lanczos", "--loss", "loss", "--matrix", "gauss-newton", "--count", 3, "--json")
                        .json(),
                "eigenvalues");

        assertThat(fisher.err() + written.err()).isEmpty();
        assertThat(fisher.json().get("likelihood").getAsString()).isEqualTo("bernoulli");
        assertThat(numbers(fisher.json(), "eigenvalues")).containsExactly(gaussNewton, within(1e-12));
        assertThat(numbers(written.json(), "eigenvalues")).containsExactly(gaussNewton, within(1e-12));
        assertThat(run("trace", "--loss", "loss", "--matrix", "monte-carlo-fisher")
                        .out())
                .contains("likelihood", "Bernoulli, sigmoid of each output, by the loss");
        assertThat(run("trace", "--loss", "loss", "--matrix", "empirical-fisher")
                        .out())
                .contains("none: gradients of the loss itself");
    }

    @Test
    void aLikelihoodThatTheLossDoesntTellMustBeSaid() {
        saveYesOrNo();
        Run unsaid = run("density", "--loss", "written", "--predictions", "z", "--matrix", "fisher");
        assertThat(unsaid.code()).isEqualTo(2);
        assertThat(unsaid.err())
                .contains("--likelihood: expected softmax, bernoulli, bernoulli-probability or gaussian for Fisher"
                        + " matrix, since the loss doesn't tell what 'z' means, got none");
        Run softmax = run("trace", "--loss", "loss", "--matrix", "fisher", "--likelihood", "softmax");
        assertThat(softmax.code()).isEqualTo(1);
        assertThat(softmax.err()).contains("likelihood: expected other than softmax for 'z'");
        model = SavedModels.save(linear(), folder, "one.fb");
        Run head = run("trace", "--loss", "cross-entropy");
        assertThat(head.err()).contains("its softmax is always 1; binary-cross-entropy is for yes or no");
        Run binary = run("trace", "--loss", "binary-cross-entropy");
        assertThat(binary.err()).isEmpty();
        assertThat(binary.out()).contains("estimate");
    }

    private static SameDiff linear() {
        SameDiff sd = SameDiff.create();
        sd.placeHolder("x", DataType.DOUBLE, -1, 3).mmul("y", sd.var("w", SavedModels.numbers(1, 3, 1)));
        return sd;
    }

    @Test
    void aStatedReductionIsAsOneFoundOut() {
        double[] found =
                numbers(run("lanczos", "--count", 1, "--batch", 5, "--json").json(), "eigenvalues");
        double[] stated = numbers(
                run("lanczos", "--count", 1, "--batch", 5, "--reduction", "mean", "--json")
                        .json(),
                "eigenvalues");
        assertThat(stated).isEqualTo(found);
    }

    @Test
    void aModelWithoutALossGetsOne() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        x.mmul("y", sd.var("W", SavedModels.numbers(1, 3, 2)));
        model = SavedModels.save(sd, folder, "linear.fb");
        Run run = run("lanczos", "--loss", "squared-error", "--count", 6, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("parameters").getAsInt()).isEqualTo(6);
        assertThat(numbers(run.json(), "eigenvalues")[0]).isPositive();
        assertThat(run("lanczos", "--json").err())
                .contains(
                        "--loss: expected cross-entropy, binary-cross-entropy or squared-error, of the model's output against targets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lanczos --end middle | --end: expected top, bottom, both or magnitude, got 'middle'",
                "lanczos --count 0 | --count: expected at least 1 eigenpair, got 0",
                "lanczos --steps 40 --products 99 | --steps: expected it without --products",
                "lanczos --matrix hesian | --matrix: expected hessian, gauss-newton, fisher",
                "lanczos --matrix hessian --draws 3 | --draws: expected --matrix monte-carlo-fisher with it, got hessian",
                "lanczos --likelihood softmax | --likelihood: expected --matrix fisher or monte-carlo-fisher",
                "lanczos --matrix fisher --likelihood cauchy | --likelihood: expected softmax, bernoulli, bernoulli-probability or gaussian, got 'cauchy'",
                "lanczos --engine fused | --engine: expected none with lanczos",
                "lanczos --loss mean | --loss: expected a variable of the graph, such as its outputs [loss]",
                "lanczos --reduction max | --reduction: expected mean or sum, got 'max'",
                "density --steps 1 | --steps: expected 2 or more, got 1",
                "density --width 0 | --width: expected a finite number above 0, got 0",
                "trace --method hutch | --method: expected xtrace, hutch++ or hutchinson, got 'hutch'",
                "trace --relative-error 0.1 | --relative-error: expected --method hutchinson with it, got xtrace",
                "landscape --grid 5 | --plot, --show, --out, --report: expected at least one of them, got none",
                "landscape --along -1 --out a.npy | --along: expected 0 or more, got -1",
                "landscape --along 1 --directions random --out a.npy | --along, --directions: expected one of them"
            })
    void whatCannotBeMeantIsTold(String line, String message) {
        String[] words = line.split(" ");
        Run run = run(words[0], (Object[]) java.util.Arrays.copyOfRange(words, 1, words.length));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).doesNotContain("Exception");
    }

    @Test
    void tooLittleMemoryIsTold() {
        // The settings are read once a JVM, so a model that is too large for the usual ones.
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable hidden = sd.math().tanh(x.mmul(sd.var("W", SavedModels.numbers(1, 3, 4000))));
        hidden.mmul("y", sd.var("V", SavedModels.numbers(2, 4000, 1)));
        model = SavedModels.save(sd, folder, "wide.fb");
        Npy.write(features, SavedModels.numbers(3, 6000, 3));
        Npy.write(targets, SavedModels.numbers(4, 6000, 1));
        Run whole = run("lanczos", "--loss", "squared-error", "--count", 1);

        assertThat(whole.code()).isEqualTo(1);
        assertThat(whole.err())
                .contains("one of 6,000 examples that takes")
                .contains("--batch")
                .doesNotContain("Exception");
    }

    @Test
    void refusesWhatCannotBeComputed() {
        assertThat(run("lanczos", "--count", 21).err())
                .contains("expected at most as many eigenpairs")
                .doesNotContain("Exception");
        Run indefinite = run("density", "--log-determinant", 0);
        assertThat(indefinite.code()).isEqualTo(1);
        assertThat(indefinite.err()).contains("expected a positive definite matrix");
        Npy.write(features, data().get("x").dup().putScalar(4, Double.NaN));
        Run broken = run("lanczos", "--out", folder.resolve("E.npy"));
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("NaN");
        assertThat(Files.exists(folder.resolve("E.npy"))).isFalse();
    }
}
