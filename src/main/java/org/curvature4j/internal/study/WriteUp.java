package org.curvature4j.internal.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.io.Template;
import org.curvature4j.internal.text.Numbers;

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
        put("parameters", Numbers.grouped(parameters));
        put("rows", Numbers.grouped(study.net().data().train().rows()));
        put("held-out", Numbers.grouped(study.net().data().heldOut().rows()));
        put("classes", Numbers.grouped(CLASSES));
        put("twice-classes", Numbers.grouped(2 * CLASSES));
        put("below", Numbers.grouped(BELOW));
        put("epochs", Numbers.grouped(options.epochs()));
        put("rate", Double.toString(options.rate()));
        put("batch", Numbers.grouped(options.batch()));
        put("probes", Numbers.grouped(options.probes()));
        put("steps", Numbers.grouped(options.steps()));
        put("leading", Numbers.grouped(study.start().curvature().leading().count()));
        put("random-overlap", Numbers.significant((double) BELOW / parameters, 2));
        put("random-share", Numbers.percent((double) BELOW / parameters));
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
        put("seeds", Numbers.grouped(study.seeds().size()));
    }

    private void spectrum() {
        FlatDirections flat =
                FlatDirections.of(study.options(), study.net().data().train());
        put("dead-pixels", Numbers.grouped(flat.deadPixels()));
        put("flat-pixels", Numbers.grouped(flat.ofPixels()));
        put("flat-logits", Numbers.grouped(flat.ofLogits()));
        put("flat", Numbers.grouped(flat.count()));
        point("start", study.start());
        point("end", study.end());
        put("end-place", ordinal(study.end().curvature().gaps().place(BELOW)));
        put(
                "end-accuracy",
                Numbers.percent(study.end().curvature().epoch().train().accuracy()));
    }

    private void point(String when, Findings findings) {
        TrueSpectrum truth = findings.truth();
        Gaps gaps = findings.curvature().gaps();
        put(when + "-near-zero", Numbers.percent(truth.shareNearZero()));
        put(when + "-zero", Numbers.grouped(truth.inertia().nearZero()));
        put(when + "-negative-size", Numbers.percent(Math.max(0, -truth.smallest()) / truth.largest()));
        put(when + "-outliers", Numbers.grouped(gaps.outliers()));
        put(when + "-relation", Verdicts.relation(gaps.outliers()));
        put(when + "-overlap", Numbers.percent(findings.gaussNewton().overlapBelow()));
        put(
                when + "-loss",
                Numbers.significant(findings.curvature().epoch().train().loss(), 4));
        put(
                when + "-lowest",
                Numbers.significant(
                        Arrays.stream(findings.plane().losses()).min().orElseThrow(), 4));
    }

    private void parts() {
        put("start-after", Numbers.significant(study.start().curvature().gaps().after(BELOW), 3));
        put(
                "start-g-after",
                Numbers.significant(study.start().gaussNewton().gaps().after(BELOW), 3));
        put("reach", Numbers.significant(LossPlane.REACH, 1));
        List<Integer> epochs = study.course().stream()
                .filter(each -> each.gaps().outliers() == BELOW)
                .map(each -> each.epoch().number())
                .toList();
        put("below-epochs", Numbers.grouped(epochs.size()));
        put("looked", Numbers.grouped(study.course().size()));
        put(
                "below-list",
                epochs.isEmpty()
                        ? ""
                        : " (" + epochs.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")");
    }

    private static String ordinal(int place) {
        return place == 1 ? "" : Phrases.ordinal(place) + " ";
    }

    private void put(String name, String value) {
        values.put(name, value);
    }
}
