package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.curvature.GraphObjective;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.FunctionOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.MinimizerReport;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.StartPoint;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.Npy;
import org.curvature4j.optimize.Iteration;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.optimize.MinimizerResult;
import org.curvature4j.plot.Convergence;
import org.curvature4j.plot.ConvergencePlot;
import org.curvature4j.plot.Figure;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature newton}. */
@Command(
        name = "newton",
        sortOptions = false,
        customSynopsis = {
            "curvature newton --function NAME [--method METHOD] [--start X,Y]",
            "       curvature newton MODEL [--method METHOD] [--start WHERE]"
        },
        description = {
            "A minimum of a function or a loss by Newton's method.",
            "And by its kin, beside gradient descent; saddles are left along negative",
            "curvature."
        },
        footer = {
            "",
            "Examples:",
            "  curvature newton --function rosenbrock --start -1.2,1 \\",
            "            --method all --plot rosenbrock.png",
            "  curvature newton --model loss.fb --wrt params --feed x=x.npy \\",
            "            --feed labels=y.npy --method newton-cg --out theta.npy"
        })
final class NewtonCommand extends CurvatureCommand {
    private static final String ALL = "all";

    /** Up to so many numbers the end is classified by all its eigenvalues. */
    private static final int MOST_CLASSIFIED = 500;

    @Option(
            names = "--method",
            split = ",",
            paramLabel = "METHOD",
            description = {
                "How; newton unless given.",
                "newton: with all eigenvalues of the Hessian.",
                "newton-cg, trust-region: with products of it alone.",
                "gradient-descent; or all. Several with commas",
                "between."
            })
    private List<String> methods = new ArrayList<>();

    @Option(
            names = "--start",
            paramLabel = "WHERE",
            description = {
                "Where to begin.",
                "X,Y: numbers; FILE.npy or .csv; present: as the",
                "variables are; random: standard normal of --seed.",
                "present unless given, random where that can't be."
            })
    private @Nullable String start;

    @Option(
            names = "--tolerance",
            converter = Values.Positive.class,
            paramLabel = "T",
            defaultValue = "1e-8",
            description = "Norm of the gradient to reach; 1e-8 unless given.")
    private double tolerance = 1e-8;

    @Option(
            names = "--iterations",
            converter = Values.Count.class,
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many a method; 1000 unless given.")
    private int iterations = 1000;

    @Option(
            names = "--out",
            converter = Destination.Array.class,
            paramLabel = "FILE.npy",
            description = {"Where the end goes, [n].", "[k, n] of several methods."})
    private @Nullable Destination out;

    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private FunctionOptions model = new FunctionOptions();

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        model.check();
        chosen();
        if (start != null) {
            StartPoint.check(start);
        }
    }

    private List<Method> chosen() {
        if (methods.contains(ALL)) {
            return List.of(Method.values());
        }
        List<String> names = methods.isEmpty() ? List.of(Method.NEWTON.key()) : methods;
        List<String> known = Stream.concat(Stream.of(Method.values()).map(Method::key), Stream.of(ALL))
                .toList();
        for (String name : names) {
            Choice.require("--method", known, name);
        }
        return names.stream()
                .distinct()
                .flatMap(name ->
                        Stream.of(Method.values()).filter(method -> method.key().equals(name)))
                .toList();
    }

    @Override
    void run(Report report) {
        Backend.get();
        ChosenFunction subject = ChosenFunction.open(model);
        subject.requireOneResult("minimum");
        double[] from = StartPoint.of(start == null ? "" : start, subject, model.seed());
        long begin = System.nanoTime();
        List<MinimizerResult> results = new ArrayList<>();
        try (GraphObjective objective = GraphObjective.of(subject.function())) {
            explain(objective.describe());
            for (Method method : chosen()) {
                results.add(Minimizer.minimize(method, objective, from, options(method, objective.size())));
            }
        }
        report.text("Minimum of " + subject.title());
        subject.describe(report);
        report.field("start", from);
        if (StartPoint.isRandom(start == null ? "" : start, subject)) {
            report.drawn(model.seed());
        }
        report.field("tolerance", tolerance);
        MinimizerReport.describe(results, report);
        write(results);
        figure.draw(report, () -> draw(results, subject));
        report.written(Destination.pathOf(out), figure.file());
        Timing.describe(report, begin, 1, "search");
    }

    private MinimizerOptions options(Method method, int size) {
        MinimizerOptions options = MinimizerOptions.usual()
                .gradientTolerance(tolerance)
                .mostIterations(iterations)
                .progress(iteration -> tell(method, iteration));
        return size <= MOST_CLASSIFIED ? options.withClassification() : options;
    }

    private void tell(Method method, Iteration iteration) {
        if (verbose()) {
            errors().println(Failure.PREFIX + method.key() + " " + iteration.number() + ": value "
                    + Numbers.brief(iteration.value()) + ", gradient " + Numbers.brief(iteration.gradientNorm())
                    + ", step " + Numbers.brief(iteration.stepNorm()));
        }
    }

    private void write(List<MinimizerResult> results) {
        if (out == null) {
            return;
        }
        int n = results.get(0).point().length;
        double[] ends = new double[Math.multiplyExact(results.size(), n)];
        for (int k = 0; k < results.size(); k++) {
            System.arraycopy(results.get(k).point(), 0, ends, k * n, n);
        }
        long[] shape = results.size() == 1 ? new long[] {n} : new long[] {results.size(), n};
        try (INDArray array = HostArray.copyOf(ends, DataType.DOUBLE, shape)) {
            Npy.write(out.path(), array);
        }
    }

    private Figure draw(List<MinimizerResult> results, ChosenFunction subject) {
        List<Convergence> runs = results.stream()
                .map(result -> new Convergence(
                        result.method().words(),
                        result.trajectory().stream()
                                .mapToDouble(Iteration::gradientNorm)
                                .toArray()))
                .toList();
        String described = subject.source().description();
        String caption = described.isEmpty()
                ? subject.title() + " of " + Path.of(subject.source().name()).getFileName() + ", "
                        + Words.count(subject.inputSize(), "number")
                : described;
        return ConvergencePlot.of(runs, "Convergence to a minimum", caption);
    }
}
