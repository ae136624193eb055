package org.curvature4j.bench;

import java.nio.file.Path;
import java.util.Arrays;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the inputs of a task, numbers of a seed, as {@link InputFiles}. */
final class WorkloadInputs {
    /** Widths of the classifier of {@link Workload#PRODUCT}. */
    static final int[] CLASSIFIER = {784, 512, 512, 10};

    static final int CLASSIFIER_ROWS = 256;

    static final int REGRESSION_ROWS = 512;

    static final int LANCZOS_STEPS = 60;

    /** Widths of the net of {@link Workload#DENSITY}, and the images that it learns. */
    static final int[] DIGITS = {64, 32, 10};

    static final int DIGITS_ROWS = 1438;

    static final int PROBES = 20;

    static final int PROBE_STEPS = 30;

    static final long SEED = 0;

    private final NpyType type;
    private final InputFiles files;
    private long drawn;

    private WorkloadInputs(NpyType type, Path folder) {
        this.type = type;
        this.files = new InputFiles(folder);
    }

    static void write(Task task, Path folder) {
        WorkloadInputs inputs = new WorkloadInputs(task.workload().type(), folder);
        long points = task.points();
        switch (task.workload()) {
            case HESSIAN_221, HESSIAN_KEPT, SINGLE_POINT, FIRST_RESULT -> inputs.normal("theta", 1, points, 11);
            case SPECTRUM_221, SPECTRUM_FLOAT, SPECTRUM_KEPT, SPECTRUM_VECTORS_221 ->
                inputs.normal("theta", 1, points, 11);
            case JACOBIAN_2 -> {
                inputs.normal("x", 1, points, 2);
                inputs.save("W", new double[] {1, -0.7, 0.4, 0.9}, 2, 2);
                inputs.save("b", new double[] {0.5, -0.3}, 2);
            }
            case JACOBIAN_16 -> inputs.layer(points, 16);
            case JACOBIAN_64 -> inputs.layer(points, 64);
            case EIGENVALUES_20 -> inputs.symmetric(points, 20);
            case EIGENVALUES_32 -> inputs.symmetric(points, 32);
            case NET_OF_INPUT -> inputs.net(points, 8, 32);
            case LAPLACIAN -> inputs.net(points, 2, 64);
            case PER_EXAMPLE -> inputs.regression(97, points);
            case PARAMETERS_385 -> inputs.regression(385, REGRESSION_ROWS);
            case PARAMETERS_1201 -> inputs.regression(1201, REGRESSION_ROWS);
            case PRODUCT, FIXED_PRODUCT, LANCZOS -> inputs.classification();
            case DENSITY -> inputs.digits();
            case SADDLE -> inputs.grid(points);
            case PREPARATION_750, PREPARATION_1500, PREPARATION_3000, PREPARATION_OF_SINES ->
                inputs.normal("x", 0.3, 2);
        }
    }

    private void layer(long points, int width) {
        normal("x", 1, points, width);
        normal("W", 1 / Math.sqrt(width), width, width);
        normal("b", 1, width);
    }

    private void symmetric(long matrices, int order) {
        double[] numbers = draw(1, Math.toIntExact(matrices * order * order));
        for (int first = 0; first < numbers.length; first += order * order) {
            for (int row = 0; row < order; row++) {
                for (int column = 0; column < row; column++) {
                    numbers[first + column * order + row] = numbers[first + row * order + column];
                }
            }
        }
        save("A", numbers, matrices, order, order);
    }

    /** Of two hidden layers of one width. */
    private void net(long points, int inputs, int width) {
        normal("x", 1, points, inputs);
        normal("W1", 1 / Math.sqrt(inputs), width, inputs);
        normal("b1", 0.1, width);
        normal("W2", 1 / Math.sqrt(width), width, width);
        normal("b2", 0.1, width);
        normal("w3", 1 / Math.sqrt(width), width);
    }

    private void regression(int parameters, long rows) {
        normal("theta", 0.3, parameters);
        normal("X", 1, rows, 10);
        normal("Y", 1, rows);
    }

    private void classification() {
        int rows = CLASSIFIER_ROWS;
        int classes = CLASSIFIER[CLASSIFIER.length - 1];
        int size = parameters(CLASSIFIER);
        normal("v", 1, size);
        normal("X", 1, rows, CLASSIFIER[0]);
        double[] labels = new double[rows * classes];
        for (int row = 0; row < rows; row++) {
            labels[row * classes + row * 7 % classes] = 1;
        }
        save("Y", labels, rows, classes);
    }

    /** The digits, the net as it is before training, and the probes that this library draws. */
    private void digits() {
        Dataset digits = Dataset.digits().first(DIGITS_ROWS);
        int classes = DIGITS[DIGITS.length - 1];
        int size = parameters(DIGITS);
        save("X", numbers(digits.features()), DIGITS_ROWS, DIGITS[0]);
        save("Y", numbers(Dataset.oneHot(digits.labels(), classes)), DIGITS_ROWS, classes);
        double[] probes = new double[PROBES * size];
        for (int probe = 0; probe < PROBES; probe++) {
            StandardNormal.fill(StandardNormal.otherSeed(SEED, probe), 0, probes, probe * size, size);
        }
        save("V", probes, PROBES, size);
    }

    /** Draws a classifier's; returns how many. */
    private int parameters(int... widths) {
        double[] theta = new double[0];
        for (int i = 1; i < widths.length; i++) {
            int before = widths[i - 1];
            theta = joined(theta, draw(1 / Math.sqrt(before), before * widths[i]));
            theta = joined(theta, draw(0.1, widths[i]));
        }
        save("theta", theta, theta.length);
        return theta.length;
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').reshape(array.length()).toDoubleVector();
    }

    /** A square of -2 to 2. */
    private void grid(long points) {
        int side = (int) Math.round(Math.sqrt((double) points));
        double[] numbers = new double[2 * side * side];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int point = row * side + column;
                numbers[2 * point] = -2 + 4.0 * row / (side - 1);
                numbers[2 * point + 1] = -2 + 4.0 * column / (side - 1);
            }
        }
        save("p", numbers, (long) side * side, 2);
    }

    private void normal(String name, double scale, long... shape) {
        save(name, draw(scale, Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))), shape);
    }

    private double[] draw(double scale, int count) {
        double[] numbers = new double[count];
        StandardNormal.fill(SEED, drawn, numbers, 0, count);
        drawn += count;
        Arrays.setAll(numbers, i -> scale * numbers[i]);
        return numbers;
    }

    private void save(String name, double[] numbers, long... shape) {
        try (NpyWriter writer = NpyWriter.create(files.file(name), type, shape)) {
            writer.writeRows(0, shape[0], numbers, 0);
            writer.commit();
        }
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
