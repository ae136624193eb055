package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** POINTS: where the function is looked at, and what goes with each point. */
public final class RowOptions extends PointOptions {
    @Option(
            names = "--with",
            paramLabel = "NAME=FILE",
            description = {
                "A row of a placeholder for each point, .npy or .csv.",
                "Such as labels. With --wrt of variables and no points",
                "each row is an example, with a result of its own."
            })
    private Map<String, Path> data = new LinkedHashMap<>();

    @Override
    public Map<String, Path> data() {
        return data;
    }
}
