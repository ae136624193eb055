package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Operators that ONNX Runtime doesn't know yet, or computes wrongly, against plain loops and against each other. */
class OnnxNewOperatorsTest {
    private static final int BATCH = 2;
    private static final int TIMES = 3;
    private static final int HEADS = 2;
    private static final int SIZE = 2;

    private static List<double[]> draw(OnnxModels model) {
        Random random = new Random(3);
        return model.shapes().stream()
                .map(shape -> random.doubles(Arrays.stream(shape).reduce(1, (x, y) -> x * y), -1, 1)
                        .toArray())
                .toList();
    }

    private static double[] run(OnnxModels model, List<double[]> inputs) {
        Map<String, INDArray> varying = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            varying.put(
                    "x" + i,
                    Nd4j.createFromArray(inputs.get(i)).reshape(model.shapes().get(i)));
        }
        OnnxGraph graph = new OnnxGraph(model.build(), new OnnxData(null), Quantized.REFUSED);
        return OnnxRunner.numbers(
                OnnxRunner.run(graph.read(), List.of("y"), varying).get(0));
    }

    /** The feature of a head at a time, heads packed in the last axis. */
    private static double at(double[] x, int heads, int batch, int time, int head, int feature) {
        return x[((batch * TIMES + time) * heads + head) * SIZE + feature];
    }

    @Test
    void packedHeadsShareKeysThatLieBeforeThem() {
        OnnxModels model = new OnnxModels("Attention", 23)
                .input(BATCH, TIMES, 2L * HEADS * SIZE)
                .input(BATCH, TIMES, (long) HEADS * SIZE)
                .input(BATCH, TIMES, (long) HEADS * SIZE)
                .with("q_num_heads", 2L * HEADS)
                .with("kv_num_heads", (long) HEADS)
                .with("is_causal", 1L)
                .with("softcap", 2f);
        List<double[]> x = draw(model);
        double[] expected = new double[x.get(0).length];
        for (int b = 0; b < BATCH; b++) {
            for (int q = 0; q < TIMES; q++) {
                for (int h = 0; h < 2 * HEADS; h++) {
                    double[] weights = new double[q + 1];
                    for (int k = 0; k <= q; k++) {
                        double score = 0;
                        for (int f = 0; f < SIZE; f++) {
                            score += at(x.get(0), 2 * HEADS, b, q, h, f) * at(x.get(1), HEADS, b, k, h / 2, f);
                        }
                        weights[k] = Math.exp(2 * Math.tanh(score / Math.sqrt(SIZE) / 2));
                    }
                    double sum = Arrays.stream(weights).sum();
                    for (int f = 0; f < SIZE; f++) {
                        for (int k = 0; k <= q; k++) {
                            expected[((b * TIMES + q) * 2 * HEADS + h) * SIZE + f] +=
                                    weights[k] / sum * at(x.get(2), HEADS, b, k, h / 2, f);
                        }
                    }
                }
            }
        }
        assertThat(run(model, x)).containsExactly(expected, within(1e-14));
    }

    private static OnnxModels grouped() {
        return new OnnxModels("GroupQueryAttention", 17)
                .of("com.microsoft")
                .input(1, 4, 8)
                .input(1, 4, 4)
                .input(1, 4, 4)
                .skipped()
                .skipped()
                .integers(3)
                .integers(4)
                .with("num_heads", 4L)
                .with("kv_num_heads", 2L);
    }

    @Test
    void aWindowHasSoManyKeysTheQuerysOwnAmongThem() {
        OnnxModels window = grouped().with("local_window_size", 2L);
        double[] hidden = IntStream.range(0, 16)
                .mapToDouble(i -> i % 4 <= i / 4 - 2 ? -1e300 : 0)
                .toArray();
        OnnxModels masked = grouped().skipped().skipped().skipped().constant(new long[] {1, 1, 4, 4}, hidden);
        List<double[]> x = draw(window);
        assertThat(run(window, x)).containsExactly(run(masked, x), within(1e-14));
        assertThatThrownBy(() -> run(grouped().with("local_window_size", 0L), x))
                .hasMessageContaining("expected a local_window_size of at least 1, or -1 for all keys, got 0");
    }

    @Test
    void aStateDecaysAndIsCorrectedByTheDeltaRule() {
        OnnxModels model = new OnnxModels("LinearAttention", 27)
                .input(BATCH, TIMES, (long) HEADS * SIZE)
                .input(BATCH, TIMES, (long) HEADS * SIZE)
                .input(BATCH, TIMES, (long) HEADS * SIZE)
                .skipped()
                .input(BATCH, TIMES, HEADS)
                .input(BATCH, TIMES, 1)
                .with("q_num_heads", (long) HEADS)
                .with("kv_num_heads", (long) HEADS)
                .with("scale", 0.5f);
        List<double[]> x = draw(model);
        double[] expected = new double[x.get(0).length];
        for (int b = 0; b < BATCH; b++) {
            for (int h = 0; h < HEADS; h++) {
                double[][] state = new double[SIZE][SIZE];
                for (int t = 0; t < TIMES; t++) {
                    double decay = Math.exp(x.get(3)[(b * TIMES + t) * HEADS + h]);
                    double beta = x.get(4)[b * TIMES + t];
                    for (int v = 0; v < SIZE; v++) {
                        double known = 0;
                        for (int k = 0; k < SIZE; k++) {
                            state[k][v] *= decay;
                            known += state[k][v] * at(x.get(1), HEADS, b, t, h, k);
                        }
                        double written = beta * (at(x.get(2), HEADS, b, t, h, v) - known);
                        for (int k = 0; k < SIZE; k++) {
                            state[k][v] += at(x.get(1), HEADS, b, t, h, k) * written;
                            expected[((b * TIMES + t) * HEADS + h) * SIZE + v] +=
                                    0.5 * at(x.get(0), HEADS, b, t, h, k) * state[k][v];
                        }
                    }
                }
            }
        }
        assertThat(run(model, x)).containsExactly(expected, within(1e-14));
    }

    @Test
    void aCausalConvolutionIsOneOfEachChannelWithAllPaddingBefore() {
        OnnxModels model = new OnnxModels("CausalConvWithState", 27)
                .input(2, 3, 5)
                .input(3, 1, 4)
                .input(3);
        OnnxModels same = new OnnxModels("Conv", 13)
                .input(2, 3, 5)
                .input(3, 1, 4)
                .input(3)
                .with("group", 3L)
                .list("pads", 3L, 0L);
        assertThat(run(model, draw(model))).containsExactly(run(same, draw(model)), within(1e-14));
    }

    /** Half an element between two whole offsets lies the mean of what both give. */
    @Test
    void aDeformedConvolutionMeetsPlacesBetweenElements() {
        OnnxModels plain =
                new OnnxModels("Conv", 13).input(1, 2, 5, 4).input(3, 2, 2, 2).list("pads", 1L, 0L, 1L, 1L);
        List<double[]> x = draw(plain);
        double[][] moved = new double[3][];
        for (int half = 0; half < moved.length; half++) {
            double offset = half * 0.5;
            // For each tap how far down, then how far right, at all 6 by 4 places.
            double[] offsets = IntStream.range(0, 8 * 24)
                    .mapToDouble(i -> i / 24 % 2 == 0 ? offset : 0)
                    .toArray();
            OnnxModels model = new OnnxModels("DeformConv", 19)
                    .input(1, 2, 5, 4)
                    .input(3, 2, 2, 2)
                    .input(1, 8, 6, 4)
                    .list("pads", 1L, 0L, 1L, 1L);
            moved[half] = run(model, List.of(x.get(0), x.get(1), offsets));
        }
        double[] mean = IntStream.range(0, moved[0].length)
                .mapToDouble(i -> (moved[0][i] + moved[2][i]) / 2)
                .toArray();
        assertThat(moved[0]).containsExactly(run(plain, x), within(1e-14));
        assertThat(moved[1]).containsExactly(mean, within(1e-14));
        // One row down, all but the last rows are those of the next row.
        assertThat(moved[2][0]).isEqualTo(moved[0][4], within(1e-14));
    }
}
