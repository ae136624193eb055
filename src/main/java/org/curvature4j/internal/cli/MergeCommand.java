package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.shard.ShardManifest.ShardedArray;
import org.curvature4j.internal.cli.shard.ShardedArrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code curvature merge}. */
@Command(
        name = "merge",
        sortOptions = false,
        customSynopsis = "curvature merge DIR [--array NAME] --out FILE.npy",
        description = {
            "Joins the files that a run on several machines left.",
            "The result has the bytes that one machine would have written. Each file is held",
            "against the SHA-256 in the folder's manifest.json. Where a folder of files will",
            "do, as for --points and --hessians, nothing need be merged."
        },
        footer = {
            "",
            "Examples:",
            "  curvature merge runs/cluster --out E.npy",
            "  curvature merge runs/cluster --array eigenvectors --out V.npy"
        })
final class MergeCommand extends CurvatureCommand {
    @Parameters(paramLabel = "DIR", description = "The folder of the run.")
    private Path folder = Path.of("");

    @Option(names = "--array", paramLabel = "NAME", description = "Which array, where there are several.")
    private @Nullable String array;

    @Option(
            names = "--out",
            required = true,
            converter = Destination.Array.class,
            paramLabel = "FILE.npy",
            description = "The file of all rows.")
    private @Nullable Destination out;

    @Override
    boolean choosesEngine() {
        return false;
    }

    @Override
    void run(Report report) {
        ShardedArrays arrays = ShardedArrays.open(folder);
        ShardedArray chosen = arrays.array(array);
        Path target = Objects.requireNonNull(Destination.pathOf(out));
        long[] shape = chosen.shape().stream().mapToLong(Long::longValue).toArray();
        report.text("Joined " + chosen.name() + " of " + folder);
        report.line(
                "result",
                Words.shape(shape) + " of " + Words.count(chosen.parts().size(), "file"));
        try (ProgressDisplay progress = ProgressDisplay.of(shape[0], 0, "row")) {
            arrays.merge(chosen, target, progress);
        }
        report.field("array", chosen.name()).field("shape", List.copyOf(chosen.shape()));
        report.written(target);
    }
}
