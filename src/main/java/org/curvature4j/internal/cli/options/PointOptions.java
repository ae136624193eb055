package org.curvature4j.internal.cli.options;

import java.util.Map;
import org.curvature4j.internal.cli.report.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** POINTS: where the function is looked at. */
public class PointOptions {
    @Option(
            names = "--points",
            paramLabel = "FILE",
            description = {
                "Points of a .npy or .csv file, one a row.",
                "Or of a folder of .npy files, by their names.",
                "Further axes are flattened, row-major."
            })
    private @Nullable RowFile points;

    @Option(
            names = "--random",
            converter = Values.LargeCount.class,
            paramLabel = "N",
            description = "So many standard normal points of --seed.")
    private @Nullable Long random;

    public final boolean given() {
        return points != null || random != null;
    }

    /** @throws UsageException if the options can't be meant */
    public final void check() {
        if (points != null && random != null) {
            throw new UsageException("--points, --random: expected one of them, got both");
        }
    }

    /** Files of what goes with each point, by the names of placeholders. */
    public Map<String, RowFile> data() {
        return Map.of();
    }

    /** The file of the points, if they are in one. */
    @Nullable
    public final RowFile file() {
        return points;
    }

    /** How many random ones, if they are. */
    @Nullable
    public final Long random() {
        return random;
    }
}
