package org.curvature4j.internal.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import org.curvature4j.internal.cli.report.UsageException;

/**
 * What follows {@code --out}: the file of an array, or a folder for everything that an experiment gives. A folder is one
 * that is there, a name that ends in a slash, or one without a dot.
 *
 * @param path of the file or the folder
 */
public record Destination(Path path, boolean folder) {
    /** The file in a folder that tells what was run and what came of it. */
    public static final String MANIFEST = "manifest.json";

    /** The file in a folder with what isn't the same each time. */
    public static final String TIMINGS = "timings.json";

    /** @throws UsageException if it is neither a folder nor a name for an array */
    public static Destination parse(String option, String text) {
        if (text.isEmpty()) {
            throw new UsageException(option + ": expected a file name ending in .npy, or a folder, got nothing");
        }
        if (text.equals("-")) {
            throw new UsageException(option
                    + ": expected a file name ending in .npy, or a folder, got - (./- is a folder of that name)");
        }
        Path path = Path.of(text);
        Path name = path.getFileName();
        boolean folder = Files.isDirectory(path)
                || text.endsWith("/")
                || text.endsWith(path.getFileSystem().getSeparator())
                || (name != null && !name.toString().contains("."));
        if (!folder) {
            OutputFiles.checkArray(option, path);
        }
        return new Destination(path, folder);
    }

    /** The file itself, or the one of this name in the folder. */
    public Path file(String name) {
        return folder ? path.resolve(name) : path;
    }
}
