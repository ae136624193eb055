package org.curvature4j.internal.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.DensityPlot;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.LeadingEigenvalues;
import org.curvature4j.plot.LeadingPlot;
import org.curvature4j.plot.PlaneField;
import org.curvature4j.plot.PlaneFieldPlot;
import org.curvature4j.plot.PlaneMark;

/** The study's figures. */
final class StudyFigures {
    /** Places of a density for each of its widths. */
    private static final int PLACES_A_WIDTH = 4;

    private static final int LEAST_PLACES = 400;
    private static final int MOST_PLACES = 20_000;

    private StudyFigures() {}

    /** All of them, by their names without an ending. */
    static Map<String, Figure> of(Findings start, Findings end, StudyOptions options) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("density-at-start", density(start, "At the start: spectral density of the Hessian", options));
        figures.put("density-trained", density(end, "After training: spectral density of the Hessian", options));
        figures.put("leading-eigenvalues", leading(start, end, options));
        figures.put("loss-plane", plane(start, end));
        return figures;
    }

    private static Figure density(Findings findings, String title, StudyOptions options) {
        double range = findings.density().largest() - findings.density().smallest();
        int count = (int) Math.max(
                LEAST_PLACES,
                Math.min(
                        MOST_PLACES, PLACES_A_WIDTH * range / findings.density().width()));
        double[] places = findings.density().grid(count);
        return DensityPlot.of(
                places,
                findings.density().density(places),
                findings.truth().values(),
                "true eigenvalues",
                title,
                "stochastic Lanczos quadrature, " + options.probes() + " probes of " + options.steps()
                        + " steps; Gaussians of standard deviation "
                        + Numbers.significant(findings.density().width(), 2));
    }

    private static Figure leading(Findings start, Findings end, StudyOptions options) {
        return LeadingPlot.of(
                List.of(panel("At the start", start, options), panel("After training", end, options)),
                "Hessian",
                "Gauss-Newton matrix",
                StudyOptions.CLASSES - 1,
                "after " + (StudyOptions.CLASSES - 1) + " eigenvalues, one fewer than classes",
                "The " + options.pairs() + " largest eigenvalues",
                "by Lanczos runs; a gap on the logarithmic axis is a ratio");
    }

    private static LeadingEigenvalues panel(String name, Findings findings, StudyOptions options) {
        return new LeadingEigenvalues(
                name,
                findings.leading(options.pairs()),
                findings.gaussNewton().leading().eigenvalues());
    }

    private static Figure plane(Findings start, Findings end) {
        return PlaneFieldPlot.smooth(
                List.of(field("At the start", start), field("After training", end)),
                "steps along eigenvector 0",
                "steps along eigenvector 1",
                List.of(new PlaneMark("the parameters", PlaneMark.Style.POINTS, new double[] {0}, new double[] {0})),
                "The loss over the plane of the first two eigenvectors",
                "eigenvectors 0 and 1 of the Hessian; lines of equal loss");
    }

    private static PlaneField field(String name, Findings findings) {
        LossPlane plane = findings.plane();
        return new PlaneField(name, "mean loss", plane.steps(), plane.steps(), plane.losses(), false);
    }
}
