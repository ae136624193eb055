package org.curvature4j.internal.study;

import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.training.Score;

/** The findings in a few lines, and as fields of JSON. */
final class StudySummary {
    private static final int BELOW = StudyOptions.CLASSES - 1;

    private StudySummary() {}

    static Map<String, String> lines(Study study) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("at start", text(study.start()));
        lines.put("trained", text(study.end()));
        return lines;
    }

    private static String text(Findings findings) {
        EpochCurvature curvature = findings.curvature();
        Score train = curvature.epoch().train();
        TrueSpectrum truth = findings.truth();
        Gaps gaps = curvature.gaps();
        return String.join(
                "\n",
                "loss " + Numbers.significant(train.loss(), 4) + ", " + Numbers.percent(train.accuracy()) + " right",
                "eigenvalues from " + Numbers.significant(truth.smallest(), 3) + " to "
                        + Numbers.significant(truth.largest(), 3) + ", " + Numbers.percent(truth.shareNearZero())
                        + " of them below 1 % of the largest",
                "largest gap after " + gaps.outliers() + " (ratio " + Numbers.significant(gaps.largest(), 3)
                        + "), after " + BELOW + " ratio " + Numbers.significant(gaps.after(BELOW), 3),
                "density off by " + Numbers.significant(findings.wasserstein(), 2) + " (Wasserstein-1), Lanczos by "
                        + Numbers.significant(findings.leadingError(), 2) + " (relative)",
                "trace " + Numbers.significant(findings.trace().value(), 5) + " ± "
                        + Numbers.significant(findings.trace().standardError(), 2) + ", truly "
                        + Numbers.significant(truth.trace(), 5));
    }

    static Map<String, Object> fields(Study study) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("parameterCount", study.start().truth().values().length);
        fields.put("rows", study.net().data().train().rows());
        fields.put("start", fields(study.start()));
        fields.put("trained", fields(study.end()));
        fields.put("epochs", study.course().stream().map(StudySummary::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Findings findings) {
        TrueSpectrum truth = findings.truth();
        Map<String, Object> fields = fields(findings.curvature());
        fields.put("trace", truth.trace());
        fields.put("traceEstimate", findings.trace().value());
        fields.put("traceStandardError", findings.trace().standardError());
        fields.put("negativeEigenvalues", truth.inertia().negative());
        fields.put("zeroEigenvalues", truth.inertia().nearZero());
        fields.put("shareNearZero", truth.shareNearZero());
        fields.put("shareOfTrace", truth.shareOfTrace(BELOW));
        fields.put("densityDistance", findings.wasserstein());
        fields.put("lanczosRelativeError", findings.leadingError());
        fields.put("gaussNewtonEigenvalues", findings.gaussNewton().leading().eigenvalues());
        fields.put("gaussNewtonOverlap", findings.gaussNewton().overlapBelow());
        Map<String, Object> layers = new LinkedHashMap<>();
        findings.layers().forEach((block, value) -> layers.put(block.name(), value));
        fields.put("largestOfLayer", layers);
        return fields;
    }

    private static Map<String, Object> fields(EpochCurvature curvature) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("epoch", curvature.epoch().number());
        fields.put("loss", curvature.epoch().train().loss());
        fields.put("accuracy", curvature.epoch().train().accuracy());
        fields.put("gradientNorm", curvature.gradientNorm());
        fields.put("gradientShare", curvature.gradientShare());
        fields.put("eigenvalues", curvature.leading().eigenvalues());
        fields.put("smallestEigenvalue", curvature.smallest());
        fields.put("outliers", curvature.gaps().outliers());
        fields.put("largestGap", curvature.gaps().largest());
        return fields;
    }
}
