package org.curvature4j.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.Hessian;
import org.curvature4j.PreparedFunction;
import org.curvature4j.TensorFunction;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.io.SameDiffFile;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** All that every graph is held to. */
final class Checks {
    static final double ROUNDING = 1e-10;

    private Checks() {}

    static Stream<Check> all() {
        return Stream.of(
                        Stream.of(new Check("value = SameDiff's", Checks::executed)),
                        Stream.of(
                                differences("Jacobian = differences", 1, s -> s.value.get(), s -> s.jacobian.get()),
                                differences("gradient = differences", 1, s -> s.loss.get(), s -> s.gradient.get()),
                                differences("Hessian = differences", 2, s -> s.gradient.get(), s -> s.hessian.get()),
                                differences("third = differences", 3, s -> s.hessian.get(), s -> s.third.get())),
                        Stream.of(
                                new Check("forward = reverse", Checks::modes),
                                new Check("jvp = vjp", Checks::products),
                                new Check("Hessian symmetric", Checks::symmetric),
                                new Check("third symmetric", Checks::symmetricThird),
                                new Check("structured Hessian = Hessian", Checks::structured),
                                new Check("Laplacian = trace", Checks::laplacian),
                                new Check("vmap = loop", Checks::batch),
                                new Check("prepared = Hessian", Checks::prepared),
                                new Check("saved = loaded", Checks::file)),
                        EngineChecks.of("value", s -> s.value.get()),
                        EngineChecks.of("Jacobian", s -> s.jacobian.get()),
                        EngineChecks.of("Hessian", s -> s.hessian.get()),
                        EngineChecks.of("third", s -> s.third.get()))
                .flatMap(checks -> checks);
    }

    /** The first thing that is wrong with a graph. */
    static Optional<Failure> failure(Subject subject) {
        return all().flatMap(check -> check.failure(subject).map(what -> new Failure(check, what)).stream())
                .findFirst();
    }

    /** @param what contradicts the check */
    record Failure(Check check, String what) {}

    private static Optional<String> executed(Subject s) {
        if (SameDiffFaults.concern(s)) {
            return Optional.empty();
        }
        INDArray theirs;
        try {
            theirs = s.built.executed(s.program.output().name());
        } catch (RuntimeException e) {
            return Optional.empty(); // what SameDiff can't compute, it can't contradict
        }
        double[] expected = theirs.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        return Closeness.differenceOfFinite(s.evaluate(s.value.get()), expected, SameDiffFaults.TOLERANCE);
    }

    private static Check differences(
            String name, int order, Function<Subject, Graph> function, Function<Subject, Graph> derivative) {
        return new Check(name, s -> {
            if (s.applies("stop_gradient")) {
                return Optional.empty(); // its derivative isn't that of the function, by definition
            }
            Graph graph = function.apply(s);
            double[] actual = s.evaluate(derivative.apply(s));
            Differences differences = new Differences(at -> s.evaluate(graph, at), s.point);
            // On a kink the curvature may not exist: then it must be NaN, which the kink explains. Equal numbers that
            // are
            // standardized have no derivative of any order, even where they stay equal along the graph's own inputs.
            boolean nowhere = (order > 1 && s.isOnKink()) || s.applies("standardize") || s.applies("layer_norm");
            return differences.contradiction(actual, nowhere);
        });
    }

    /** Outside the domain what isn't a number spreads as each formula multiplies it by 0. */
    private static boolean isInside(Subject s) {
        return s.program.steps().stream()
                .flatMapToDouble(step ->
                        Arrays.stream(s.built.value(step.name(), s.rules).values()))
                .allMatch(Double::isFinite);
    }

    private static Optional<String> modes(Subject s) {
        if (!isInside(s)) {
            return Optional.empty();
        }
        Graph forward = Derivatives.jacobian(s.value.get(), DerivativeMode.FORWARD);
        Graph reverse = Derivatives.jacobian(s.value.get(), DerivativeMode.REVERSE);
        return Closeness.differenceOfFinite(s.evaluate(reverse), s.evaluate(forward), ROUNDING);
    }

    private static Optional<String> products(Subject s) {
        Random random = new Random(1);
        double[] direction = random.doubles(s.point.length, -1, 1).toArray();
        int outputs = Math.toIntExact(s.value.get().outputs().get(0).type().size());
        double[] cotangent = random.doubles(outputs, -1, 1).toArray();
        double[] tangent = s.evaluate(Derivatives.directional(s.value.get()), s.point, direction);
        double[] pulled = s.evaluate(Vjp.of(s.value.get(), List.of(0)), s.point, cotangent);
        double forward = dot(cotangent, tangent);
        double reverse = dot(pulled, direction);
        double scale = Arrays.stream(tangent).map(Math::abs).sum()
                + Arrays.stream(pulled).map(Math::abs).sum();
        boolean same = !Double.isFinite(scale) || Math.abs(forward - reverse) <= ROUNDING * (1 + scale);
        return same ? Optional.empty() : Optional.of("u.Jv is " + forward + ", uJ.v is " + reverse);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static Optional<String> symmetric(Subject s) {
        double[] hessian = s.evaluate(s.hessian.get());
        return Closeness.differenceOfFinite(swapped(hessian, s.point.length, 1), hessian, ROUNDING);
    }

    /** The Hessian's symmetry is the third derivative's in its first two axes; here the last two. */
    private static Optional<String> symmetricThird(Subject s) {
        double[] third = s.evaluate(s.third.get());
        return Closeness.differenceOfFinite(swapped(third, s.point.length, s.point.length), third, ROUNDING);
    }

    /** Each of some square matrices transposed. */
    private static double[] swapped(double[] matrices, int n, int count) {
        double[] result = new double[matrices.length];
        for (int m = 0; m < count; m++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    result[(m * n + i) * n + j] = matrices[(m * n + j) * n + i];
                }
            }
        }
        return result;
    }

    private static Optional<String> structured(Subject s) {
        double[] expected = s.evaluate(s.hessian.get());
        double[] actual = s.evaluate(Derivatives.structuredHessian(s.loss.get()));
        boolean nowhere =
                (s.isOnKink() || !isInside(s)) && Arrays.stream(actual).anyMatch(Double::isNaN);
        return nowhere ? Optional.empty() : Closeness.differenceOfFinite(actual, expected, ROUNDING);
    }

    /** By both ways. */
    private static Optional<String> laplacian(Subject s) {
        double[] matrix = s.evaluate(s.hessian.get());
        int n = (int) Math.round(Math.sqrt(matrix.length));
        double trace = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            trace += matrix[i * n + i];
            size += Math.abs(matrix[i * n + i]);
        }
        for (Graph graph :
                List.of(Derivatives.laplacian(s.loss.get()), Derivatives.structuredLaplacian(s.loss.get()))) {
            double[] actual = s.evaluate(graph);
            boolean nowhere = (s.isOnKink() || !isInside(s)) && Double.isNaN(actual[0]);
            boolean close = Math.abs(actual[0] - trace) <= ROUNDING * (1 + size);
            if (Double.isFinite(trace) && !nowhere && !close) {
                return Optional.of("expected " + trace + ", got " + actual[0]);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> batch(Subject s) {
        List<Integer> axes =
                new ArrayList<>(Collections.nCopies(s.value.get().inputs().size(), -1));
        axes.set(0, 0);
        for (Graph graph : List.of(s.value.get(), s.jacobian.get())) {
            double[] actual = s.evaluate(Flatten.vmap(graph, axes, 3), s.points());
            Optional<String> difference = Closeness.difference(actual, s.loop(graph), ROUNDING);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** What users call, for the first element of the output: one Hessian by every way, symmetric to the bit. */
    private static Optional<String> prepared(Subject s) {
        if (s.point.length == 0 || s.value.get().outputs().get(0).type().size() == 0) {
            return Optional.empty();
        }
        TensorFunction function = s.ofFirstElement();
        double[] points = s.points();
        int n = s.point.length;
        double[] batch = new double[3 * n * n];
        try (Hessian hessian = Hessian.of(function);
                PreparedFunction evaluator = function.hessian().prepare();
                INDArray rows = Nd4j.create(points, new long[] {3, n}, 'c');
                INDArray results = evaluator.batch(rows)) {
            hessian.batchInto(batch, points);
            double[] prepared = results.dup('c').data().asDouble();
            return Closeness.differenceOfBits(prepared, batch)
                    .or(() -> Closeness.differenceOfBits(
                            hessian.at(s.point(1)), Arrays.copyOfRange(batch, n * n, 2 * n * n)))
                    .or(() -> Closeness.differenceOfBits(swapped(batch, n, 3), batch));
        }
    }

    private static Optional<String> file(Subject s) {
        if (SameDiffFaults.filesLose(s)) {
            return Optional.empty();
        }
        try {
            Path file = Files.createTempFile("fuzz", ".fb");
            try {
                s.built.sameDiff().save(file.toFile(), false);
                SameDiff loaded = SameDiffFile.load(file);
                String output = s.built.variable(s.program.output().name());
                Graph graph = s.ofPoint(s.built.imported(loaded, output, s.rules));
                return Closeness.differenceOfBits(s.evaluate(graph), s.evaluate(s.value.get()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
