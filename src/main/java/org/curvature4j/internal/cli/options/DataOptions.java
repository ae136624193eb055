package org.curvature4j.internal.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.curvature4j.data.Dataset;
import org.curvature4j.data.Minibatches;
import org.curvature4j.internal.cli.subject.DataFit;
import org.curvature4j.internal.cli.subject.DataPlaces;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Option;

/** DATA for a graph: which examples, in minibatches of which size, to which placeholders. */
public final class DataOptions extends DatasetOptions {
    @Option(
            names = "--batch",
            paramLabel = "N",
            description = {
                "Examples at a time, which bounds the memory and",
                "changes no result; 0 (unless given): all."
            })
    private int batch;

    @Option(
            names = "--features",
            paramLabel = "NAME",
            description = {"The placeholder for the features, where it isn't", "clear."})
    private @Nullable String features;

    @Option(
            names = "--targets-to",
            paramLabel = "NAME",
            description = {"The placeholder for the targets, where it isn't", "clear."})
    private @Nullable String targetsTo;

    @Override
    public void check() {
        super.check();
        if (batch < 0) {
            throw new UsageException("--batch: expected 0 (all) or more, got " + batch);
        }
        if (!given() && (features != null || targetsTo != null)) {
            throw new UsageException("--features, --targets-to: expected --data, which they are about, got none");
        }
        if (features != null && features.equals(targetsTo)) {
            throw new UsageException(
                    "--features, --targets-to: expected two placeholders, got '" + features + "' twice");
        }
    }

    /**
     * Reads the data and gives them to the placeholders that an output needs; starts ND4J.
     *
     * @param output what is computed of the data, such as a loss
     * @param fed placeholders that {@code --feed} gives values to
     * @throws UsageException if it isn't clear which placeholder takes what
     * @throws IllegalArgumentException if the data don't fit
     */
    public Minibatches minibatches(SameDiff graph, String output, Set<String> fed) {
        return Minibatches.of(arrays(graph, output, fed), batch);
    }

    /** All rows by the names of the placeholders; see {@link #minibatches}. */
    Map<String, INDArray> arrays(SameDiff graph, String output, Set<String> fed) {
        Dataset data = load();
        DataPlaces places = DataPlaces.of(graph, output, data, fed, features, targetsTo);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put(places.features(), DataFit.featuresFor(graph.getVariable(places.features()), data));
        String targets = places.targets();
        if (targets != null) {
            if (!data.hasTargets()) {
                throw new UsageException("--targets: expected targets for '" + targets + "', which '" + output
                        + "' needs, got features only (--targets FILE, or --label COLUMN)");
            }
            arrays.put(targets, DataFit.targetsFor(graph.getVariable(targets), data));
        }
        return arrays;
    }

    @Override
    void identify(Map<String, String> run) {
        super.identify(run);
        run.put("placeholders", (features == null ? "" : features) + " " + (targetsTo == null ? "" : targetsTo));
    }
}
