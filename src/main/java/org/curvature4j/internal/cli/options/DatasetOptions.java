package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.Map;
import org.curvature4j.data.DataFile;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.io.Fingerprint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** DATA: features and targets, from files or the set that comes along. */
public class DatasetOptions {
    /** The name of the set that comes along. */
    public static final String DIGITS = "digits";

    @Option(
            names = "--data",
            paramLabel = "digits|FILE",
            description = {
                "Features and targets.",
                "The UCI handwritten digits; or a file, a .csv",
                "table or a .npy array."
            })
    private @Nullable String data;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = {"The targets' column, by its name or number.", "Numbers count from 1; the last unless given."
            })
    private @Nullable String label;

    @Option(names = "--targets", paramLabel = "FILE", description = "Targets in a file of their own, .npy or .csv.")
    private @Nullable Path targets;

    @Option(
            names = "--rows",
            converter = Values.Count.class,
            paramLabel = "N",
            description = "Only the first N examples.")
    private @Nullable Integer rows;

    /** Whether data were named. */
    public final boolean given() {
        return data != null;
    }

    /** Sets the data where none were named. */
    public final void use(String name) {
        data = name;
    }

    /** What was named. */
    public final String name() {
        return String.valueOf(data);
    }

    /** @throws UsageException if the options can't be meant */
    public void check() {
        if (data == null && (label != null || targets != null || rows != null)) {
            throw new UsageException("--label, --targets, --rows: expected --data, which they are about, got none");
        }
        if (label != null && targets != null) {
            throw new UsageException("--label, --targets: expected one of them, got both");
        }
        if (DIGITS.equals(data) && (label != null || targets != null)) {
            throw new UsageException("--label, --targets: expected neither with the digits, which have their labels");
        }
        if (data != null && !DIGITS.equals(data) && !isReadable(data)) {
            throw new UsageException(
                    "--data: expected " + DIGITS + ", or a file name ending in .csv or .npy, got '" + data + "'");
        }
    }

    private static boolean isReadable(String file) {
        return DataFile.isTable(Path.of(file)) || file.endsWith(".npy");
    }

    /**
     * Reads the data; starts ND4J.
     *
     * @throws IllegalArgumentException if there are fewer rows than asked for
     */
    public final Dataset load() {
        Dataset all = whole();
        if (rows == null) {
            return all;
        }
        if (rows > all.rows()) {
            throw new IllegalArgumentException(
                    "--rows: expected up to " + all.rows() + ", which " + data + " has, got " + rows);
        }
        return all.first(rows);
    }

    private Dataset whole() {
        String name = name();
        if (name.equals(DIGITS)) {
            return Dataset.digits();
        }
        if (targets != null) {
            return DataFile.load(Path.of(name), targets);
        }
        return label == null ? DataFile.load(Path.of(name)) : DataFile.load(Path.of(name), label);
    }

    /** Adds what decides the numbers to what decides the bytes of a run. */
    void identify(Map<String, String> run) {
        run.put("data", name().equals(DIGITS) ? DIGITS : Fingerprint.of(Path.of(name())));
        run.put("targets", targets == null ? "column " + (label == null ? "last" : label) : Fingerprint.of(targets));
        run.put("rows", rows == null ? "all" : rows.toString());
    }
}
