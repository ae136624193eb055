package org.curvature4j.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs the node tests of the ONNX project, which its Python package generates, and prints a line for each: right, wrong,
 * or refused with the reason. Not a unit test: {@code java ... OnnxNodeTests FOLDER [part of a name]}.
 */
final class OnnxNodeTests {
    private static final OnnxTensors TENSORS = new OnnxTensors(new OnnxData(null));

    private OnnxNodeTests() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        List<Path> cases;
        try (Stream<Path> folders = Files.list(Path.of(arguments[0]))) {
            cases = folders.sorted().toList();
        }
        for (Path folder : cases) {
            String name = folder.getFileName().toString();
            if (arguments.length > 1 && !name.contains(arguments[1])) {
                continue;
            }
            String verdict = verdict(folder);
            counts.merge(verdict.substring(0, 5), 1, Integer::sum);
            System.out.println(verdict + "\t" + name);
        }
        System.out.println(counts);
    }

    static String verdict(Path folder) throws IOException {
        try {
            ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")));
            int set = 0;
            for (; Files.exists(folder.resolve("test_data_set_" + set)); set++) {
                String wrong = wrong(model, folder.resolve("test_data_set_" + set));
                if (wrong != null) {
                    return wrong;
                }
            }
            return set == 0 ? "empty" : "right";
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return "refused "
                    + String.valueOf(e.getMessage()).replace('\n', ' ').replace('\t', ' ');
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return "crash " + e + " " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
        }
    }

    /** Float inputs vary; where an operator wants some of them known, all but the first are constants. */
    private static @Nullable String wrong(ModelProto model, Path data) throws IOException {
        try {
            return wrong(model, data, Integer.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).contains("known when the model is loaded")) {
                throw e;
            }
        }
        try {
            return wrong(model, data, 1);
        } catch (IllegalArgumentException e) {
            return wrong(model, data, 0);
        }
    }

    private static @Nullable String wrong(ModelProto model, Path data, int most) throws IOException {
        GraphProto proto = model.getGraph();
        SameDiff graph = new OnnxGraph(model, new OnnxData(data.getParent()), Quantized.REFUSED).read();
        Map<String, INDArray> varying = new LinkedHashMap<>();
        boolean isFloat = false;
        for (int i = 0; i < proto.getInputCount(); i++) {
            ValueInfoProto info = proto.getInput(i);
            Path file = data.resolve("input_" + i + ".pb");
            String name = info.getName().replace(':', '_');
            if (!graph.hasVariable(name) || !Files.exists(file)) {
                continue;
            }
            TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(file));
            INDArray array = TENSORS.array(tensor);
            // Integers and booleans are fed as constants, as a file states them.
            if (array.dataType().isFPType() && varying.size() < most) {
                varying.put(name, array);
                isFloat = true;
            } else {
                OnnxRunner.fix(graph, name, array);
            }
        }
        List<Path> files = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < proto.getOutputCount(); i++) {
            Path file = data.resolve("output_" + i + ".pb");
            if (Files.exists(file)) {
                files.add(file);
                outputs.add(proto.getOutput(i).getName().replace(':', '_'));
            }
        }
        List<INDArray> results = OnnxRunner.run(graph, outputs, varying);
        for (int i = 0; i < outputs.size(); i++) {
            TensorProto expected = TensorProto.parseFrom(Files.readAllBytes(files.get(i)));
            INDArray right = TENSORS.array(expected);
            long[] shape = expected.getDimsList().stream().mapToLong(d -> d).toArray();
            INDArray got = results.get(i);
            long[] found = got.shape();
            if (!java.util.Arrays.equals(shape, found)) {
                return "wrong shape of " + outputs.get(i) + ": expected " + java.util.Arrays.toString(shape) + ", got "
                        + java.util.Arrays.toString(found);
            }
            int type = expected.getDataType();
            // Numbers of 16 bits stand for their neighbourhood.
            double tolerance = type == 10 ? 2e-3 : type == 16 ? 1e-2 : 1e-3;
            double[] a = OnnxRunner.numbers(right);
            double[] b = OnnxRunner.numbers(got);
            for (int k = 0; k < a.length; k++) {
                double error = Math.abs(a[k] - b[k]);
                if (!(error <= tolerance * Math.abs(a[k]) + 1e-3 * tolerance) && Double.compare(a[k], b[k]) != 0) {
                    return "wrong " + outputs.get(i) + "[" + k + "]: expected " + a[k] + ", got " + b[k]
                            + (isFloat ? "" : " (integers)");
                }
            }
        }
        return null;
    }
}
