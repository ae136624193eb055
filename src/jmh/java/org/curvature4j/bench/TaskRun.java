package org.curvature4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.bench.Alternation.Turns;
import org.curvature4j.bench.Measurement.Spread;
import org.jspecify.annotations.Nullable;

/** Runs one task: inputs, contenders, alternation, agreement. */
final class TaskRun {
    private final Task task;
    private final boolean quickly;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> versions = new LinkedHashMap<>();

    TaskRun(Task task, boolean quickly) {
        this.task = task;
        this.quickly = quickly;
    }

    /**
     * Runs it in a folder of its own, which is gone afterwards.
     *
     * @throws IllegalStateException if this library itself fails
     */
    TaskResult run(List<Library> libraries) {
        Path folder = TemporaryFolder.create();
        try {
            WorkloadInputs.write(task, folder);
            try (Entrants entrants = Entrants.of(libraries, task, folder, quickly, notes::add)) {
                versions.putAll(entrants.versions());
                Alternation alternation = new Alternation(entrants.chosen(), quickly, notes::add);
                Map<Contender, Turns> turns = alternation.run();
                Contender own = turns.keySet().stream()
                        .filter(contender -> contender.library().isOwn() && contender.natural())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(task + ": " + String.join("; ", notes)));
                return new TaskResult(
                        task.workload().id(),
                        task.points(),
                        task.workload().isOfProcesses() ? Double.NaN : alternation.otherLoad(),
                        measurements(turns, own, folder),
                        List.copyOf(notes));
            }
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    /** Of the libraries that took part. */
    Map<String, String> versions() {
        return versions;
    }

    private List<Measurement> measurements(Map<Contender, Turns> turns, Contender own, Path folder) {
        List<Measurement> measurements = new ArrayList<>();
        Turns reused = turns.entrySet().stream()
                .filter(entry -> entry.getKey().library().isOwn()
                        && entry.getKey().variant().equals(OwnComputations.GIVEN))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        Path reference = saved(own, folder, "own");
        turns.forEach((contender, times) -> {
            List<Double> medians =
                    times.medians().stream().filter(median -> !median.isNaN()).toList();
            measurements.add(new Measurement(
                    contender.library().name(),
                    contender.variant(),
                    contender.natural(),
                    contender.library().hasHugePages(),
                    !contender.library().derivesItself(),
                    Statistics.median(medians),
                    medians.stream().min(Comparator.naturalOrder()).orElse(Double.NaN),
                    medians.stream().max(Comparator.naturalOrder()).orElse(Double.NaN),
                    medians.size(),
                    times.slowest(),
                    ratio(times, turns.get(own)),
                    reused == null ? Double.NaN : ratio(times, reused),
                    paired(contender, turns),
                    task.workload().isWeighedAt(task.points()) ? residentMib(contender, folder) : Double.NaN,
                    contender.equals(own) ? 0 : difference(contender, folder, reference)));
        });
        return measurements;
    }

    /** The median over the rounds in which both computed. */
    private static double ratio(Turns times, Turns to) {
        return Statistics.median(ratios(times, to));
    }

    /** Of each round; NaN of those in which one of them sat out. */
    private static List<Double> ratios(Turns times, Turns to) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < times.medians().size(); round++) {
            ratios.add(times.medians().get(round) / to.medians().get(round));
        }
        return ratios;
    }

    /** Of another commit's contender, against the same variant here. */
    private static @Nullable Spread paired(Contender contender, Map<Contender, Turns> turns) {
        if (!contender.library().name().equals(Library.OTHER_COMMIT)) {
            return null;
        }
        return turns.keySet().stream()
                .filter(other -> other.library().isOwn() && other.variant().equals(contender.variant()))
                .findFirst()
                .map(own -> {
                    List<Double> ratios = ratios(turns.get(contender), turns.get(own));
                    return new Spread(
                            Statistics.median(ratios),
                            Statistics.quantile(0.25, ratios),
                            Statistics.quantile(0.75, ratios));
                })
                .orElse(null);
    }

    /** Of a new process that computes twice. */
    private double residentMib(Contender contender, Path folder) {
        Path log = folder.resolve("log.txt");
        try (ContenderProcess process = ContenderProcess.start(contender.library(), log)) {
            process.open(task, folder);
            new Contender(process, contender.variant(), contender.natural()).run(2);
            return process.residentMib();
        } catch (ContenderProcess.Failed e) {
            notes.add(contender.label() + ": memory: " + e.getMessage());
            return Double.NaN;
        }
    }

    private double difference(Contender contender, Path folder, Path reference) {
        Path results = saved(contender, folder, "other");
        double worst = 0;
        for (int i = 0; i < task.workload().compared(); i++) {
            String name = "out" + i + ".npy";
            boolean there = Files.exists(results.resolve(name)) && Files.exists(reference.resolve(name));
            worst = Math.max(
                    worst,
                    there
                            ? ResultRows.difference(results.resolve(name), reference.resolve(name))
                            : Double.POSITIVE_INFINITY);
        }
        TemporaryFolder.delete(results);
        return worst;
    }

    private Path saved(Contender contender, Path folder, String name) {
        try {
            Path results = Files.createDirectory(folder.resolve(name));
            contender.save(task, results);
            return results;
        } catch (ContenderProcess.Failed e) {
            notes.add(contender.label() + ": " + e.getMessage());
            return folder.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
