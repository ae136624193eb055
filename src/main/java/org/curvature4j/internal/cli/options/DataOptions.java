package org.curvature4j.internal.cli.options;

import java.util.Map;
import org.curvature4j.internal.cli.report.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** DATA for a graph: which examples, in minibatches of which size, to which placeholders. */
public final class DataOptions extends DatasetOptions {
    @Option(
            names = "--batch",
            converter = Values.CountOrNone.class,
            paramLabel = "N",
            description = {"Examples at a time; 0, unless given: all.", "Bounds the memory, and changes no result."})
    private int batch;

    @Option(
            names = "--features",
            paramLabel = "NAME",
            description = {"The placeholder for the features.", "Needed where that isn't clear."})
    private @Nullable String features;

    @Option(
            names = "--targets-to",
            paramLabel = "NAME",
            description = {"The placeholder for the targets.", "Needed where that isn't clear."})
    private @Nullable String targetsTo;

    @Override
    public void check() {
        super.check();
        if (!given() && (features != null || targetsTo != null)) {
            throw new UsageException("--features, --targets-to: expected --data, which they are about, got none");
        }
        if (features != null && features.equals(targetsTo)) {
            throw new UsageException(
                    "--features, --targets-to: expected two placeholders, got '" + features + "' twice");
        }
    }

    public int batch() {
        return batch;
    }

    /** The placeholder that takes the features; null where it is to be found out. */
    @Nullable
    public String features() {
        return features;
    }

    /** The placeholder that takes the targets; null where it is to be found out. */
    @Nullable
    public String targetsTo() {
        return targetsTo;
    }

    @Override
    void identify(Map<String, String> run) {
        super.identify(run);
        run.put("placeholders", (features == null ? "" : features) + " " + (targetsTo == null ? "" : targetsTo));
    }
}
