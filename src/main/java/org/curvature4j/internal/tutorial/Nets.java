package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.training.Activation;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The lesson's nets. */
public final class Nets {
    /** 800 MB. */
    private static final long MOST_PARAMETERS = 100_000_000;

    private Nets() {}

    /**
     * Demo 1: y = tanh(Wx + b) with the lesson's W [2, 2] and b [2] as variables; placeholder {@code x} [-1, 2], output
     * {@code y} [-1, 2]. A row of x is a point, so the graph computes tanh(x W' + b).
     */
    public static ModelGraph tanhLayer() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable weights = sd.var("W", Nd4j.createFromArray(new double[][] {{1.0, -0.7}, {0.4, 0.9}}));
        SDVariable bias = sd.var("b", Nd4j.createFromArray(0.5, -0.3));
        SDVariable y =
                sd.math().tanh("y", sd.mmul(x, weights, false, true, false).add(bias));
        return new ModelGraph(sd, x.name(), y.name(), "y = tanh(Wx + b), W = [[1, -0.7], [0.4, 0.9]], b = [0.5, -0.3]");
    }

    /**
     * Demo 2: the 2-2-1 net y = W2 tanh(W1 x + b1) + b2 as a function of all that is in it. Placeholder {@code theta}
     * [-1, 11] holds W1 (row-major, 4), b1 (2), W2 (2), b2 (1) and x (2); output {@code y} [-1, 1].
     */
    public static ModelGraph twoTwoOne() {
        return twoTwoOne(DataType.DOUBLE);
    }

    /** The same in another floating-point type. */
    public static ModelGraph twoTwoOne(DataType type) {
        SameDiff sd = SameDiff.create();
        SDVariable theta = sd.placeHolder("theta", type, -1, 11);
        SDVariable weights1 = sd.reshape(part(theta, 0, 4), -1, 2, 2);
        SDVariable bias1 = part(theta, 4, 6);
        SDVariable weights2 = part(theta, 6, 8);
        SDVariable bias2 = part(theta, 8, 9);
        SDVariable x = sd.reshape(part(theta, 9, 11), -1, 1, 2);
        SDVariable hidden = sd.math().tanh(weights1.mul(x).sum(2).add(bias1));
        SDVariable y = weights2.mul(hidden).sum(true, 1).add("y", bias2);
        return new ModelGraph(
                sd, theta.name(), y.name(), "y = W2 tanh(W1 x + b1) + b2 of theta = (W1, b1, W2, b2, x), 11 numbers");
    }

    private static SDVariable part(SDVariable theta, int from, int to) {
        return theta.get(SDIndex.all(), SDIndex.interval(from, to));
    }

    /**
     * A multilayer perceptron: placeholder {@code x} [-1, widths[0]], variables W1 [widths[0], widths[1]], b1
     * [widths[1]], W2, b2 and so on, output {@code y} [-1, last width]. A layer computes activation(h W + b) of rows h;
     * the last one is linear. Weights and biases are standard normal numbers of the seed, in the order of the
     * variables, row-major.
     *
     * @param widths at least two, each at least 1
     * @throws IllegalArgumentException if they are not, or the parameters are more than 100 million
     */
    public static ModelGraph mlp(Activation activation, long seed, int... widths) {
        String name = Arrays.stream(widths).mapToObj(Integer::toString).collect(Collectors.joining("-"));
        if (widths.length < 2 || Arrays.stream(widths).anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "mlp: expected two or more widths of at least 1, as in 4-8-1, got '" + name + "'");
        }
        checkSize(widths);
        SameDiff sd = SameDiff.create();
        Parameters parameters = new Parameters(sd, Models.parameterSeed(seed));
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, widths[0]);
        SDVariable h = x;
        int last = widths.length - 1;
        for (int layer = 1; layer <= last; layer++) {
            SDVariable weights = parameters.next("W" + layer, widths[layer - 1], widths[layer]);
            SDVariable bias = parameters.next("b" + layer, widths[layer]);
            SDVariable product = h.mmul(weights);
            h = layer == last ? product.add("y", bias) : activation.of(sd, product.add(bias));
        }
        return new ModelGraph(
                sd, x.name(), h.name(), "MLP " + name + ", " + activation.text() + ", parameters of seed " + seed);
    }

    /** @throws IllegalArgumentException if a net of these widths would have more parameters than are for trying things out */
    static void checkSize(int... widths) {
        double parameters = 0;
        for (int layer = 1; layer < widths.length; layer++) {
            parameters += (widths[layer - 1] + 1.0) * widths[layer];
        }
        if (parameters > MOST_PARAMETERS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "mlp: expected at most %,d parameters, got %,.0f", MOST_PARAMETERS, parameters));
        }
    }

    /** Hands out the seed's numbers to one variable after the other. */
    private static final class Parameters {
        private final SameDiff graph;
        private final long seed;
        private long used;

        Parameters(SameDiff graph, long seed) {
            this.graph = graph;
            this.seed = seed;
        }

        SDVariable next(String name, long... shape) {
            long size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            used += size;
            INDArray numbers = RandomPoints.of(seed, used).readRows(used - size, size);
            return graph.var(name, numbers.reshape(shape));
        }
    }
}
