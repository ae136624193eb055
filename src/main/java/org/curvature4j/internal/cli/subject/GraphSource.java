package org.curvature4j.internal.cli.subject;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.dl4j.Dl4jFile;
import org.curvature4j.internal.cli.options.ModelName;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.io.SameDiffFile;
import org.curvature4j.onnx.OnnxFile;
import org.curvature4j.onnx.Quantized;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph that the command line named.
 *
 * @param name the file, or the name of one of the lesson's models
 * @param description what it computes; empty for a file
 */
public record GraphSource(String name, String description, SameDiff graph) {
    /** Starts ND4J and loads the file or makes the named model. */
    public static GraphSource open(String model, long seed, Quantized quantized) {
        Backend.get();
        if (ModelName.isFile(model)) {
            return new GraphSource(model, "", load(model, quantized));
        }
        ModelGraph named = Models.byName(model, seed);
        return new GraphSource(model, named.description(), named.sd());
    }

    /** Whether it came from a file, not from the lesson. */
    boolean isFile() {
        return ModelName.isFile(name);
    }

    /**
     * Gives placeholders their whole shapes, as if the graph stated them.
     *
     * @throws UsageException if the graph has no such placeholder
     * @throws IllegalArgumentException if a size isn't the one that the graph states
     */
    public void close(Map<String, long[]> shapes) {
        shapes.forEach((name, sizes) -> {
            if (!graph.inputs().contains(name)) {
                throw new UsageException(
                        "--shape: expected one of the placeholders " + graph.inputs() + ", got '" + name + "'");
            }
            SDVariable placeholder = graph.getVariable(name);
            long[] stated = placeholder.getShape();
            if (stated != null && !fits(stated, sizes)) {
                throw new IllegalArgumentException("--shape: expected sizes of '" + name + "' that fit "
                        + Words.shape(stated) + " (-1 is any size), got " + Words.shape(sizes));
            }
            placeholder.setShape(sizes);
        });
    }

    private static boolean fits(long[] stated, long... sizes) {
        return stated.length == sizes.length
                && IntStream.range(0, sizes.length).allMatch(axis -> stated[axis] < 0 || stated[axis] == sizes[axis]);
    }

    /** Tells a page which model this is, by its numbers too, and the seed of these if they are random. */
    public void origin(Report report, long seed) {
        if (!isFile() && Models.isRandom(name)) {
            report.drawn(seed);
        }
        report.origin("model", () -> name + " " + fingerprint(seed));
    }

    /** By what the model is known again: the content of its file and of those beside it that hold its numbers, or a named model's name, seed and numbers. */
    String fingerprint(long seed) {
        if (ModelName.isFile(name)) {
            List<Path> beside = OnnxFile.dataFiles(graph);
            String own = Fingerprint.of(Path.of(name));
            return beside.isEmpty()
                    ? own
                    : Fingerprint.of(
                            Stream.concat(Stream.of(own), beside.stream().map(Fingerprint::of))
                                    .map(GraphSource::text)
                                    .toList());
        }
        List<ByteBuffer> pieces = new ArrayList<>();
        pieces.add(text(name + " " + seed + " " + description));
        graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE
                        || variable.getVariableType() == VariableType.CONSTANT)
                .sorted(Comparator.comparing(SDVariable::name))
                .forEach(variable -> {
                    INDArray numbers = variable.getArr();
                    pieces.add(text(variable.name() + " " + Words.shape(numbers.shape()) + " " + numbers.dataType()));
                    pieces.add(text(Arrays.toString(numbers.dup('c').data().asDouble())));
                });
        return Fingerprint.of(pieces);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SameDiff load(String model, Quantized quantized) {
        Path file = Path.of(model);
        if (ModelName.isOnnx(model)) {
            return OnnxFile.load(file, quantized);
        }
        return Dl4jFile.isNetwork(file) ? Dl4jFile.load(file) : SameDiffFile.load(file);
    }
}
