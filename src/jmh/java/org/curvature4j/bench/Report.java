package org.curvature4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.io.Json;

/** Results as files: JSON, the tables with where they come from, and the part of the README that shows them. */
final class Report {
    private static final String BEGIN = "<!-- made by scripts/bench: begin -->\n";
    private static final String END = "<!-- made by scripts/bench: end -->\n";

    /** Behind the names of results of a GPU, which the README doesn't show. */
    static final String ON_GPU = "-gpu";

    private final Results results;

    public Report(Results results) {
        this.results = results;
    }

    /** The newest published results. */
    static Path newest(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().endsWith(ON_GPU + ".json"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .orElseThrow(() -> new IllegalArgumentException(folder + ": expected results, got no .json file"));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes NAME.json and NAME.md. */
    void write(Path folder, String name) {
        Json.write(folder.resolve(name + ".json"), results);
        AtomicFile.writeText(folder.resolve(name + ".md"), page());
    }

    String page() {
        Table table = new Table(results);
        boolean ofCommits = results.tasks().stream()
                .flatMap(task -> task.measurements().stream())
                .anyMatch(Measurement::isOtherCommit);
        return "# Benchmark of " + results.machine().date() + "\n\n" + provenance() + "\n## Summary\n\n"
                + (ofCommits ? table.comparison() : reading() + "\n" + table.summary()) + losses() + slowOnes()
                + streamed() + new MemoryTable(results).text() + "\n## All contenders\n\n"
                + table.details()
                + notes();
    }

    /** Replaces what stands between the README's two marks. */
    void updateReadme(Path readme, String page) {
        try {
            String text = Files.readString(readme);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(
                        readme + ": expected the lines " + BEGIN.strip() + " and " + END.strip());
            }
            String part = reading() + "\n" + new Table(results).summary() + losses() + slowOnes() + streamed()
                    + new MemoryTable(results).text() + "\n"
                    + provenance() + notesOnTheRun() + "\nAll contenders, spreads and notes: [" + page + "](" + page
                    + ").\n";
            AtomicFile.writeText(readme, text.substring(0, begin) + BEGIN + part + text.substring(end));
        } catch (IOException e) {
            throw new UncheckedIOException(readme + ": " + e.getMessage(), e);
        }
    }

    private static String reading() {
        return """
                Medians, a point of a batch, or a call. *Natural* is what a user writes first (`jit(vmap(hessian(f)))`),
                *best* the fastest of the formulations tried, `torch.compile` and huge pages among them. Ratios are medians
                over rounds in which all took turns: above 1 Curvature4j is faster, below (bold) it is slower; the second is
                for results in memory given. *Of the limit*: how much of what the machine itself did in this run, memory
                written or the fastest library's matrix product; results in the processor's cache may be faster. *By hand*: the derivative's formula for this one function, written out by a
                person.
                """;
    }

    private String losses() {
        List<String> slower = new ArrayList<>();
        for (TaskResult task : results.tasks()) {
            task.best(one -> true)
                    .filter(best -> best.ratio() < 1)
                    .ifPresent(best ->
                            slower.add(task.task() + " (" + best.library() + ", " + Table.ratio(best.ratio()) + ")"));
        }
        return slower.isEmpty()
                ? "\nNo other was faster at any of these.\n"
                : "\nWhere another is faster than ours with new results: " + String.join("; ", slower) + ".\n";
    }

    /** Those that are too slow for most tasks, in a line each. */
    private String slowOnes() {
        StringBuilder text = new StringBuilder();
        for (TaskResult task : results.tasks()) {
            for (String library : List.of(Library.HIPPARCHUS, Library.SAMEDIFF)) {
                task.fastest(library)
                        .ifPresent(one -> text.append(String.format(
                                Locale.ROOT,
                                "- %s, %s, %s: %s, %s times ours%n",
                                task.task(),
                                library,
                                one.variant(),
                                Table.time(task, one.seconds()),
                                Table.ratio(one.ratio()))));
            }
        }
        return text.isEmpty() ? "" : "\nOn the JVM, a point or a call:\n\n" + text;
    }

    private String streamed() {
        StringBuilder text = new StringBuilder();
        for (StreamedRun run : results.streamed()) {
            double each = run.seconds() / run.points();
            if (run.isPeer()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%nThe same by %s, %,d of them, the same chunk of points again and again: %.3g ns a point, resident"
                                + " memory at most %.0f MiB.%n",
                        run.name(),
                        run.points(),
                        1e9 * each,
                        run.residentMib()));
                continue;
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%nStreamed by the command line%s, %,d spectra of the 2-2-1 net to %s: %.3g ns a"
                            + " point%s, resident memory at most %.0f MiB, %.0f MiB of it not pages of files.%n",
                    run.device() == null ? "" : " on the " + run.device().toUpperCase(Locale.ROOT),
                    run.points(),
                    run.fileBytes() == 0
                            ? "their summary"
                            : String.format(Locale.ROOT, "a file of %.0f MB", run.fileBytes() / 1e6),
                    1e9 * each,
                    inMemory() > 0 ? String.format(Locale.ROOT, " (%.2f times that in memory)", each / inMemory()) : "",
                    run.residentMib(),
                    run.ownMib()));
        }
        return text.toString();
    }

    /** Seconds a spectrum costs at 1e5 points in memory; 0 where that wasn't measured. */
    private double inMemory() {
        return results.tasks().stream()
                .filter(task -> task.task().equals(new Task(Workload.SPECTRUM_221, 100_000)))
                .flatMap(task -> task.natural(Library.OWN).stream().map(one -> one.seconds() / task.points()))
                .findFirst()
                .orElse(0.0);
    }

    private String provenance() {
        Machine machine = results.machine();
        String limits = results.limits().entrySet().stream()
                .map(limit -> String.format(Locale.ROOT, "%s: %.3g", limit.getKey(), limit.getValue()))
                .collect(Collectors.joining("; "));
        String versions = results.versions().entrySet().stream()
                .map(Map.Entry::getValue)
                .distinct()
                .collect(Collectors.joining("; "));
        double load = Statistics.median(
                results.tasks().stream().map(TaskResult::otherLoad).toList());
        return String.format(
                Locale.ROOT,
                "- Machine: %s, %d cores, %.0f GiB; %s; transparent huge pages: %s%n- Java %s; %s%n- Measured on %s at"
                        + " commit %s; load average before: %.2f; meanwhile other programs used %.2f cores (median)%n- The"
                        + " machine itself, measured in this run: %s%n",
                machine.processor(),
                machine.cores(),
                machine.memoryGib(),
                machine.system(),
                machine.hugePages().isEmpty() ? "unknown" : machine.hugePages(),
                machine.javaVersion(),
                versions,
                machine.date(),
                machine.commit(),
                machine.loadBefore(),
                load,
                limits);
    }

    private String notesOnTheRun() {
        return results.notes().stream().map(note -> "- Note: " + note + "\n").collect(Collectors.joining());
    }

    private String notes() {
        List<String> lines = new ArrayList<>(results.notes());
        for (TaskResult task : results.tasks()) {
            task.notes().forEach(note -> lines.add(task.task() + ": " + note));
        }
        return lines.isEmpty() ? "" : "\n## Notes\n\n- " + String.join("\n- ", lines) + "\n";
    }
}
