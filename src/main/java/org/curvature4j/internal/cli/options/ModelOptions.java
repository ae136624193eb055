package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.onnx.Quantized;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** MODEL: which graph, which output, with respect to what, with which data. */
public class ModelOptions {
    /** What {@code --wrt} takes for all trainable variables. */
    public static final String PARAMETERS = "params";

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description = {
                "The function's graph: a file, or one by its name.",
                "Files: of SameDiff (.fb), of ONNX (.onnx), or",
                "of Deeplearning4j (.zip).",
                "Names: tanh, two-two-one, monkey-saddle,",
                "quadratic, chain-rule, rosenbrock, and mlp:4-8-1",
                "with any widths; curvature models lists them."
            })
    private @Nullable String model;

    @Option(names = "--input", paramLabel = "NAME", description = "The placeholder to differentiate by.")
    private @Nullable String input;

    @Option(names = "--output", paramLabel = "NAME", description = "The variable to differentiate.")
    private @Nullable String output;

    @Option(
            names = "--output-index",
            converter = Values.Index.class,
            paramLabel = "I",
            description = {"One component of a vector output.", "Counted from 0, row-major."})
    private @Nullable Long outputIndex;

    @Option(
            names = "--wrt",
            split = ",",
            paramLabel = "NAME",
            description = {"What to differentiate by, in this order.", PARAMETERS + ": all trainable variables."})
    private List<String> withRespectTo = new ArrayList<>();

    @Option(names = "--feed", paramLabel = "NAME=FILE", description = "Data of another placeholder, .npy or .csv.")
    private Map<String, Path> feeds = new LinkedHashMap<>();

    @Option(
            names = "--shape",
            paramLabel = "NAME=SIZES",
            description = "The whole shape of a placeholder, as in x=1,28,28.")
    private Map<String, String> shapes = new LinkedHashMap<>();

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
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = {
                "Of random points and parameters; 0 unless given.",
                "The parameters are those of quadratic and mlp."
            })
    private long seed;

    public final boolean given() {
        return model != null;
    }

    /** Whether any option is given that says something of a function. */
    public final boolean givenAny() {
        return Stream.of(model, input, output, outputIndex).anyMatch(Objects::nonNull)
                || !withRespectTo.isEmpty()
                || !feeds.isEmpty()
                || !shapes.isEmpty()
                || quantized != Quantized.REFUSED
                || seed != 0;
    }

    /** @throws UsageException if the options can't be meant */
    public void check() {
        if (model == null) {
            throw new UsageException("--model: expected a file or a name, got none");
        }
        if (input != null && !withRespectTo.isEmpty()) {
            throw new UsageException("--input, --wrt: expected one of them, got both");
        }
        Shapes.parse(shapes);
        ModelName.check("--model", model);
    }

    /** Sets the model where none was given. */
    public final void use(String name) {
        model = name;
    }

    public final String model() {
        return String.valueOf(model);
    }

    @Nullable
    public final String output() {
        return output;
    }

    @Nullable
    public final Long outputIndex() {
        return outputIndex;
    }

    /** The names after {@code --wrt} or {@code --input}; empty where neither is given. */
    public final List<String> withRespectTo() {
        return input == null ? withRespectTo : List.of(input);
    }

    public final Map<String, Path> feeds() {
        return feeds;
    }

    public final Map<String, long[]> shapes() {
        return Shapes.parse(shapes);
    }

    public final Quantized quantized() {
        return quantized;
    }

    public final long seed() {
        return seed;
    }
}
