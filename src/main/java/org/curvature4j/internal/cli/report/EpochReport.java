package org.curvature4j.internal.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.training.Epoch;
import org.curvature4j.training.Score;

/** The course of a training in both forms of a report. */
public final class EpochReport {
    /** Lines of the table of epochs, about. */
    private static final int SHOWN = 10;

    private EpochReport() {}

    /** Adds the epochs. */
    public static void describe(Report report, List<Epoch> course) {
        table(report, course);
        report.field("epochs", course.stream().map(EpochReport::fields).toList());
    }

    /** A line for the start, the end, and some between. */
    private static void table(Report report, List<Epoch> course) {
        List<String> lines = new ArrayList<>();
        int step = Math.max(1, (course.size() - 1 + SHOWN - 1) / SHOWN);
        for (Epoch epoch : course) {
            if (epoch.number() % step == 0 || epoch.number() == course.size() - 1) {
                Score held = epoch.heldOut();
                lines.add("epoch " + epoch.number() + ": " + inWords(epoch.train())
                        + (held == null ? "" : "; held out: " + inWords(held)));
            }
        }
        report.line("training", String.join("\n", lines));
    }

    private static String inWords(Score score) {
        String accuracy = Double.isNaN(score.accuracy()) ? "" : ", " + Numbers.percent(score.accuracy()) + " right";
        return "loss " + Numbers.brief(score.loss()) + accuracy;
    }

    private static Map<String, Object> fields(Epoch epoch) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("epoch", epoch.number());
        put(fields, "loss", "accuracy", epoch.train());
        if (epoch.heldOut() != null) {
            put(fields, "heldOutLoss", "heldOutAccuracy", epoch.heldOut());
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, String loss, String accuracy, Score score) {
        fields.put(loss, score.loss());
        if (!Double.isNaN(score.accuracy())) {
            fields.put(accuracy, score.accuracy());
        }
    }

    /** The losses of all epochs, of the data held out or trained on; empty where none are held out. */
    public static double[] losses(List<Epoch> course, boolean held) {
        return course.stream()
                .filter(epoch -> !held || epoch.heldOut() != null)
                .mapToDouble(epoch -> {
                    Score score = epoch.heldOut();
                    return held && score != null ? score.loss() : epoch.train().loss();
                })
                .toArray();
    }
}
