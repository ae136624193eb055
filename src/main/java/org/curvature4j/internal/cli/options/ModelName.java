package org.curvature4j.internal.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.curvature4j.internal.cli.report.NearMiss;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.tutorial.Models;

/** What a model may be called on the command line: a file, or one that comes along. */
public final class ModelName {
    private static final String SAMEDIFF = ".fb";
    private static final String ONNX = ".onnx";
    /** As Deeplearning4j saves networks. */
    private static final String ZIP = ".zip";

    private ModelName() {}

    /** @throws UsageException if a name is neither a file's nor a model's */
    public static void check(String option, String model) {
        if (!isFile(model)) {
            check(option, model, "a file written by SameDiff.save, an ONNX model, a network of Deeplearning4j, or ");
        }
    }

    /** @throws UsageException if a name isn't that of a model that comes along */
    static void checkNamed(String option, String model) {
        check(option, model, "");
    }

    private static void check(String option, String model, String others) {
        if (!isNamed(model)) {
            throw new UsageException(option + ": expected " + others + "one of " + String.join(", ", Models.names())
                    + ", got '" + model + "'" + NearMiss.hint(model, Models.names()));
        }
        try {
            Models.check(model);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    option + ": " + String.valueOf(e.getMessage()).replaceFirst("^(model|mlp): ", ""));
        }
    }

    /** Whether it is a file. The names that the lesson gives are taken first; a file of such a name is reached as {@code ./tanh}. */
    public static boolean isFile(String model) {
        // The empty path is the folder one is in.
        return !model.isEmpty()
                && !isNamed(model)
                && (endsWith(model, SAMEDIFF)
                        || isOnnx(model)
                        || endsWith(model, ZIP)
                        || model.contains("/")
                        || Files.exists(Path.of(model)));
    }

    public static boolean isOnnx(String model) {
        return endsWith(model, ONNX);
    }

    private static boolean endsWith(String model, String ending) {
        return model.toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static boolean isNamed(String model) {
        return Models.names().contains(model) || model.startsWith("mlp:");
    }
}
