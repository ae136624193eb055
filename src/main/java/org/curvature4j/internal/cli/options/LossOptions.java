package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.onnx.Quantized;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** LOSS: which model, which loss, in which parameters. */
public final class LossOptions {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = {
                "A file with the model.",
                "Of SameDiff (.fb), as curvature train writes it,",
                "of ONNX (.onnx), or of Deeplearning4j (.zip)."
            })
    private @Nullable String model;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = {
                "The loss; the model's own unless given.",
                "A variable; or cross-entropy, binary-cross-entropy",
                "or squared-error, of a model without a loss."
            })
    private @Nullable String loss;

    @Option(
            names = "--quantized",
            paramLabel = "WORD",
            defaultValue = "refused",
            description = {
                "What becomes of numbers that an ONNX model rounds.",
                "refused; or straight-through: their derivative is",
                "that without rounding."
            })
    private Quantized quantized = Quantized.REFUSED;

    @Option(
            names = "--predictions",
            paramLabel = "NAME",
            description = {
                "The variable that the loss is of.",
                "Logits, for cross entropy. Found in the graph",
                "unless given."
            })
    private @Nullable String predictions;

    @Option(
            names = "--reduction",
            paramLabel = "mean|sum",
            description = {"How the loss puts examples together.", "Found out from a few of them unless given."})
    private @Nullable Reduction reduction;

    @Option(
            names = "--wrt",
            split = ",",
            paramLabel = "NAME",
            description = "Parameters, in this order; all unless given.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--feed",
            paramLabel = "NAME=FILE",
            description = {
                "Values of a placeholder, .npy or .csv.",
                "Beside --data one without examples, else all data."
            })
    private Map<String, Path> feeds = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = {"Of random vectors; 0 unless given.", "And of the parameters of named models."})
    private long seed;

    /** @throws UsageException if the options can't be meant */
    public void check() {
        if (model == null) {
            throw new UsageException("--model: expected a file, got none (curvature train --out net.fb makes one)");
        }
        ModelName.check("--model", model);
    }

    /** As stated; null where it is to be found out. */
    @Nullable
    public Reduction reduction() {
        return reduction;
    }

    public Quantized quantized() {
        return quantized;
    }

    public String model() {
        return String.valueOf(model);
    }

    @Nullable
    public String loss() {
        return loss;
    }

    @Nullable
    public String predictions() {
        return predictions;
    }

    public List<String> parameters() {
        return parameters;
    }

    public Map<String, Path> feeds() {
        return feeds;
    }

    public long seed() {
        return seed;
    }
}
