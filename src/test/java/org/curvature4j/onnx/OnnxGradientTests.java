package org.curvature4j.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs model files of other people, each in a folder as the node tests of the ONNX project are: their values against
 * those in the folder, then the gradient of a random sum of an output by the first floating input, against a difference. Not a
 * unit test: {@code java ... OnnxGradientTests FOLDER [part of a name]}.
 */
final class OnnxGradientTests {
    private static final OnnxTensors TENSORS = new OnnxTensors(new OnnxData(null));
    private static final long SECONDS = 180;

    private OnnxGradientTests() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        List<Path> cases;
        try (Stream<Path> folders = Files.list(Path.of(arguments[0]))) {
            cases = folders.filter(folder -> Files.exists(folder.resolve("test_data_set_0")))
                    .filter(folder -> arguments.length < 2 || folder.toString().contains(arguments[1]))
                    .sorted()
                    .toList();
        }
        for (Path folder : cases) {
            long start = System.nanoTime();
            String verdict = limited(folder);
            counts.merge(verdict.split(" ")[0], 1, Integer::sum);
            System.out.println(
                    verdict + "\t" + folder.getFileName() + "\t" + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
        System.out.println(counts);
        System.exit(0);
    }

    private static String limited(Path folder) throws InterruptedException {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<String> result = worker.submit(() -> verdict(folder));
            return result.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return "crash " + e.getCause();
        } catch (TimeoutException e) {
            return "slow";
        } finally {
            worker.shutdownNow();
        }
    }

    private static String verdict(Path folder) throws IOException {
        String values = OnnxNodeTests.verdict(folder);
        if (!values.equals("right")) {
            return values;
        }
        try {
            return gradient(folder);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return "underivable "
                    + String.valueOf(e.getMessage()).replace('\n', ' ').replace('\t', ' ');
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return "crash in the gradient: " + e + " " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
        }
    }

    private static String gradient(Path folder) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")));
        Path data = folder.resolve("test_data_set_0");
        SameDiff graph = new OnnxGraph(model, new OnnxData(folder), Quantized.REFUSED).read();
        String output = floating(model.getGraph(), data);
        String point = null;
        INDArray at = null;
        for (int i = 0; i < model.getGraph().getInputCount(); i++) {
            String name = model.getGraph().getInput(i).getName().replace(':', '_');
            INDArray value = array(data.resolve("input_" + i + ".pb"));
            if (value == null || !graph.hasVariable(name)) {
                continue;
            }
            if (point == null && value.dataType().isFPType() && !value.isEmpty()) {
                point = name;
                at = value.castTo(DataType.DOUBLE);
            } else {
                OnnxRunner.fix(graph, name, value);
            }
        }
        if (point == null || at == null || output == null) {
            return "right (nothing floating)";
        }
        FunctionBuilder builder = TensorFunction.builder(graph).output(output).withRespectTo(point);
        TensorFunction function = builder.shape(point, at.shape()).build();
        if (function.outputSize() == 0) {
            return "right (empty)";
        }
        return compared(function, at.dup('c').reshape(at.length()));
    }

    /** The derivative of a random sum of the results along a random direction. */
    private static String compared(TensorFunction function, INDArray at) {
        Random random = new Random(5);
        INDArray weights = signs(function.outputSize(), random);
        INDArray direction = signs(at.length(), random);
        INDArray gradient = function.vjp().call(at, weights).reshape(at.length());
        double step = 1e-6;
        INDArray pair = Nd4j.vstack(
                at.add(direction.mul(step)).reshape(1, at.length()),
                at.sub(direction.mul(step)).reshape(1, at.length()));
        INDArray values = function.values(pair).reshape(2, function.outputSize());
        double[] changes =
                OnnxRunner.numbers(values.getRow(0).sub(values.getRow(1)).mul(weights));
        double difference = Arrays.stream(changes).sum() / (2 * step);
        double slope = gradient.mul(direction).sumNumber().doubleValue();
        double scale = gradient.norm1Number().doubleValue();
        double rounding = 1e-9 * values.norm1Number().doubleValue();
        if (Double.isNaN(slope) && Double.isNaN(difference)) {
            return "right (not a number)";
        }
        if (!(Math.abs(slope - difference) <= 1e-4 * scale + rounding)) {
            return "kinked or wrong: slope " + slope + ", difference " + difference;
        }
        return scale == 0 ? "right (gradient 0)" : "right";
    }

    private static INDArray signs(long count, Random random) {
        return Nd4j.createFromArray(
                random.doubles(count).map(x -> x < 0.5 ? -1 : 1).toArray());
    }

    private static @Nullable String floating(GraphProto graph, Path data) throws IOException {
        for (int i = 0; i < graph.getOutputCount(); i++) {
            INDArray value = array(data.resolve("output_" + i + ".pb"));
            if (value != null && value.dataType().isFPType()) {
                return graph.getOutput(i).getName().replace(':', '_');
            }
        }
        return null;
    }

    private static @Nullable INDArray array(Path file) throws IOException {
        return Files.exists(file) ? TENSORS.array(TensorProto.parseFrom(Files.readAllBytes(file))) : null;
    }
}
