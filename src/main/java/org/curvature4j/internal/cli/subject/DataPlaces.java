package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.curvature4j.data.Dataset;
import org.curvature4j.data.Minibatches;
import org.curvature4j.internal.cli.options.DataOptions;
import org.curvature4j.internal.cli.report.UsageException;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which placeholders take the data: what the user says; else what the graph's training configuration says; else the
 * features go where the model predicts from and their shape fits, and the targets to the placeholder that is left.
 *
 * @param features takes the features
 * @param targets takes the targets; null where the output needs none
 */
public record DataPlaces(String features, @Nullable String targets) {
    private static final String HINT = " (--features and --targets-to name them, --feed gives others their values)";

    /**
     * Finds them.
     *
     * @param output what is computed from the data, such as a loss
     * @param fed placeholders that get their values otherwise
     * @param features what the user names for the features; null for nothing
     * @param targets what the user names for the targets; null for nothing
     * @throws UsageException if there is no such placeholder, or the choice isn't clear
     */
    private static DataPlaces of(
            SameDiff graph,
            String output,
            Dataset data,
            Set<String> fed,
            @Nullable String features,
            @Nullable String targets) {
        List<SDVariable> open = new ArrayList<>(Wiring.placeholders(graph, output).stream()
                .filter(placeholder -> !fed.contains(placeholder.name()))
                .toList());
        List<String> names = open.stream().map(SDVariable::name).toList();
        checkNamed("--features", features, names, output);
        checkNamed("--targets-to", targets, names, output);
        @Nullable String first = features != null ? features : mapped(graph, names, true, targets);
        @Nullable String second = targets != null ? targets : mapped(graph, names, false, first);
        List<String> left = new ArrayList<>(names);
        left.remove(first);
        left.remove(second);
        if (first == null) {
            first = firstOf(graph, data, open, left);
            left.remove(first);
        }
        if (second == null && left.size() == 1) {
            second = left.remove(0);
        }
        if (!left.isEmpty()) {
            throw new UsageException("--feed: expected values for " + left + ", which '" + output
                    + "' needs beside features and targets, got none (--feed " + left.get(0) + "=FILE.npy)");
        }
        return new DataPlaces(first, second);
    }

    /**
     * Reads the data and gives them to the placeholders that an output needs; starts ND4J.
     *
     * @param output what is computed of the data, such as a loss
     * @param fed placeholders that {@code --feed} gives values to
     * @throws UsageException if it isn't clear which placeholder takes what
     * @throws IllegalArgumentException if the data don't fit
     */
    public static Minibatches minibatches(DataOptions options, SameDiff graph, String output, Set<String> fed) {
        return Minibatches.of(arrays(options, graph, output, fed), options.batch());
    }

    /** All rows by the names of the placeholders; see {@link #minibatches}. */
    static Map<String, INDArray> arrays(DataOptions options, SameDiff graph, String output, Set<String> fed) {
        Dataset data = options.load();
        DataPlaces places = of(graph, output, data, fed, options.features(), options.targetsTo());
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

    private static void checkNamed(String option, @Nullable String name, List<String> names, String output) {
        if (name != null && !names.contains(name)) {
            throw new UsageException(option + ": expected one of the placeholders " + names + " that '" + output
                    + "' needs, got '" + name + "'");
        }
    }

    /** The one name that the training configuration has, if the output needs it and it isn't taken. */
    private static @Nullable String mapped(
            SameDiff graph, List<String> names, boolean features, @Nullable String taken) {
        @Nullable TrainingConfig config = graph.getTrainingConfig();
        if (config == null) {
            return null;
        }
        @Nullable List<String> mapping = features ? config.getDataSetFeatureMapping() : config.getDataSetLabelMapping();
        boolean one = mapping != null && mapping.size() == 1;
        return one && names.contains(mapping.get(0)) && !mapping.get(0).equals(taken) ? mapping.get(0) : null;
    }

    /** The placeholder for the features, of those left: one that the model predicts from, and that they fit. */
    private static String firstOf(SameDiff graph, Dataset data, List<SDVariable> open, List<String> left) {
        List<SDVariable> candidates = open.stream()
                .filter(placeholder -> left.contains(placeholder.name()))
                .filter(Wiring::isFloating)
                .toList();
        Set<String> predictors = Wiring.predictors(graph);
        List<SDVariable> predicting = candidates.stream()
                .filter(placeholder -> predictors.contains(placeholder.name()))
                .toList();
        List<SDVariable> likely = predicting.isEmpty() ? candidates : predicting;
        List<String> fitting = likely.stream()
                .filter(placeholder -> DataFit.features(placeholder, data))
                .map(SDVariable::name)
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String found = Arrays.toString(data.features().shape());
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data: expected features that fit " + shapes(likely) + ", got shape " + found + HINT);
        }
        throw new UsageException("--features: expected one of " + fitting + ", which all fit features of shape " + found
                + ", got none" + HINT);
    }

    private static String shapes(List<SDVariable> placeholders) {
        return placeholders.isEmpty()
                ? "a placeholder of floating-point numbers, of which there is none"
                : placeholders.stream()
                        .map(one -> "'" + one.name() + "' " + Arrays.toString(one.placeholderShape()))
                        .collect(Collectors.joining(" or "));
    }
}
