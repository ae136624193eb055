package org.curvature4j.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.curvature4j.internal.cli.CommandRun;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.io.DataFileException;

/**
 * The program {@code curvature} on a cluster: {@code spark-submit --class org.curvature4j.spark.Main curvature4j-spark.jar
 * spectrum --model net.onnx --random 1000000000 --out hdfs:///runs/a}. It takes the options of {@code hessian},
 * {@code jacobian}, {@code spectrum} and {@code sensitivity}, computes their points by shards, and prints their report.
 * Exit codes as those of {@code curvature}.
 */
public final class Main {
    private static final Set<String> HELP = Set.of("--help", "-h", "help", "--version", "-V");

    private static final String USAGE =
            """

            On Spark: --out is a folder for one file a shard, a name that all machines see or
            an address such as hdfs:///runs/a. --shards N cuts the batch into so many; three
            for each core without it. --resume computes the shards that are missing. Models
            and --feed are sent along; --points, --with and --hessians are read where they are.""";

    private Main() {}

    /** Runs one command in a session of its own, and ends the JVM with its exit code where that isn't 0. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        int code;
        if (arguments.length == 0 || List.of(arguments).stream().anyMatch(HELP::contains)) {
            code = new CommandRun(out, err).run(List.of(arguments));
            out.println(USAGE);
        } else {
            SparkSession spark =
                    SparkSession.builder().appName("curvature " + arguments[0]).getOrCreate();
            try {
                code = run(spark, List.of(arguments), out, err);
            } finally {
                spark.stop();
            }
        }
        if (code != 0) {
            // Only then: a cluster's manager takes an early end of the JVM for a failure.
            System.exit(code);
        }
    }

    /**
     * Runs one command in a session, such as a notebook's.
     *
     * @param arguments the command and its options
     * @param out takes the report
     * @param err takes what went wrong
     * @return the exit code
     */
    public static int run(SparkSession spark, List<String> arguments, PrintWriter out, PrintWriter err) {
        try {
            ShardOptions asked = ShardOptions.of(arguments);
            Path scratch = Files.createTempDirectory("curvature");
            RunRows rows = new RunRows();
            try {
                Configuration configuration = spark.sparkContext().hadoopConfiguration();
                ShardOptions options = asked.with(option -> SentFiles.fetched(option, scratch, configuration));
                List<String> command = new ArrayList<>(options.words(option -> option));
                // Where nothing is written: results are, by shards, where the options say.
                command.add("--out=" + scratch.resolve("nowhere") + "/");
                return new CommandRun(out, err)
                        .elsewhere(new ShardedRun(spark, options, rows))
                        .rows(rows.onDriver(spark, options.out()))
                        .run(command);
            } finally {
                rows.delete(spark, asked.out());
                TemporaryFolders.delete(scratch);
            }
        } catch (UsageException e) {
            err.println(Failure.PREFIX + e.getMessage());
            err.flush();
            return 2;
        } catch (IOException | DataFileException e) {
            return Failure.of(e).print(err, false, e);
        }
    }
}
