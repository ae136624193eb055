package org.curvature4j.internal.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.io.Template;

/** The study in Markdown. */
final class WriteUp {
    private static final int CLASSES = StudyOptions.CLASSES;
    private static final int BELOW = CLASSES - 1;

    private final Study study;
    private final Map<String, String> values = new LinkedHashMap<>();

    private WriteUp(Study study) {
        this.study = study;
    }

    static String of(Study study) {
        WriteUp writeUp = new WriteUp(study);
        writeUp.settings();
        writeUp.tables();
        writeUp.spectrum();
        writeUp.parts();
        writeUp.values.putAll(Verdicts.of(study));
        return Template.fill(WriteUp.class, "study", writeUp.values);
    }

    private void settings() {
        StudyOptions options = study.options();
        int parameters = study.start().truth().values().length;
        put("options", options.seed() == StudyOptions.COMMITTED.seed() ? "" : " --seed " + options.seed());
        put("seed", Long.toString(options.seed()));
        put(
                "widths",
                Arrays.stream(options.widths()).mapToObj(Integer::toString).collect(Collectors.joining("-")));
        put("parameters", Digits.count(parameters));
        put("rows", Digits.count(study.net().data().train().rows()));
        put("held-out", Digits.count(study.net().data().heldOut().rows()));
        put("classes", Digits.count(CLASSES));
        put("twice-classes", Digits.count(2 * CLASSES));
        put("below", Digits.count(BELOW));
        put("epochs", Digits.count(options.epochs()));
        put("rate", Double.toString(options.rate()));
        put("batch", Digits.count(options.batch()));
        put("probes", Digits.count(options.probes()));
        put("steps", Digits.count(options.steps()));
        put("leading", Digits.count(study.start().curvature().leading().count()));
        put("random-overlap", Digits.significant((double) BELOW / parameters, 2));
        put("random-share", Digits.percent((double) BELOW / parameters));
        put("undecided-share", Math.round(100 * Undecided.SHARE) + " %");
    }

    private void tables() {
        put("net-table", Tables.net(study));
        put("spectrum-table", Tables.spectrum(study));
        put("gauss-newton-table", Tables.gaussNewton(study));
        put("layers-table", Tables.layers(study));
        put("estimates-table", Tables.estimates(study));
        put("course-table", Tables.course(study.course()));
        put("seeds-table", Tables.seeds(study.seeds()));
        put("seeds", Digits.count(study.seeds().size()));
    }

    private void spectrum() {
        FlatDirections flat =
                FlatDirections.of(study.options(), study.net().data().train());
        put("dead-pixels", Digits.count(flat.deadPixels()));
        put("flat-pixels", Digits.count(flat.ofPixels()));
        put("flat-logits", Digits.count(flat.ofLogits()));
        put("flat", Digits.count(flat.count()));
        point("start", study.start());
        point("end", study.end());
        put("end-place", ordinal(study.end().curvature().gaps().place(BELOW)));
        put(
                "end-accuracy",
                Digits.percent(study.end().curvature().epoch().train().accuracy()));
    }

    private void point(String when, Findings findings) {
        TrueSpectrum truth = findings.truth();
        Gaps gaps = findings.curvature().gaps();
        put(when + "-near-zero", Digits.percent(truth.shareNearZero()));
        put(when + "-zero", Digits.count(truth.inertia().nearZero()));
        put(when + "-negative-size", Digits.percent(Math.max(0, -truth.smallest()) / truth.largest()));
        put(when + "-outliers", Digits.count(gaps.outliers()));
        put(when + "-relation", Verdicts.relation(gaps.outliers()));
        put(when + "-overlap", Digits.percent(findings.gaussNewton().overlapBelow()));
        put(
                when + "-loss",
                Digits.significant(findings.curvature().epoch().train().loss(), 4));
        put(
                when + "-lowest",
                Digits.significant(
                        Arrays.stream(findings.plane().losses()).min().orElseThrow(), 4));
    }

    private void parts() {
        put("start-after", Digits.significant(study.start().curvature().gaps().after(BELOW), 3));
        put(
                "start-g-after",
                Digits.significant(study.start().gaussNewton().gaps().after(BELOW), 3));
        put("reach", Digits.significant(LossPlane.REACH, 1));
        List<Integer> epochs = study.course().stream()
                .filter(each -> each.gaps().outliers() == BELOW)
                .map(each -> each.epoch().number())
                .toList();
        put("below-epochs", Digits.count(epochs.size()));
        put("looked", Digits.count(study.course().size()));
        put(
                "below-list",
                epochs.isEmpty()
                        ? ""
                        : " (" + epochs.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")");
    }

    private static String ordinal(int place) {
        return place == 1 ? "" : Digits.ordinal(place) + " ";
    }

    private void put(String name, String value) {
        values.put(name, value);
    }
}
