package org.curvature4j.internal.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** POINTS: where the function is looked at, and what goes with each point. */
public final class RowOptions extends PointOptions {
    @Option(
            names = "--with",
            paramLabel = "NAME=FILE",
            description = {
                "Rows of a placeholder, one for each point.",
                "Such as labels; .npy or .csv. With --wrt and no",
                "points, each row is an example with its own result."
            })
    private Map<String, RowFile> data = new LinkedHashMap<>();

    @Override
    public Map<String, RowFile> data() {
        return data;
    }
}
