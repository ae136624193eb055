package org.curvature4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Nets;
import org.curvature4j.io.Npy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The 2-2-1 net's Hessian at one point by a new process each time, which makes the graph, prepares the Hessian, and leaves the
 * result in a file.
 *
 * @param inputs of the workload
 * @param command of the process
 */
public record FirstResults(InputFiles inputs, List<String> command) implements Computation {
    /** What a process leaves, in the folder of the inputs. */
    private static final String OUTPUT = "first_own.npy";

    /** By a JVM as it comes, and the library's API. */
    static Computation plain(InputFiles inputs) {
        List<String> command = new ArrayList<>(Library.jvm());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FirstResults.class.getName()));
        command.add(inputs.folder().toString());
        return new FirstResults(inputs, command);
    }

    /** By the command line, whose script keeps an archive of classes; it is built here where it isn't yet. */
    static Computation script(InputFiles inputs) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Path.of("scripts", "curvature").toString(), "hessian", "--model", "two-two-one"));
        command.addAll(List.of("--points", inputs.file("theta").toString()));
        command.addAll(List.of("--out", inputs.folder().resolve(OUTPUT).toString()));
        FirstResults results = new FirstResults(inputs, command);
        results.start();
        return results;
    }

    /** The process: computes the inputs of a folder. */
    public static void main(String[] arguments) {
        InputFiles inputs = new InputFiles(Path.of(arguments[0]));
        ModelGraph net = Nets.twoTwoOne();
        try (Hessian hessian = Hessian.of(TensorFunction.of(net.sd(), net.output(), net.input()));
                INDArray point = inputs.array("theta")) {
            ResultRows.write(hessian.at(point), List.of(), inputs.folder().resolve(OUTPUT));
        }
    }

    @Override
    public List<INDArray> compute() {
        start();
        return List.of(Npy.read(inputs.folder().resolve(OUTPUT)));
    }

    private void start() {
        Path output = inputs.folder().resolve(OUTPUT);
        try {
            Files.deleteIfExists(output);
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0 || !Files.exists(output)) {
                throw new IllegalStateException("first result: its process ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("first result: interrupted", e);
        }
    }

    @Override
    public void close() {
        // Its processes have ended.
    }
}
