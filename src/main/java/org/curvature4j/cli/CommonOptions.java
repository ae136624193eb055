package org.curvature4j.cli;

import java.util.Map;
import java.util.TreeMap;
import org.curvature4j.engine.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {
    static final String VERBOSE = "--verbose";

    @Option(names = "--json", description = "Print one JSON object in place of the summary.")
    private boolean json;

    @Option(names = VERBOSE, description = "Say more, and show where an error happened.")
    private boolean verbose;

    @Option(names = "--backend", paramLabel = "cpu|cuda", description = "What computes.")
    private @Nullable String backend;

    @Option(names = "--engine", paramLabel = "NAME", description = "How: auto (unless given), fused or plan.")
    private @Nullable String engine;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads; 0: one for each core.")
    private @Nullable String threads;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory for the tiles being computed, as in 2g.")
    private @Nullable String memory;

    @Option(names = "--tile", paramLabel = "N", description = "Points in a tile; 0: chosen for each function.")
    private @Nullable String tile;

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    /**
     * Hands the settings to the engine, which reads them when it starts.
     *
     * @throws UsageException if one isn't valid
     */
    void apply() {
        Map<String, String> given = new TreeMap<>();
        put(given, "backend", backend);
        put(given, "engine", engine);
        put(given, "threads", threads);
        put(given, "memory", memory);
        put(given, "tile", tile);
        given.forEach((key, value) -> System.setProperty(Settings.PREFIX + key, value));
        try {
            Settings.preview();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            for (String key : given.keySet()) {
                message = message.replace(Settings.PREFIX + key + ":", "--" + key + ":");
            }
            throw new UsageException(message);
        }
    }

    private static void put(Map<String, String> given, String key, @Nullable String value) {
        if (value != null) {
            given.put(key, value);
        }
    }
}
