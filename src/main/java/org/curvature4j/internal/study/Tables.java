package org.curvature4j.internal.study;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.curvature4j.Block;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.training.Score;

/** The tables of the write-up, in Markdown. */
final class Tables {
    private static final int CLASSES = StudyOptions.CLASSES;
    private static final int BELOW = CLASSES - 1;

    private final Findings start;
    private final Findings end;
    private final StringBuilder rows = new StringBuilder();

    private Tables(Findings start, Findings end) {
        this.start = start;
        this.end = end;
        rows.append("| | at the start | after training |\n| :--- | ---: | ---: |");
    }

    private Tables row(String label, Function<Findings, String> number) {
        rows.append("\n| " + label + " | " + number.apply(start) + " | " + number.apply(end) + " |");
        return this;
    }

    private Tables number(String label, int digits, Function<Findings, Double> number) {
        return row(label, findings -> Numbers.significant(number.apply(findings), digits));
    }

    private Tables share(String label, Function<Findings, Double> share) {
        return row(label, findings -> Numbers.percent(share.apply(findings)));
    }

    /** Where the net stands. */
    static String net(Study study) {
        return new Tables(study.start(), study.end())
                .number("loss", 4, f -> train(f).loss())
                .share("right", f -> train(f).accuracy())
                .share("right of those held out", f -> heldOut(f).accuracy())
                .number("length of the gradient", 3, f -> f.curvature().gradientNorm())
                .rows
                .toString();
    }

    /** The true spectrum. */
    static String spectrum(Study study) {
        return new Tables(study.start(), study.end())
                .number("largest eigenvalue", 3, f -> f.truth().largest())
                .number("smallest", 3, f -> f.truth().smallest())
                .row("negative ones", f -> Numbers.grouped(f.truth().inertia().negative()))
                .row(
                        "zero to rounding",
                        f -> Numbers.grouped(f.truth().inertia().nearZero()))
                .share("magnitude below 1 % of the largest", f -> f.truth().shareNearZero())
                .number("trace", 4, f -> f.truth().trace())
                .share("share of the trace in the first " + BELOW, f -> f.truth()
                        .shareOfTrace(BELOW))
                .share("in the first " + CLASSES, f -> f.truth().shareOfTrace(CLASSES))
                .row(
                        "largest gap among the first " + 2 * CLASSES,
                        f -> gap(f.curvature().gaps()))
                .number(
                        "ratio across the gap after " + BELOW,
                        3,
                        f -> after(f.curvature().gaps(), BELOW))
                .number("after " + CLASSES, 3, f -> after(f.curvature().gaps(), CLASSES))
                .rows
                .toString();
    }

    /** Hessian and Gauss-Newton matrix. */
    static String gaussNewton(Study study) {
        return new Tables(study.start(), study.end())
                .row(
                        "H: eigenvalues " + BELOW + " and " + CLASSES,
                        f -> pair(f.truth().values()))
                .row("G: the same", f -> pair(f.gaussNewton().leading().eigenvalues()))
                .row("largest gap of G", f -> gap(f.gaussNewton().gaps()))
                .number(
                        "ratio across G's gap after " + BELOW,
                        3,
                        f -> after(f.gaussNewton().gaps(), BELOW))
                .number("overlap of both spaces of " + BELOW, 3, f -> f.gaussNewton()
                        .overlapBelow())
                .number("of both spaces of " + CLASSES, 3, f -> f.gaussNewton().overlap())
                .row(
                        "H - G: smallest and largest",
                        f -> Numbers.significant(f.gaussNewton().restSmallest(), 3) + ", "
                                + Numbers.significant(f.gaussNewton().restLargest(), 3))
                .rows
                .toString();
    }

    /** The largest eigenvalue of each block. */
    static String layers(Study study) {
        Tables table = new Tables(study.start(), study.end());
        for (Block block : study.start().layers().keySet()) {
            table.number(
                    "`" + block.name() + "`, " + Numbers.grouped(block.size()) + " parameters",
                    3,
                    findings -> findings.layers().get(block));
        }
        return table.number("all", 3, f -> f.truth().largest()).rows.toString();
    }

    /** Estimates beside the truth. */
    static String estimates(Study study) {
        return new Tables(study.start(), study.end())
                .row(
                        "Lanczos: products",
                        f -> Numbers.grouped(f.curvature().leading().products()))
                .row("largest relative error", f -> Phrases.below(f.leadingError()))
                .row("density: products", f -> Numbers.grouped(f.density().products()))
                .number("Wasserstein-1 distance to the true spectrum", 2, Findings::wasserstein)
                .number(
                        "the same by the largest eigenvalue",
                        2,
                        f -> f.wasserstein() / f.truth().largest())
                .row("XTrace: products", f -> Numbers.grouped(f.trace().products()))
                .row(
                        "estimate and standard error",
                        f -> Numbers.significant(f.trace().value(), 4) + " ± "
                                + Numbers.significant(f.trace().standardError(), 2))
                .number("true trace", 4, f -> f.truth().trace())
                .number("distance in standard errors", 2, Findings::traceDeviation)
                .rows
                .toString();
    }

    /** A row for each epoch that was looked at. */
    static String course(List<EpochCurvature> course) {
        return course.stream()
                .map(each -> String.join(
                        " | ",
                        "\n| " + each.epoch().number(),
                        Numbers.significant(each.epoch().train().loss(), 3),
                        Numbers.significant(each.eigenvalue(1), 3),
                        Numbers.significant(each.smallest(), 2),
                        gap(each.gaps()),
                        Numbers.significant(after(each.gaps(), BELOW), 3),
                        Numbers.percent(each.gradientShare()),
                        Numbers.grouped(each.undecided()) + " |"))
                .collect(Collectors.joining(
                        "",
                        "| epoch | loss | largest | smallest | largest gap | ratio after " + BELOW
                                + " | gradient in the first " + BELOW + " | undecided |\n"
                                + "| ---: | ---: | ---: | ---: | :--- | ---: | ---: | ---: |",
                        ""));
    }

    /** A row for each seed. */
    static String seeds(List<SeedCheck> seeds) {
        return seeds.stream()
                .map(each -> String.join(
                        " | ",
                        "\n| " + each.seed(),
                        gap(each.start().gaps()),
                        gap(each.ofGaussNewton()),
                        gap(each.early().gaps()),
                        gap(each.end().gaps()),
                        Numbers.percent(each.start().gradientShare()),
                        Numbers.percent(each.end().gradientShare()) + " |"))
                .collect(Collectors.joining(
                        "",
                        "| seed | H at the start | G at the start | H after epoch "
                                + seeds.get(0).early().epoch().number()
                                + " | H after training | gradient in the first " + BELOW
                                + ", at the start | after training |\n"
                                + "| ---: | :--- | :--- | :--- | :--- | ---: | ---: |",
                        ""));
    }

    private static String gap(Gaps gaps) {
        return "after " + gaps.outliers() + ", ratio " + Numbers.significant(gaps.largest(), 3);
    }

    private static double after(Gaps gaps, int number) {
        return gaps.after(number);
    }

    private static String pair(double[] descending) {
        return Numbers.significant(descending[BELOW - 1], 3) + ", " + Numbers.significant(descending[CLASSES - 1], 3);
    }

    private static Score train(Findings findings) {
        return findings.curvature().epoch().train();
    }

    private static Score heldOut(Findings findings) {
        return java.util.Objects.requireNonNull(findings.curvature().epoch().heldOut());
    }
}
