package org.curvature4j.bench;

import java.nio.file.Path;
import java.util.Arrays;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;

/** Writes the inputs of a task, numbers of a seed, as {@link InputFiles}. */
final class WorkloadInputs {
    /** Widths of the classifier of {@link Workload#PRODUCT}. */
    static final int[] CLASSIFIER = {784, 512, 512, 10};

    static final int CLASSIFIER_ROWS = 256;

    static final int REGRESSION_ROWS = 512;

    static final int LANCZOS_STEPS = 60;

    static final long SEED = 0;

    private final InputFiles files;
    private long drawn;

    private WorkloadInputs(Path folder) {
        this.files = new InputFiles(folder);
    }

    static void write(Task task, Path folder) {
        WorkloadInputs inputs = new WorkloadInputs(folder);
        long points = task.points();
        switch (task.workload()) {
            case HESSIAN_221, HESSIAN_KEPT, SINGLE_POINT, SPECTRUM_221, SPECTRUM_KEPT, SPECTRUM_VECTORS_221 ->
                inputs.normal("theta", 1, points, 11);
            case JACOBIAN_2 -> {
                inputs.normal("x", 1, points, 2);
                inputs.save("W", new double[] {1, -0.7, 0.4, 0.9}, 2, 2);
                inputs.save("b", new double[] {0.5, -0.3}, 2);
            }
            case JACOBIAN_16 -> inputs.layer(points, 16);
            case JACOBIAN_64 -> inputs.layer(points, 64);
            case NET_OF_INPUT -> inputs.net(points);
            case PARAMETERS_385 -> inputs.regression(385);
            case PARAMETERS_1201 -> inputs.regression(1201);
            case PRODUCT, FIXED_PRODUCT, LANCZOS -> inputs.classification();
            case SADDLE -> inputs.grid(points);
            case PREPARATION_750, PREPARATION_1500, PREPARATION_3000 -> inputs.normal("x", 0.3, 2);
        }
    }

    private void layer(long points, int width) {
        normal("x", 1, points, width);
        normal("W", 1 / Math.sqrt(width), width, width);
        normal("b", 1, width);
    }

    private void net(long points) {
        normal("x", 1, points, 8);
        normal("W1", 1 / Math.sqrt(8), 32, 8);
        normal("b1", 0.1, 32);
        normal("W2", 1 / Math.sqrt(32), 32, 32);
        normal("b2", 0.1, 32);
        normal("w3", 1 / Math.sqrt(32), 32);
    }

    private void regression(int parameters) {
        normal("theta", 0.3, parameters);
        normal("X", 1, REGRESSION_ROWS, 10);
        normal("Y", 1, REGRESSION_ROWS);
    }

    private void classification() {
        int rows = CLASSIFIER_ROWS;
        int classes = CLASSIFIER[CLASSIFIER.length - 1];
        double[] theta = new double[0];
        for (int i = 1; i < CLASSIFIER.length; i++) {
            int before = CLASSIFIER[i - 1];
            theta = joined(theta, draw(1 / Math.sqrt(before), before * CLASSIFIER[i]));
            theta = joined(theta, draw(0.1, CLASSIFIER[i]));
        }
        save("theta", theta, theta.length);
        normal("v", 1, theta.length);
        normal("X", 1, rows, CLASSIFIER[0]);
        double[] labels = new double[rows * classes];
        for (int row = 0; row < rows; row++) {
            labels[row * classes + row * 7 % classes] = 1;
        }
        save("Y", labels, rows, classes);
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
        try (NpyWriter writer = NpyWriter.create(files.file(name), NpyType.FLOAT64, shape)) {
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
