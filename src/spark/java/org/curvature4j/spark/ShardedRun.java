package org.curvature4j.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.curvature4j.internal.cli.BatchCommand;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.Computation;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.shard.Shard;
import org.curvature4j.internal.cli.shard.ShardManifest;
import org.curvature4j.internal.cli.shard.ShardResult;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.internal.io.Journal;
import org.curvature4j.internal.io.Json;

/** A command's batch on a cluster, a task for each shard; the driver joins what they tell. */
final class ShardedRun implements BatchCommand.Elsewhere {
    /** Tasks for each core: machines that are slower than others get fewer. */
    private static final int TASKS_A_CORE = 3;

    /** What shards tell of themselves, until the manifest does. */
    static final String TOLD = "_shards";

    /** Where the command itself would write on an executor, which it doesn't; so {@code --vectors} needs no name. */
    private static final String NOWHERE = "--out=curvature-nowhere/";

    private static final String PLAN = TOLD + "/run.json";
    private static final List<String> NOT_RESULTS = List.of("command", "files", "seconds", "report");

    private final JavaSparkContext context;
    private final ShardOptions options;
    private final RunRows rows;

    /**
     * What a run was begun as.
     *
     * @param run what decides the bytes of its results
     * @param shards how many it is cut into
     */
    private record Plan(Map<String, String> run, int shards) {
        String fingerprint() {
            return Fingerprint.ofText(Json.compact(this));
        }
    }

    ShardedRun(SparkSession spark, ShardOptions options, RunRows rows) {
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.options = options;
        this.rows = rows;
    }

    /** The file in which a shard tells of itself. */
    static String told(Shard shard) {
        return TOLD + "/" + shard.fileName().replace(".npy", ".json");
    }

    @Override
    public void run(String command, Computation computation, Report report) {
        long start = System.nanoTime();
        if (computation.isSingle()) {
            throw new IllegalArgumentException(
                    "points: expected a batch of them for a run by shards, got one (curvature"
                            + " computes it on one machine)");
        }
        computation.describe(report);
        ShardFolder folder = new ShardFolder(options.out(), context.sc().hadoopConfiguration());
        Map<String, String> run = identity(command, computation);
        if (folder.length(Destination.MANIFEST) >= 0) {
            tellComplete(folder, run, report);
            return;
        }
        Plan plan = plan(folder, run);
        List<Shard> shards = Shard.plan(computation.count(), plan.shards);
        List<ShardResult> results = complete(folder, plan.fingerprint(), shards);
        int before = results.size();
        long computed = computation.count()
                - results.stream().mapToLong(result -> result.shard().count()).sum();
        try {
            results.addAll(compute(folder, plan, computation.count(), missing(shards, results), command));
        } catch (RuntimeException e) {
            if (folder.names(TOLD).size() == 1) {
                folder.delete(TOLD); // there is nothing to go on with
            }
            throw e;
        }
        describe(results, before, report);
        computation.describe(report, ShardResult.joined(computation, results));
        Map<String, Object> found = new LinkedHashMap<>(report.fields());
        NOT_RESULTS.forEach(found::remove);
        folder.write(Destination.MANIFEST, ShardManifest.of(computation, run, found, results));
        folder.delete(TOLD);
        computation.results().forEach(result -> folder.sweep(ShardResult.folder(result.name())));
        report.line("written", folder.address());
        report.field(Report.FILES, List.of(folder.address()));
        Timing.describe(report, start, computed, "row");
    }

    private static Map<String, String> identity(String command, Computation computation) {
        Map<String, String> run = Provenance.begin(command);
        computation.identify(run);
        for (Computation.Result result : computation.results()) {
            run.put(
                    "result " + ShardResult.folder(result.name()),
                    Words.shape(result.sizes().stream()
                                    .mapToLong(Long::longValue)
                                    .toArray()) + " a row, "
                            + computation.type().code());
        }
        return run;
    }

    private void tellComplete(ShardFolder folder, Map<String, String> run, Report report) {
        ShardManifest there =
                folder.read(Destination.MANIFEST, ShardManifest.class).orElseThrow();
        check(folder, there.run(), run, "results");
        report.text("complete already");
        report.line("written", folder.address());
        there.results().forEach(report::field);
        report.field(Report.FILES, List.of(folder.address()));
    }

    /** The plan that is there, or a new one. */
    private Plan plan(ShardFolder folder, Map<String, String> run) {
        Optional<Plan> earlier = folder.read(PLAN, Plan.class);
        if (earlier.isPresent()) {
            check(folder, earlier.get().run, run, "an unfinished run");
            if (options.shards() != 0 && options.shards() != earlier.get().shards) {
                throw new IllegalArgumentException("--shards: expected " + earlier.get().shards
                        + ", by which the run was begun, got " + options.shards());
            }
            return earlier.get();
        }
        int cores = Math.max(1, context.defaultParallelism());
        Plan plan = new Plan(run, options.shards() != 0 ? options.shards() : TASKS_A_CORE * cores);
        folder.write(PLAN, plan);
        return plan;
    }

    private void check(ShardFolder folder, Map<String, String> there, Map<String, String> here, String what) {
        String expected = "--out: expected a folder without results, got " + folder.address() + ", which has " + what;
        List<String> differences = Journal.differences(there, here);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(expected + " of another run\n  " + String.join("\n  ", differences));
        }
        if (!options.resume()) {
            throw new IllegalArgumentException(
                    expected + " of this run (--resume goes on with it; or choose another name, or delete it)");
        }
    }

    /** The shards that are there, each with all its files. */
    private static List<ShardResult> complete(ShardFolder folder, String run, List<Shard> shards) {
        Set<String> names = Set.copyOf(folder.names(TOLD));
        List<ShardResult> results = new ArrayList<>();
        for (Shard shard : shards) {
            if (names.contains(told(shard).substring(TOLD.length() + 1))) {
                folder.read(told(shard), ShardResult.class)
                        .filter(result -> result.run().equals(run)
                                && result.shard().equals(shard)
                                && result.files().stream()
                                        .allMatch(file ->
                                                folder.length(file.array() + "/" + file.name()) == file.bytes()))
                        .ifPresent(results::add);
            }
        }
        return results;
    }

    private static List<Shard> missing(List<Shard> shards, List<ShardResult> results) {
        Set<Shard> there = results.stream().map(ShardResult::shard).collect(Collectors.toSet());
        return shards.stream().filter(shard -> !there.contains(shard)).toList();
    }

    private List<ShardResult> compute(ShardFolder folder, Plan plan, long batch, List<Shard> missing, String command) {
        if (missing.isEmpty()) {
            return List.of();
        }
        String run = plan.fingerprint();
        SentFiles files = new SentFiles();
        List<String> words = new ArrayList<>(options.words(files::sent));
        words.add(NOWHERE);
        Broadcast<Map<String, byte[]>> sent = context.broadcast(files.contents());
        Broadcast<SerializableConfiguration> hadoop =
                context.broadcast(new SerializableConfiguration(context.sc().hadoopConfiguration()));
        long count = missing.stream().mapToLong(Shard::count).sum();
        context.setJobDescription("curvature " + command + ": " + Words.count(count, "row") + " in "
                + Words.count(missing.size(), "shard"));
        try {
            List<ShardTask.Outcome> outcomes = Attempts.outcomes(
                    context.parallelize(missing.stream().map(Shard::index).toList(), missing.size())
                            .map(new ShardTask(words, rows, sent, run, batch, plan.shards, folder.address(), hadoop)));
            outcomes.stream()
                    .map(ShardTask.Outcome::refusal)
                    .filter(refusal -> !refusal.isEmpty())
                    .findFirst()
                    .ifPresent(refusal -> {
                        throw new IllegalArgumentException(refusal);
                    });
            return outcomes.stream()
                    .map(outcome -> Json.read(Path.of(run), outcome.result(), ShardResult.class))
                    .toList();
        } catch (Exception e) { // Spark throws checked ones that it doesn't declare
            throw Failures.of(e);
        } finally {
            context.setJobDescription(null);
            hadoop.destroy();
            sent.destroy();
        }
    }

    private static void describe(List<ShardResult> results, int before, Report report) {
        report.line(
                "shards",
                Words.count(results.size(), "shard") + (before > 0 ? ", " + before + " of an earlier run" : ""));
        report.field("shards", results.size());
        Map<String, Set<String>> machines = new LinkedHashMap<>();
        results.forEach(result -> result.machine()
                .forEach((name, value) -> machines.computeIfAbsent(name, absent -> new LinkedHashSet<>())
                        .add(value)));
        machines.forEach((name, values) -> {
            if (values.size() > 1) {
                report.line(
                        "attention",
                        "shards were computed with several of '" + name + "': " + String.join("; ", values)
                                + " (last digits may differ from those of one machine)");
            }
        });
    }
}
