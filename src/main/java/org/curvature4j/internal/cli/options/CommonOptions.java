package org.curvature4j.internal.cli.options;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.BackendInfo;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.text.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
public final class CommonOptions {
    @Option(names = "--json", description = "Print one JSON object in place of the summary.")
    private boolean json;

    @Option(
            names = "--report",
            converter = Destination.Page.class,
            paramLabel = "FILE.html",
            description = {
                "Write a page to look at the results, too.",
                "Figures, tables and where all of it comes from; it",
                "works without a network."
            })
    private @Nullable Destination report;

    @Option(
            names = Failure.VERBOSE,
            description = {"Tell on the error stream what computes, and why.", "Shows where an error happened, too."})
    private boolean verbose;

    @Option(names = "--backend", paramLabel = "cpu|cuda", description = "What computes.")
    private @Nullable String backend;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            completionCandidates = EngineNames.class,
            description = {"How points are computed; auto unless given.", "One of ${COMPLETION-CANDIDATES}."})
    private @Nullable String engine;

    @Option(
            names = "--device",
            paramLabel = "WHERE",
            description = {
                "Where is computed: auto, cpu, gpu, gpu:1.",
                "auto unless given: points on NVIDIA GPUs where",
                "that is expected to be faster, losses on the CPU.",
                "gpu: all of them share all that they can compute."
            })
    private @Nullable String device;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads; 0: one for each core.")
    private @Nullable String threads;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory for the tiles being computed, as in 2g.")
    private @Nullable String memory;

    @Option(names = "--tile", paramLabel = "N", description = "Points in a tile; 0: chosen for each function.")
    private @Nullable String tile;

    public boolean json() {
        return json;
    }

    /** Where the page of results goes; null where none is wanted. */
    public @Nullable Path report() {
        return Destination.pathOf(report);
    }

    public boolean verbose() {
        return verbose;
    }

    /** The engines there are, for the help text and for shells that complete words. */
    private static final class EngineNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Engine.values()).map(Engine::key).iterator();
        }
    }

    /** Tells what was chosen for all functions of this run, and what it follows from; starts ND4J. */
    public void explain(PrintWriter err) {
        if (verbose) {
            BackendInfo info = Backend.get().info();
            Settings settings = info.settings();
            err.println(Failure.PREFIX + "backend " + info.name() + " (" + info.why() + "), "
                    + info.blas().replace("\n", "; "));
            err.println(Failure.PREFIX + "device " + settings.device() + " ("
                    + settings.device().why() + ")");
            err.println(Failure.PREFIX + "engine " + settings.engine().key() + ", "
                    + Words.count(settings.threads(), "thread") + ", " + Numbers.bytes(settings.memory())
                    + " for tiles, "
                    + (settings.tile() == 0
                            ? "their size chosen for each function"
                            : Words.count(settings.tile(), "point") + " each")
                    + (Settings.overrides().isEmpty() ? "" : " (given: " + given() + ")"));
        }
    }

    private static String given() {
        return Settings.overrides().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** @throws UsageException if an engine or a tile was chosen, for a command that has no use for them */
    public void requireNoEngine(String command) {
        if (engine != null || tile != null) {
            throw new UsageException((engine != null ? "--engine" : "--tile") + ": expected none with " + command
                    + ", which doesn't compute batches of points");
        }
    }

    /**
     * Hands the settings to the engine until what this returns is closed.
     *
     * @throws UsageException if one isn't valid
     */
    public Applied apply() {
        Map<String, String> given = new TreeMap<>();
        put(given, "backend", backend);
        put(given, "device", device);
        put(given, "engine", engine);
        put(given, "threads", threads);
        put(given, "memory", memory);
        put(given, "tile", tile);
        Applied applied = new Applied(given);
        try {
            DeviceChoice where = Settings.preview().device();
            if (where.isForced()) {
                where.devices();
            }
            Backend.refresh();
            return applied;
        } catch (IllegalArgumentException e) {
            applied.close();
            String message = String.valueOf(e.getMessage());
            for (String key : given.keySet()) {
                message = message.replace(Settings.PREFIX + key + ":", "--" + key + ":");
            }
            throw new UsageException(message);
        }
    }

    /** System properties of one run; those of before come back. */
    public static final class Applied implements AutoCloseable {
        private final Map<String, @Nullable String> before = new TreeMap<>();

        private Applied(Map<String, String> given) {
            given.forEach((key, value) -> before.put(key, System.setProperty(Settings.PREFIX + key, value)));
        }

        @Override
        public void close() {
            before.forEach((key, value) -> {
                if (value == null) {
                    System.clearProperty(Settings.PREFIX + key);
                } else {
                    System.setProperty(Settings.PREFIX + key, value);
                }
            });
            if (!before.isEmpty()) {
                Backend.refresh();
            }
        }
    }

    private static void put(Map<String, String> given, String key, @Nullable String value) {
        if (value != null) {
            given.put(key, value);
        }
    }
}
