package org.curvature4j.internal.cli.subject;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.curvature4j.TensorFunction;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A loss that is added to a model without one, such as an ONNX model: of its output against targets. */
enum LossHead {
    /** The mean over examples of the cross entropy of softmax(output) and target probabilities. */
    CROSS_ENTROPY,
    /** The mean over examples and outputs of the cross entropy of sigmoid(output) and target probabilities. */
    BINARY_CROSS_ENTROPY,
    /** The mean over examples and outputs of squared differences. */
    SQUARED_ERROR;

    /** The placeholder of the targets; with a number where the graph has the name already. */
    private static final String TARGETS = "targets";

    /** How all put examples together. */
    static final Reduction REDUCTION = Reduction.MEAN;

    /** What losses are called. */
    static final String LOSS = "loss";

    /** The name on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> keys() {
        return Stream.of(values()).map(LossHead::key).toList();
    }

    static String words() {
        return Words.either(keys());
    }

    static LossHead of(String key) {
        return Stream.of(values())
                .filter(head -> head.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Adds the loss to a graph that belongs to this run.
     *
     * @return the loss' name
     */
    String addTo(SameDiff graph, String output) {
        SDVariable predictions = graph.getVariable(output);
        long outputs = outputsOfOneExample(graph, output);
        if (this == CROSS_ENTROPY && outputs == 1) {
            throw new UsageException("--loss: expected other than " + key() + " for '" + output
                    + "', which has one output an example, got it (its softmax is always 1; "
                    + BINARY_CROSS_ENTROPY.key()
                    + " is for yes or no)");
        }
        SDVariable targets = graph.placeHolder(free(graph, TARGETS), predictions.dataType(), -1, outputs);
        String name = free(graph, LOSS);
        switch (this) {
            case CROSS_ENTROPY -> graph.loss().softmaxCrossEntropy(name, targets, predictions, null);
            case BINARY_CROSS_ENTROPY -> graph.loss().sigmoidCrossEntropy(name, targets, predictions, null);
            case SQUARED_ERROR -> graph.loss().meanSquaredError(name, targets, predictions, null);
        }
        return name;
    }

    /** By the placeholder that the output needs, whose first axis counts examples. */
    private static long outputsOfOneExample(SameDiff graph, String output) {
        List<SDVariable> inputs = Wiring.placeholders(graph, output).stream()
                .filter(Wiring::isFloating)
                .toList();
        if (inputs.size() != 1) {
            throw new UsageException("--loss: expected a model with one input to add a loss to, got one with "
                    + inputs.stream().map(SDVariable::name).toList());
        }
        SDVariable input = inputs.get(0);
        long size = TensorFunction.of(graph, output, input.name()).outputSize();
        long[] shape = input.getShape();
        return shape[0] < 0 ? size : size / shape[0];
    }

    private static String free(SameDiff graph, String name) {
        String free = name;
        for (int count = 2; graph.hasVariable(free); count++) {
            free = name + count;
        }
        return free;
    }
}
