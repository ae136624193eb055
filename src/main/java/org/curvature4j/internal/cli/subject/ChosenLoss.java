package org.curvature4j.internal.cli.subject;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataLossBuilder;
import org.curvature4j.curvature.LossForm;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.internal.cli.options.DataOptions;
import org.curvature4j.internal.cli.options.LossOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss over data that a command is about.
 *
 * @param options what it was opened by
 * @param lossName the variable with the loss
 */
public record ChosenLoss(GraphSource source, LossOptions options, String lossName, DataLoss loss) {

    /**
     * Loads the model and its data.
     *
     * @throws UsageException if the options don't say which loss, or name what the model lacks
     * @throws IllegalArgumentException if the graph or the data don't allow it
     */
    public static ChosenLoss open(LossOptions options, DataOptions data) {
        GraphSource source = GraphSource.open(options.model(), options.seed(), options.quantized());
        SameDiff graph = source.graph();
        requirePredictions(graph, options.predictions());
        String lossName = loss(graph, options);
        DataLossBuilder builder = DataLoss.builder(graph, lossName)
                .parameters(options.parameters().toArray(String[]::new));
        Map<String, INDArray> feeds = Feeds.read(graph, options.feeds());
        if (data.given()) {
            builder.minibatches(DataPlaces.minibatches(data, graph, lossName, feeds.keySet()));
            feeds.forEach(builder::feed);
        } else {
            requireData(graph, lossName, feeds.keySet());
            builder.data(feeds);
        }
        boolean added = options.loss() != null && !lossName.equals(options.loss());
        Reduction reduction = options.reduction();
        if (reduction != null || added) {
            builder.reduction(reduction == null ? LossHead.REDUCTION : reduction);
        }
        return new ChosenLoss(source, options, lossName, builder.build());
    }

    private static void requireData(SameDiff graph, String lossName, Set<String> fed) {
        List<String> missing = Wiring.placeholders(graph, lossName).stream()
                .map(SDVariable::name)
                .filter(name -> !fed.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new UsageException("--data: expected values for " + missing + ", which '" + lossName
                    + "' needs, got none (--feed NAME=FILE gives them to one placeholder)");
        }
    }

    private static String loss(SameDiff graph, LossOptions options) {
        String named = options.loss();
        if (named != null && LossHead.keys().contains(named) && !graph.hasVariable(named)) {
            return LossHead.of(named).addTo(graph, output(graph, options));
        }
        if (named != null) {
            if (!graph.hasVariable(named)) {
                throw new UsageException("--loss: expected a variable of the graph, such as its outputs "
                        + Wiring.outputs(graph) + ", or " + LossHead.words() + ", got '" + named + "'");
            }
            return named;
        }
        List<String> own = candidates(graph);
        if (own.size() != 1) {
            throw new UsageException("--loss: expected "
                    + (own.isEmpty()
                            ? LossHead.words() + ", of the model's output against targets, since it has no loss"
                            : "one of " + own)
                    + ", got none");
        }
        return own.get(0);
    }

    /** Losses that the graph was trained by; else what loss operations compute and nothing takes. */
    static List<String> candidates(SameDiff graph) {
        List<String> trained = graph.getLossVariables();
        if (trained != null && !trained.isEmpty()) {
            return List.copyOf(trained);
        }
        return Wiring.outputs(graph).stream()
                .filter(name ->
                        name.equals(LossHead.LOSS) || LossForm.of(graph, name).hasLossOperation())
                .toList();
    }

    private static String output(SameDiff graph, LossOptions options) {
        String named = options.predictions();
        List<String> outputs = named == null ? Wiring.outputs(graph) : List.of(named);
        if (outputs.size() != 1) {
            throw new UsageException("--predictions: expected one of " + outputs + ", got none");
        }
        return outputs.get(0);
    }

    /** What is named must be there, whether or not anything asks for it. */
    private static void requirePredictions(SameDiff graph, @Nullable String named) {
        if (named != null && !graph.hasVariable(named)) {
            throw new UsageException("--predictions: expected a variable of the graph, such as its outputs "
                    + Wiring.outputs(graph) + ", got '" + named + "'");
        }
    }

    /** The variable with the model's outputs that the loss is of. */
    public String predictions() {
        String named = options.predictions();
        if (named != null) {
            return named;
        }
        List<String> found = loss.form().predictions();
        if (found.size() != 1) {
            throw new UsageException("--predictions: expected the variable with the model's outputs, among "
                    + (found.isEmpty() ? SameDiffImport.leadingTo(source.graph(), lossName) : found) + ", got none");
        }
        return found.get(0);
    }

    /** {@code 'loss' of net.fb}. */
    public String title() {
        return "'" + lossName + "' of " + source.name();
    }

    /** Adds the model, the loss and its parameters. */
    public void describe(Report report) {
        double value = loss.value();
        report.line("model", source.name() + (source.description().isEmpty() ? "" : ": " + source.description()));
        report.line(
                "loss",
                "'" + lossName + "' over " + Words.count(loss.examples(), "example") + ", " + Numbers.brief(value));
        report.line(
                "parameters",
                Numbers.grouped(loss.size()) + ": "
                        + loss.blocks().stream()
                                .map(block -> block.name() + " " + block.shape())
                                .collect(Collectors.joining(", ")));
        source.origin(report, options.seed());
        report.drawn(options.seed());
        report.field("model", source.name());
        report.field("loss", lossName);
        report.field("examples", loss.examples());
        report.field("value", value);
        report.field("parameters", loss.size());
        report.field("blocks", loss.blocks().stream().map(ChosenFunction::block).toList());
    }
}
