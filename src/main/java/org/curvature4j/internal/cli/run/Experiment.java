package org.curvature4j.internal.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.BackendInfo;
import org.curvature4j.internal.io.Journal;
import org.curvature4j.internal.io.Json;

/** The folder of a run's results, if they go to one: the manifest and the timings beside arrays and figures. */
public final class Experiment {
    /** Said by the report, not found by the run. */
    private static final List<String> NOT_RESULTS = List.of("command", "files", "seconds");

    private final Destination destination;
    private final Map<String, String> run;
    private final long start = System.nanoTime();
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private Experiment(Destination destination, Map<String, String> run) {
        this.destination = destination;
        this.run = run;
    }

    /**
     * Begins one in its folder, where one is wanted.
     *
     * @param run what decides the bytes of the results
     * @throws IllegalArgumentException if the folder holds another experiment, or one that isn't to be gone on with
     */
    public static Experiment open(Destination destination, Map<String, String> run, boolean resume) {
        Experiment experiment = new Experiment(destination, run);
        if (experiment.isComplete()) {
            experiment.check(resume);
        }
        return experiment;
    }

    /** Whether the folder holds the results of this run already. */
    public boolean isComplete() {
        return destination.folder() && Files.exists(manifest());
    }

    private Path manifest() {
        return destination.path().resolve(Destination.MANIFEST);
    }

    private void check(boolean resume) {
        String expected = "--out: expected a folder without results, got " + destination.path() + ", which has the "
                + Destination.MANIFEST;
        if (!resume) {
            throw new IllegalArgumentException(expected + " of an earlier run (choose another name, or delete it)");
        }
        Manifest there = Json.read(manifest(), Manifest.class);
        List<String> differences = Journal.differences(there.run(), run);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(expected + " of another run\n  " + String.join("\n  ", differences));
        }
    }

    /** Tells that there was nothing left to do. */
    public void describeComplete(Report report) {
        report.text("complete already");
        report.line("written", destination.path().toString());
        Json.read(manifest(), Manifest.class).results().forEach(report::field);
        report.field("files", List.of(destination.path().toString()));
    }

    /**
     * Writes timings and manifest, the latter last of all files.
     *
     * @param computed results that this run computed itself, of those that there are
     */
    public void write(Report report, List<Path> arrays, List<Path> figures, long computed) {
        if (!destination.folder()) {
            return;
        }
        Map<String, Object> results = new LinkedHashMap<>(report.fields());
        results.keySet().removeAll(NOT_RESULTS);
        Json.write(destination.path().resolve(Destination.TIMINGS), timings(computed));
        Json.write(manifest(), Manifest.of(run, results, arrays, figures));
    }

    private Map<String, Object> timings(long computed) {
        BackendInfo info = Backend.get().info();
        Map<String, Object> timings = new LinkedHashMap<>();
        timings.put("started", started.toString());
        timings.put("seconds", (System.nanoTime() - start) / 1e9);
        timings.put("computed", computed);
        timings.put("threads", info.settings().threads());
        timings.put("memory", info.settings().memory());
        timings.put("tile", info.settings().tile());
        // Beside those of ND4J, the GPUs that computed.
        timings.put(
                "devices",
                Stream.concat(info.devices().stream(), Stream.ofNullable(run.get(Provenance.DEVICE)))
                        .toList());
        timings.put("blas", info.blas());
        timings.put("versions", info.versions());
        timings.put("limits", info.limits());
        return timings;
    }
}
