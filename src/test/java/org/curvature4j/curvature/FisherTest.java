package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.curvature4j.operator.LinearOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Fisher matrices against expectations over every label that a row of outputs can have. */
class FisherTest {
    /** Sums of 23 rows of 3 outputs, of numbers of about 1: far above their rounding. */
    private static final double EXACT = 1e-12;

    private static final int ROWS = Nets.EXAMPLES;
    private static final int OUTPUTS = Nets.CLASSES;

    private final SameDiff sd = losses();
    private final Map<String, INDArray> data = Nets.data();

    private static SameDiff losses() {
        SameDiff sd = Nets.classifier();
        SDVariable labels = sd.getVariable("labels");
        SDVariable logits = sd.getVariable("logits");
        sd.loss().sigmoidCrossEntropy("binary", labels, logits, null);
        SDVariable p = sd.nn().sigmoid("p", logits);
        sd.loss().logLoss("logloss", labels, p);
        labels.sub(p).mul(labels.sub(p)).sum("brier");
        sd.math().square(logits.sub(labels)).sum().mul("halves", 0.5);
        return sd;
    }

    /** A label's probability, and the slope of its negative log-likelihood in the outputs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Label(double probability, double[] score) {}

    private static List<Label> labels(Likelihood likelihood, double[] z) {
        List<Label> labels = new ArrayList<>();
        if (likelihood == Likelihood.SOFTMAX) {
            double total = 0;
            for (double one : z) {
                total += Math.exp(one);
            }
            for (int label = 0; label < z.length; label++) {
                double[] score = new double[z.length];
                for (int k = 0; k < z.length; k++) {
                    score[k] = Math.exp(z[k]) / total - (k == label ? 1 : 0);
                }
                labels.add(new Label(Math.exp(z[label]) / total, score));
            }
            return labels;
        }
        for (int bits = 0; bits < 1 << z.length; bits++) {
            double probability = 1;
            double[] score = new double[z.length];
            for (int k = 0; k < z.length; k++) {
                boolean yes = (bits >> k & 1) == 1;
                double p = likelihood == Likelihood.BERNOULLI ? 1 / (1 + Math.exp(-z[k])) : z[k];
                // Targets at a distance of 1 on either side have the normal distribution's first three moments.
                probability *= likelihood == Likelihood.GAUSSIAN ? 0.5 : yes ? p : 1 - p;
                score[k] = switch (likelihood) {
                    case BERNOULLI -> p - (yes ? 1 : 0);
                    case BERNOULLI_PROBABILITY -> yes ? -1 / p : 1 / (1 - p);
                    default -> yes ? -1 : 1;
                };
            }
            labels.add(new Label(probability, score));
        }
        return labels;
    }

    private static String output(Likelihood likelihood) {
        return likelihood == Likelihood.BERNOULLI_PROBABILITY ? "p" : "logits";
    }

    private DataLoss loss(String name, int size) {
        return DataLoss.builder(sd, name)
                .minibatches(Nets.minibatches(data, size))
                .build();
    }

    /** Each row's gradients by label, times the square root of the label's probability: [row][label][parameter]. */
    private double[][][] gradients(Likelihood likelihood, DataLoss loss, List<List<Label>> labels) {
        String output = output(likelihood);
        double[] z = sd.output(data, output).get(output).dup('c').data().asDouble();
        int n = loss.size();
        double[][][] gradients = new double[ROWS][][];
        try (LinearOperator jacobian = loss.jacobian(output)) {
            double[] dense = jacobian.toDense();
            for (int row = 0; row < ROWS; row++) {
                List<Label> all = labels(likelihood, Arrays.copyOfRange(z, row * OUTPUTS, (row + 1) * OUTPUTS));
                labels.add(all);
                gradients[row] = new double[all.size()][n];
                for (int label = 0; label < all.size(); label++) {
                    for (int k = 0; k < OUTPUTS; k++) {
                        for (int i = 0; i < n; i++) {
                            gradients[row][label][i] += all.get(label).score()[k] * dense[(row * OUTPUTS + k) * n + i];
                        }
                    }
                }
            }
        }
        return gradients;
    }

    private double[] expected(Likelihood likelihood, DataLoss loss) {
        List<List<Label>> labels = new ArrayList<>();
        double[][][] gradients = gradients(likelihood, loss, labels);
        int n = loss.size();
        double[] fisher = new double[n * n];
        for (int row = 0; row < ROWS; row++) {
            for (int label = 0; label < gradients[row].length; label++) {
                double[] g = gradients[row][label];
                double weight = labels.get(row).get(label).probability() / ROWS;
                for (int i = 0; i < n * n; i++) {
                    fisher[i] += weight * g[i / n] * g[i % n];
                }
            }
        }
        return fisher;
    }

    @ParameterizedTest
    @CsvSource({
        "SOFTMAX, mean",
        "SOFTMAX, total",
        "BERNOULLI, binary",
        "BERNOULLI, total",
        "BERNOULLI_PROBABILITY, logloss",
        "BERNOULLI_PROBABILITY, brier",
        "GAUSSIAN, squares",
        "GAUSSIAN, total"
    })
    void theExactOneIsTheMeanOverAllLabels(Likelihood likelihood, String name) {
        double[] expected = expected(likelihood, loss(name, ROWS));
        for (int size : new int[] {1, 7, ROWS}) {
            try (LinearOperator fisher = loss(name, size).fisher(output(likelihood), likelihood)) {
                assertThat(fisher.toDense()).containsExactly(expected, within(EXACT));
                assertThat(fisher).asString().contains(likelihood.words());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOFTMAX", "BERNOULLI", "BERNOULLI_PROBABILITY"})
    void theSampledOneIsWithinItsInterval(Likelihood likelihood) {
        int draws = 2000;
        String name = likelihood == Likelihood.BERNOULLI_PROBABILITY ? "logloss" : "mean";
        DataLoss loss = loss(name, ROWS);
        List<List<Label>> labels = new ArrayList<>();
        double[][][] gradients = gradients(likelihood, loss, labels);
        int n = loss.size();
        double[] sampled;
        String output = output(likelihood);
        try (LinearOperator fisher = loss.monteCarloFisher(output, likelihood, draws, 5);
                LinearOperator few = loss.monteCarloFisher(output, likelihood, 3, 5);
                LinearOperator cut = loss(name, 7).monteCarloFisher(output, likelihood, 3, 5)) {
            sampled = fisher.toDense();
            assertThat(fisher).asString().contains(likelihood.words());
            assertThat(cut.toDense()).containsExactly(few.toDense(), within(EXACT));
        }
        for (int i = 0; i < n; i++) {
            double mean = 0;
            double variance = 0;
            for (int row = 0; row < ROWS; row++) {
                double first = 0;
                double second = 0;
                for (int label = 0; label < gradients[row].length; label++) {
                    double p = labels.get(row).get(label).probability();
                    double square = Math.pow(gradients[row][label][i], 2);
                    first += p * square;
                    second += p * square * square;
                }
                mean += first / ROWS;
                variance += (second - first * first) / ((double) ROWS * ROWS * draws);
            }
            assertThat(sampled[i * n + i]).isCloseTo(mean, within(5 * Math.sqrt(variance) + EXACT));
        }
    }

    @Test
    void theSameBernoulliByLogitsAndByProbabilities() {
        try (LinearOperator logits = loss("binary", 7).fisher("logits", Likelihood.BERNOULLI);
                LinearOperator probabilities = loss("logloss", 7).fisher("p", Likelihood.BERNOULLI_PROBABILITY)) {
            assertThat(probabilities.toDense()).containsExactly(logits.toDense(), within(EXACT));
        }
    }

    /** The factors that docs/models.md states. */
    @ParameterizedTest
    @CsvSource({
        "mean, SOFTMAX, 1",
        "total, SOFTMAX, 0.043478260869565216",
        "binary, BERNOULLI, 3",
        "squares, GAUSSIAN, 1.5",
        "halves, GAUSSIAN, 0.043478260869565216"
    })
    void itIsTheGaussNewtonMatrixTimesAFactor(String name, Likelihood likelihood, double factor) {
        DataLoss loss = loss(name, 7);
        try (LinearOperator fisher = loss.fisher("logits", likelihood);
                LinearOperator gaussNewton = loss.gaussNewton("logits")) {
            double[] scaled = gaussNewton.times(factor).toDense();
            assertThat(fisher.toDense()).containsExactly(scaled, within(EXACT));
        }
    }

    @ParameterizedTest
    @CsvSource({"binary, logits", "logloss, p"})
    void theEmpiricalOneIsTheMeanOfOuterProducts(String name, String output) {
        DataLoss whole = loss(name, ROWS);
        int n = whole.size();
        double[] expected = new double[n * n];
        for (int row = 0; row < ROWS; row++) {
            double[] g = DataLoss.of(sd, name, Nets.rows(data, row, row + 1)).gradient();
            for (int i = 0; i < n * n; i++) {
                expected[i] += g[i / n] * g[i % n] / ROWS;
            }
        }
        for (int size : new int[] {1, 7, ROWS}) {
            try (LinearOperator fisher = loss(name, size).empiricalFisher(output)) {
                assertThat(fisher.toDense()).containsExactly(expected, within(EXACT));
            }
        }
    }

    @Test
    void aSaturatedProbabilityCountsForNothing() {
        double[] point = loss("logloss", ROWS).point();
        Arrays.fill(point, 0);
        point[point.length - 3] = 800; // a bias: this output's sigmoid is 1
        try (LinearOperator probabilities =
                        loss("logloss", ROWS).at(point).fisher("p", Likelihood.BERNOULLI_PROBABILITY);
                LinearOperator logits = loss("binary", ROWS).at(point).fisher("logits", Likelihood.BERNOULLI)) {
            assertThat(probabilities.toDense()).containsExactly(logits.toDense(), within(EXACT));
        }
    }

    @Test
    void whatOutputsCannotMeanIsRefused() {
        assertThatThrownBy(() -> loss("logloss", ROWS).fisher("p", Likelihood.BERNOULLI))
                .hasMessage(
                        "output 'p': expected what sigmoid is to be taken of, got what it computes (give its operand"
                                + " 'logits', or the likelihood bernoulli-probability)");
        assertThatThrownBy(() -> loss("mean", 7).monteCarloFisher("logits", Likelihood.BERNOULLI_PROBABILITY, 1, 0))
                .hasMessageContaining("output 'logits': expected probabilities from 0 to 1, got ")
                .hasMessageContaining("bernoulli");
        SameDiff one = SameDiff.create();
        SDVariable z = one.placeHolder("x", DataType.DOUBLE, -1, 4)
                .mmul(
                        "z",
                        one.var(
                                "w",
                                data.get("x")
                                        .get(NDArrayIndex.interval(0, 1))
                                        .reshape(4, 1)
                                        .dup()));
        z.mul(z).sum("loss");
        DataLoss loss = DataLoss.of(one, "loss", Map.of("x", data.get("x")));
        assertThatThrownBy(() -> loss.fisher("z", Likelihood.SOFTMAX))
                .hasMessageContaining("one output an example, got softmax");
        assertThat(loss.likelihood("z")).isEmpty();
    }
}
