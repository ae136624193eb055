package org.curvature4j.internal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.Hessian;
import org.curvature4j.internal.blas.ProductTest;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.internal.tutorial.Functions;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.spectrum.SelfTest;
import org.curvature4j.spectrum.Spectrum;
import org.nd4j.linalg.factory.Nd4j;

/** One Hessian whose eigenvalues are known: that all parts are there and work together on this machine. */
final class SelfCheck {
    private static final double X = 1;
    private static final double Y = 0.5;
    /** A few roundings; the numbers are near 7. */
    private static final double ALLOWED = 1e-13;

    private SelfCheck() {}

    /** @throws IllegalStateException if the numbers are wrong */
    static void run(Report report) {
        ModelGraph saddle = Functions.monkeySaddle();
        double[] eigenvalues;
        try (Hessian hessian = Hessian.of(saddle.sd(), saddle.output(), saddle.input())) {
            eigenvalues = Spectrum.of(hessian.at(Nd4j.createFromArray(X, Y))).eigenvalues();
        }
        double exact = 6 * Math.hypot(X, Y);
        double error = Math.max(Math.abs(eigenvalues[0] + exact), Math.abs(eigenvalues[1] - exact));
        if (!(error <= ALLOWED)) {
            throw new IllegalStateException("check: expected the eigenvalues -" + exact + " and " + exact
                    + " of the monkey saddle at (1, 0.5), got " + eigenvalues[0] + " and " + eigenvalues[1]
                    + " (this machine computes wrong: please report it)");
        }
        report.line("check", "eigenvalues of a Hessian right to " + Numbers.brief(Math.max(error, Math.ulp(exact))));
        report.field("checkError", error);
        library(report);
    }

    /** The native library at sizes where wrong ones were found wrong; what is wrong there doesn't reach a result. */
    private static void library(Report report) {
        Map<String, Double> products = ProductTest.run();
        List<SelfTest.Figure> figures = SelfTest.figures();
        report.line("products", products.keySet().stream().collect(Collectors.joining(", ")) + ": exact");
        report.line(
                "lapack",
                figures.stream()
                        .map(figure -> figure.routine()
                                + (figure.passed() ? " " : " WRONG, ")
                                + Numbers.brief(figure.excess()))
                        .collect(Collectors.joining(", ", "", " (of what rounding explains)")));
        report.field("products", products);
        Map<String, Double> lapack = new LinkedHashMap<>();
        figures.forEach(figure -> lapack.put(figure.routine(), figure.excess()));
        report.field("lapack", lapack);
        if (!figures.stream().allMatch(SelfTest.Figure::passed)) {
            throw new IllegalStateException("lapack: "
                    + figures.stream()
                            .filter(figure -> !figure.passed())
                            .map(SelfTest.Figure::routine)
                            .collect(Collectors.joining(", "))
                    + " wrong on this machine, which Java code replaces where results come from it"
                    + " (another version of org.bytedeco:openblas may be right)");
        }
    }
}
