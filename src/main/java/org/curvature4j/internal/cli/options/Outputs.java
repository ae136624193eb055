package org.curvature4j.internal.cli.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.io.Claim;
import org.curvature4j.internal.io.Journal;
import org.curvature4j.internal.io.Target;
import org.curvature4j.io.NpyWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What a command writes, by option: checked as a whole before anything is computed, and claimed until all is written. */
public final class Outputs {
    private record Output(String option, Path file, boolean inFolder) {}

    private final List<Output> files = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    private Outputs() {}

    /**
     * What the options of a command line name.
     *
     * @param contents the names of what may come into a folder of results beside the manifest
     */
    public static Outputs of(CommandSpec command, List<String> contents) {
        Outputs outputs = new Outputs();
        for (OptionSpec option : command.options()) {
            Object value = option.getValue();
            if (value instanceof Destination destination && !value.equals(Destination.UNNAMED)) {
                outputs.add(option.longestName(), destination, contents);
            }
        }
        return outputs;
    }

    private void add(String option, Destination destination, List<String> contents) {
        if (!destination.folder()) {
            files.add(new Output(option, destination.path(), false));
            return;
        }
        folders.add(destination.path());
        Stream.concat(contents.stream(), Stream.of(Destination.MANIFEST, Destination.TIMINGS))
                .forEach(name -> files.add(new Output(option, destination.file(name), true)));
    }

    /**
     * Checks that every file is written once, and none that is read.
     *
     * @throws UsageException if not, whatever names the files go by
     */
    public void check(ParseResult parsed) {
        Map<Object, Output> written = new HashMap<>();
        for (Output output : files) {
            @Nullable Output other = written.put(Target.identity(output.file), output);
            if (other != null) {
                throw new UsageException("files: expected a name of its own for each result, got " + output.file
                        + " for " + output.option
                        + (same(other.file, output.file)
                                ? ""
                                : ", and " + other.file + " for " + other.option + ", which are one file"));
            }
        }
        for (Output output : files) {
            // What a run keeps beside its result.
            if (!output.inFolder && Files.isDirectory(output.file.resolveSibling("."))) {
                written.putIfAbsent(Target.identity(NpyWriter.partial(output.file)), output);
                written.putIfAbsent(Target.identity(Journal.of(output.file)), output);
            }
        }
        // Whatever an option is about: a value that names such a file may be read.
        for (ArgSpec argument : parsed.matchedArgs()) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            boolean isOutput = files.stream().anyMatch(output -> output.option.equals(name));
            for (Path file : isOutput ? List.<Path>of() : existing(argument)) {
                @Nullable Output output = written.get(Target.identity(file));
                if (output != null) {
                    throw new UsageException(output.option + ": expected another file than those that are read, got "
                            + output.file + ", which " + name + " reads"
                            + (same(output.file, file) ? "" : " as " + file));
                }
            }
        }
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    /** The files that an option's or a parameter's values name and that are there, whatever it is about. */
    public static List<Path> existing(ArgSpec argument) {
        return argument.originalStringValues().stream()
                .flatMap(value -> existing(value.substring(value.indexOf('=') + 1)))
                .toList();
    }

    private static Stream<Path> existing(String text) {
        try {
            return Stream.of(Path.of(text)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    /**
     * Claims all of it, and makes the folders.
     *
     * @return what ends the claims
     * @throws org.curvature4j.io.DataFileException if something can't be written, or another run is writing it
     */
    public Claims claim() {
        Claims claims = new Claims();
        try {
            folders.forEach(folder -> claims.held.push(Claim.ofFolder(folder)));
            files.stream()
                    .filter(output -> !output.inFolder)
                    .forEach(output -> claims.held.push(Claim.of(output.file)));
            return claims;
        } catch (RuntimeException e) {
            claims.close();
            throw e;
        }
    }

    /** The claims of a run. */
    public static final class Claims implements AutoCloseable {
        private final Deque<Claim> held = new ArrayDeque<>();

        private Claims() {}

        @Override
        public void close() {
            held.forEach(Claim::close);
            held.clear();
        }
    }
}
