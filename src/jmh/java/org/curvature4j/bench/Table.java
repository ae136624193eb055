package org.curvature4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The results as Markdown: a table with a line a task, and one with a line a contender. */
final class Table {
    private final Results results;

    Table(Results results) {
        this.results = results;
    }

    /** A line a task. */
    String summary() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| workload | points | Curvature4j: new results | in given memory | of the limit | JAX: natural / best | PyTorch: natural / best |"
                        + " NumPy by hand | faster than the best of JAX and PyTorch | than NumPy by hand |");
        lines.add("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        for (TaskResult task : results.tasks()) {
            boolean batch = task.task().workload().isBatch();
            lines.add("| " + task.workload() + " | " + (batch ? count(task.points()) : "") + " | "
                    + time(task, task.natural(Library.OWN)) + " | " + time(task, task.reused()) + " | "
                    + ofTheLimit(task) + " | " + both(task, Library.JAX) + " | " + both(task, Library.TORCH) + " | "
                    + time(task, task.fastest(Library.NUMPY)) + " | "
                    + ratios(
                            task,
                            one -> one.library().equals(Library.JAX)
                                    || one.library().equals(Library.TORCH))
                    + " | " + ratios(task, Measurement::byHand) + " |");
        }
        return String.join("\n", lines) + "\n";
    }

    /** A line a task and variant: the other commit's time over this one's, above 1 where this one is faster. */
    String comparison() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| workload | points | variant | this commit | the other | other / this | half of the rounds between |"
                        + " turns of this: fastest to slowest | turns of the other |");
        lines.add("| --- | --: | --- | --: | --: | --: | --: | --: | --: |");
        for (TaskResult task : results.tasks()) {
            for (Measurement other : task.measurements()) {
                Measurement.Spread paired = other.paired();
                if (paired != null) {
                    task.measurements().stream()
                            .filter(own -> own.isOwn() && own.variant().equals(other.variant()))
                            .forEach(own -> lines.add(comparison(task, own, other, paired)));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String comparison(TaskResult task, Measurement own, Measurement other, Measurement.Spread paired) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s to %s | %s to %s | %s to %s |",
                task.workload(),
                count(task.points()),
                own.variant(),
                time(task, own.seconds()),
                time(task, other.seconds()),
                ratio(paired.median()),
                ratio(paired.lower()),
                ratio(paired.upper()),
                time(task, own.fastest()),
                time(task, own.slowest()),
                time(task, other.fastest()),
                time(task, other.slowest()));
    }

    /** A line a contender. */
    String details() {
        List<String> lines = new ArrayList<>();
        lines.add("| workload | points | contender | median | fastest to slowest turn | 99th of 100 calls | turns |"
                + " times ours | times ours in given memory | difference |");
        lines.add("| --- | --: | --- | --: | --: | --: | --: | --: | --: | --: |");
        for (TaskResult task : results.tasks()) {
            for (Measurement one : task.measurements()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s to %s | %s | %d | %s | %s | %.1e |",
                        task.workload(),
                        count(task.points()),
                        one.label(),
                        time(task, one.seconds()),
                        time(task, one.fastest()),
                        time(task, one.slowest()),
                        time(task, one.slowestCall()),
                        one.turns(),
                        ratio(one.ratio()),
                        ratio(one.ratioToReused()),
                        one.difference()));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private String ofTheLimit(TaskResult task) {
        return task.fastest(Library.OWN)
                .map(own -> Limit.share(task.task(), own.seconds(), results.limits()))
                .orElse("");
    }

    private static String both(TaskResult task, String library) {
        String natural = time(task, task.natural(library));
        String best = time(task, task.fastest(library));
        return natural.equals(best) ? natural : natural + " / " + best;
    }

    private static String time(TaskResult task, Optional<Measurement> measurement) {
        return measurement.map(one -> time(task, one.seconds())).orElse("");
    }

    /** Seconds of a call as a time a point, or a call where it isn't a batch. */
    static String time(TaskResult task, double seconds) {
        double each = task.task().workload().isBatch() ? seconds / task.points() : seconds;
        String[] units = {"ns", "us", "ms", "s"};
        int unit = 0;
        double value = each * 1e9;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(
                Locale.ROOT, value < 9.95 ? "%.2f %s" : value < 99.5 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** Against the fastest of some: new results, and in given memory; bold where this library is slower. */
    private static String ratios(TaskResult task, Predicate<Measurement> among) {
        return task.best(among)
                .map(best -> ratio(best.ratio())
                        + (Double.isNaN(best.ratioToReused()) ? "" : " / " + ratio(best.ratioToReused())))
                .orElse("");
    }

    static String ratio(double ratio) {
        if (Double.isNaN(ratio)) {
            return "";
        }
        String text = String.format(Locale.ROOT, ratio < 0.0095 ? "%.4f" : ratio < 9.95 ? "%.2f" : "%.0f", ratio);
        return ratio < 1 ? "**" + text + "**" : text;
    }

    private static String count(long points) {
        return String.format(Locale.ROOT, "%,d", points);
    }
}
