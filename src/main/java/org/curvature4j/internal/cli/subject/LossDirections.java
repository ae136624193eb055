package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.curvature.DataFunction;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.curvature.FilterAxis;
import org.curvature4j.curvature.Landscape;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.operator.Vectors;
import org.curvature4j.plot.Slice;
import org.curvature4j.stream.Progress;

/**
 * Directions in the space of a loss' parameters.
 *
 * @param vectors one number for each parameter
 * @param eigenvalues of the Hessian that they belong to; empty for random ones
 */
public record LossDirections(List<double[]> vectors, List<Double> eigenvalues) {
    /** Enough for directions to look at. */
    private static final double TOLERANCE = 1e-8;

    /** The eigenvectors of the Hessian's eigenvalues of largest magnitude. */
    public static LossDirections eigenvectors(ChosenLoss subject, int count, long seed) {
        DataLoss loss = subject.loss();
        if (count > loss.size()) {
            throw new IllegalArgumentException(
                    "directions: expected at most " + loss.size() + ", the number of parameters, got " + count);
        }
        try (DataOperator hessian = loss.hessian()) {
            Eigenpairs pairs = Lanczos.eigenpairs(
                    hessian,
                    LanczosOptions.largestMagnitude(count).tolerance(TOLERANCE).seed(seed));
            double[] values = pairs.eigenvalues();
            return new LossDirections(
                    IntStream.range(0, count).mapToObj(pairs::vector).toList(),
                    IntStream.range(0, count).mapToObj(k -> values[k]).toList());
        }
    }

    /** Two random ones, each filter as long as the weights' own. */
    public static LossDirections random(ChosenLoss subject, FilterAxis axis, long seed) {
        List<double[]> vectors = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            vectors.add(Landscape.filterNormalised(subject.loss(), StandardNormal.otherSeed(seed, k), axis));
        }
        return new LossDirections(vectors, List.of());
    }

    public double[] vector(int index) {
        return vectors.get(index);
    }

    /** What steps along one of them are called. */
    public String axis(int index) {
        return "steps along " + (eigenvalues.isEmpty() ? "random direction " : "eigenvector ") + index;
    }

    public String words() {
        return eigenvalues.size() == 1
                ? words(0)
                : eigenvalues.isEmpty()
                        ? "random, each filter as long as the weights' own"
                        : "eigenvectors of eigenvalues "
                                + eigenvalues.stream().map(Numbers::brief).collect(Collectors.joining(", "));
    }

    /** One eigenvector in words. */
    public String words(int index) {
        return "eigenvector of eigenvalue " + Numbers.brief(eigenvalues.get(index));
    }

    /** The loss along an eigenvector, with its derivatives. */
    public Slice slice(ChosenLoss subject, int index, double[] steps, Progress progress) {
        DataLoss loss = subject.loss();
        double[] direction = vectors.get(index);
        double[] values = new double[steps.length];
        double[] derivatives = new double[steps.length];
        try (DataFunction value = loss.valueFunction();
                DataFunction gradient = loss.gradientFunction()) {
            for (int i = 0; i < steps.length; i++) {
                double[] moved = loss.point();
                Vectors.add(steps[i], direction, moved);
                values[i] = value.apply(moved)[0];
                derivatives[i] = Vectors.dot(direction, gradient.apply(moved));
                progress.advance(1);
            }
            double slope = Vectors.dot(direction, gradient.apply(loss.point()));
            return new Slice(
                    "eigenvector " + index,
                    eigenvalues.get(index),
                    slope,
                    value.apply(loss.point())[0],
                    steps,
                    values,
                    derivatives);
        }
    }
}
