package org.curvature4j.internal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.DiagonalEstimate;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.HutchPlusPlus;
import org.curvature4j.estimate.Hutchinson;
import org.curvature4j.estimate.Probes;
import org.curvature4j.estimate.XDiag;
import org.curvature4j.estimate.XTrace;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.subject.ChosenLoss;
import org.curvature4j.io.Npy;
import org.curvature4j.operator.LinearOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature trace}. */
@Command(
        name = "trace",
        sortOptions = false,
        customSynopsis = "curvature trace LOSS DATA [--matrix KIND] [--method NAME] [--products N]",
        description = {
            "The trace of a loss' curvature, with its standard error.",
            "In all parameters of a model, by products with random vectors; the squared",
            "Frobenius norm and the diagonal as well."
        },
        footer = {
            "",
            "Examples:",
            "  curvature trace --model digits.fb --data digits",
            "  curvature trace --model digits.fb --data digits --method hutchinson \\",
            "            --products 1000 --relative-error 0.01 --frobenius",
            "  curvature trace --model digits.fb --data digits --matrix gauss-newton \\",
            "            --diagonal diagonal.npy"
        })
final class TraceCommand extends MatrixCommand {
    /** How the trace is estimated. */
    private enum Estimator {
        XTRACE("xtrace"),
        HUTCH("hutch++"),
        HUTCHINSON("hutchinson");

        private final String key;

        Estimator(String key) {
            this.key = key;
        }
    }

    /** Estimators by their names. */
    static final class Estimators extends Choice<Estimator> {
        Estimators() {
            super(List.of(Estimator.values()), one -> one.key);
        }
    }

    @Option(
            names = "--method",
            converter = Estimators.class,
            completionCandidates = Estimators.class,
            paramLabel = "NAME",
            description = "xtrace, unless given, hutch++ or hutchinson.")
    private Estimator method = Estimator.XTRACE;

    @Option(
            names = "--products",
            converter = Values.Count.class,
            paramLabel = "N",
            description = "Most products for each quantity; 100.")
    private int products = 100;

    @Option(
            names = "--relative-error",
            converter = Values.Part.class,
            paramLabel = "R",
            description = {"Stop at this standard error, of hutchinson.", "As a part of the trace."})
    private @Nullable Double relativeError;

    @Option(names = "--frobenius", description = "The squared Frobenius norm too.")
    private boolean frobenius;

    @Option(
            names = "--diagonal",
            converter = Destination.Array.class,
            paramLabel = "FILE.npy",
            description = {"The diagonal too, [2, parameters].", "Estimates, and below them their standard errors."})
    private @Nullable Destination diagonal;

    @Override
    void check() {
        super.check();
        if (relativeError != null && method != Estimator.HUTCHINSON) {
            throw new UsageException("--relative-error: expected --method hutchinson with it, got " + method.key);
        }
    }

    @Override
    void run(Report report) {
        ChosenLoss subject = open();
        describe("Trace", subject, report);
        long start = System.nanoTime();
        int quantities = 1 + (frobenius ? 1 : 0) + (diagonal != null ? 1 : 0);
        int computed = 0;
        try (DataOperator operator = operator(subject);
                ProgressDisplay progress = ProgressDisplay.of((long) quantities * products, "product")) {
            Budget budget = new Budget(products, loss().seed(), progress);
            computed += add("estimate", "trace", trace(operator, budget), report);
            if (frobenius) {
                computed += add("", "squaredFrobenius", Hutchinson.squaredFrobenius(operator, budget), report);
            }
            computed += diagonal(operator, budget, report);
            computedBy(operator.describe(), report);
        }
        report.written(Destination.pathOf(diagonal));
        Timing.describe(report, start, computed, "product");
    }

    /** Gives the products that an estimate took. */
    private static int add(String label, String field, Estimate estimate, Report report) {
        report.line(label, estimate.report());
        report.field(field, fields(estimate));
        return estimate.products();
    }

    private Estimate trace(LinearOperator operator, Budget budget) {
        return switch (method) {
            case XTRACE -> XTrace.trace(operator, budget);
            case HUTCH -> HutchPlusPlus.trace(operator, budget);
            case HUTCHINSON ->
                Hutchinson.trace(operator, budget, Probes.RADEMACHER, relativeError == null ? 0 : relativeError);
        };
    }

    /** Gives the products that it took. */
    private int diagonal(LinearOperator operator, Budget budget, Report report) {
        if (diagonal == null) {
            return 0;
        }
        DiagonalEstimate estimate = method == Estimator.HUTCHINSON
                ? Hutchinson.diagonal(operator, budget)
                : XDiag.diagonal(operator, budget);
        Npy.write(diagonal.path(), Nd4j.createFromArray(new double[][] {estimate.values(), estimate.standardErrors()}));
        report.line("diagonal", estimate.report());
        return estimate.products();
    }

    private static Map<String, Object> fields(Estimate estimate) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Estimate.Interval interval = estimate.confidenceInterval(0.95);
        fields.put("method", estimate.method());
        fields.put("value", estimate.value());
        fields.put("standardError", estimate.standardError());
        fields.put("low95", interval.low());
        fields.put("high95", interval.high());
        fields.put("products", estimate.products());
        fields.put("exact", estimate.exact());
        return fields;
    }
}
