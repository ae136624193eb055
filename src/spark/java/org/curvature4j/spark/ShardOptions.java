package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.curvature4j.internal.cli.report.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * What a command line says of shards, and the rest of it, which is the command's.
 *
 * @param command its name
 * @param options the command's own
 * @param out the folder of results: a name, or an address that Hadoop's file systems know
 * @param shards how many; 0: as many as suit the cluster
 * @param resume whether to go on with what is there
 */
record ShardOptions(String command, List<Option> options, String out, int shards, boolean resume) {
    /** What is for people on one machine, or for its journal. */
    private static final Set<String> REFUSED = Set.of("--plot", "--show", "--index", "--checkpoint");

    private static final int MOST = 100_000;

    /** An option as it was given. */
    record Option(String name, @Nullable String value) {
        String word() {
            return value == null ? name : name + "=" + value;
        }
    }

    /** @throws UsageException if they can't be meant */
    static ShardOptions of(List<String> arguments) {
        List<Option> rest = new ArrayList<>();
        @Nullable String out = null;
        @Nullable String shards = null;
        boolean resume = false;
        for (Option option : parsed(arguments)) {
            switch (option.name) {
                case "--out" -> out = once(option, out);
                case "--shards" -> shards = once(option, shards);
                case "--resume" -> resume = true;
                default -> rest.add(allowed(option));
            }
        }
        if (out == null) {
            throw new UsageException("--out: expected a folder for the shards, got none");
        }
        return new ShardOptions(arguments.get(0), rest, out, shards == null ? 0 : count(shards), resume);
    }

    /** Behind the command there are only options, each with at most one value. */
    private static List<Option> parsed(List<String> arguments) {
        List<Option> options = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            String word = arguments.get(i);
            boolean followed = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
            if (word.contains("=") || !word.startsWith("--")) {
                String[] parts = word.split("=", 2);
                options.add(new Option(parts[0], parts.length > 1 ? parts[1] : null));
            } else {
                options.add(new Option(word, followed ? arguments.get(++i) : null));
            }
        }
        return options;
    }

    private static String once(Option option, @Nullable String before) {
        if (before != null) {
            throw new UsageException(option.name + ": expected once, got again");
        }
        if (option.value == null || option.value.isEmpty()) {
            throw new UsageException(option.name + ": expected a value, got none");
        }
        return option.value;
    }

    private static Option allowed(Option option) {
        if (REFUSED.contains(option.name)) {
            throw new UsageException(
                    option.name + ": expected none in a run by shards, got one (it is for curvature on one machine)");
        }
        if (option.name.equals("--vectors") && option.value != null) {
            throw new UsageException(
                    "--vectors: expected no name in a run by shards, whose folder has one, got '" + option.value + "'");
        }
        return option;
    }

    private static int count(String shards) {
        try {
            int count = Integer.parseInt(shards);
            if (count >= 1 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below, as all that isn't such a number.
        }
        throw new UsageException(
                String.format(Locale.ROOT, "--shards: expected a whole number from 1 to %,d, got '%s'", MOST, shards));
    }

    /** The same with its files named otherwise. */
    ShardOptions with(FileNames files) {
        return new ShardOptions(command, options.stream().map(files::named).toList(), out, shards, resume);
    }

    /**
     * The command's own line, as a machine can read it.
     *
     * @param files how files are named there
     */
    List<String> words(FileNames files) {
        List<String> words = new ArrayList<>(List.of(command));
        options.forEach(option -> words.add(files.named(option).word()));
        return words;
    }

    /** How the files that an option names are named. */
    @FunctionalInterface
    interface FileNames {
        Option named(Option option);
    }
}
