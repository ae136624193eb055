package org.curvature4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much memory processes took at most, as Markdown: of tasks where that was measured, and of streams. */
final class MemoryTable {
    private final Results results;

    MemoryTable(Results results) {
        this.results = results;
    }

    /** Empty where nothing was measured. */
    String text() {
        List<String> lines = new ArrayList<>();
        for (TaskResult task : results.tasks()) {
            for (Measurement one : task.measurements()) {
                // 0 in what was measured before memory was.
                if (one.residentMib() > 0) {
                    lines.add(line(task.workload(), task.points(), one.label(), one.residentMib()));
                }
            }
        }
        for (StreamedRun run : results.streamed()) {
            if (run.fileBytes() > 0 && results.streamed().stream().anyMatch(StreamedRun::isPeer)) {
                lines.add(line(StreamedRun.ID, run.points(), run.name(), run.residentMib()));
            }
        }
        return lines.isEmpty()
                ? ""
                : "\nThe largest resident memory of a new process that computes nothing else:\n\n"
                        + "| workload | points | contender | MiB |\n| --- | --: | --- | --: |\n"
                        + String.join("\n", lines)
                        + "\n";
    }

    private static String line(String workload, long points, String contender, double mib) {
        return String.format(Locale.ROOT, "| %s | %,d | %s | %,.0f |", workload, points, contender, mib);
    }
}
