package org.curvature4j.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.curvature4j.internal.cli.CommandRun;
import org.curvature4j.internal.io.Json;

/** Commands on a cluster and on one machine, and what they leave. */
final class Commands {
    private Commands() {}

    /** What a command came to. */
    record Ended(int code, String out, String err) {
        Map<String, Object> told() {
            Map<String, Object> fields = Json.plain(out);
            Stream.of("files", "seconds", "shards", "matrix").forEach(fields::remove);
            return fields;
        }
    }

    /** @param more further words */
    static Ended onCluster(SparkSession spark, String command, Object... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(spark, words(command, more), new PrintWriter(out), new PrintWriter(err));
        return new Ended(code, out.toString(), err.toString());
    }

    static Ended here(String command, Object... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandRun(new PrintWriter(out), new PrintWriter(err)).run(words(command, more));
        return new Ended(code, out.toString(), err.toString());
    }

    static List<String> words(String command, Object... more) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        Arrays.stream(more).map(Object::toString).forEach(words::add);
        return words;
    }

    /** An array's shards as one file, beside the run's folder. */
    static Path merged(Path run, String array) {
        Path file = run.resolveSibling(run.getFileName() + "-" + array + ".npy");
        Ended merge = here("merge", run, "--array", array, "--out", file);
        if (merge.code() != 0) {
            throw new AssertionError(merge.err());
        }
        return file;
    }

    /** All files of a run, hidden ones too. */
    static List<String> files(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> run.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
