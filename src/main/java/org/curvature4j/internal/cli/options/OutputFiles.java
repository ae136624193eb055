package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.jspecify.annotations.Nullable;

/** Checks the names of files to write before anything is computed. */
public final class OutputFiles {
    private OutputFiles() {}

    /** @throws UsageException if an array would be written under another ending than .npy */
    public static void checkArray(String option, @Nullable Path file) {
        checkEnding(option, file, ".npy");
    }

    /** @throws UsageException if a graph would be written under another ending than .fb */
    public static void checkModel(String option, @Nullable Path file) {
        checkEnding(option, file, ".fb");
    }

    /** @throws UsageException if a figure would be written under another ending than .png or .svg */
    static void checkFigure(String option, @Nullable Path file) {
        checkEnding(option, file, ".png", ".svg");
    }

    private static void checkEnding(String option, @Nullable Path file, String... endings) {
        if (file == null) {
            return;
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (Arrays.stream(endings).noneMatch(name::endsWith)) {
            throw new UsageException(
                    option + ": expected a file name ending in " + String.join(" or ", endings) + ", got " + file);
        }
    }

    /** Adds the files that were written. */
    public static void describe(Report report, @Nullable Path... files) {
        List<Path> written = Arrays.stream(files).filter(Objects::nonNull).toList();
        if (!written.isEmpty()) {
            report.line("written", written.stream().map(OutputFiles::sized).collect(Collectors.joining("\n")));
        }
        report.field("files", written.stream().map(Path::toString).toList());
    }

    private static String sized(Path file) {
        return file + " (" + Words.bytes(file.toFile().length()) + ")";
    }
}
