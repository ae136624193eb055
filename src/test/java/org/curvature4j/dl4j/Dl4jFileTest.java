package org.curvature4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.curvature4j.dl4j.NetworkCase.EXAMPLES;
import static org.curvature4j.dl4j.NetworkCase.numbers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.curvature4j.cli.Main;
import org.curvature4j.io.DataFileException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Saved networks: read as they are, and refused in words where they are damaged or mean harm. */
class Dl4jFileTest {
    /** Set by {@link Harmful} if its code is run. */
    private static boolean harmed;

    @TempDir
    private Path folder;

    /** What a file must not make anybody load. */
    static final class Harmful {
        static {
            harmed = true;
        }
    }

    private static Model net() {
        return NetworkCase.network(
                InputType.feedForward(4),
                new DenseLayer.Builder().nOut(3).activation(Activation.TANH).build(),
                new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build());
    }

    private Path saved(Model net) {
        try {
            Path file = folder.resolve("net.zip");
            ModelSerializer.writeModel(net, file.toFile(), true);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile archive = new ZipFile(file.toFile())) {
            for (ZipEntry entry : archive.stream().toArray(ZipEntry[]::new)) {
                try (InputStream in = archive.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }

    private Path archive(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return Files.write(folder.resolve("made.zip"), bytes.toByteArray());
    }

    private static void assertRefused(Path file, String words) {
        assertThatThrownBy(() -> Dl4jFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining(words);
    }

    private static void assertSame(SameDiff graph, Model net) {
        INDArray[] inputs = {numbers(1, EXAMPLES, 4)};
        INDArray found = NetworkChecks.run(
                        graph, graph.outputs(), NetworkChecks.feeds(graph, inputs, new INDArray[0]), List.of())
                .get(0);
        NetworkChecks.assertClose("loaded", found, NetworkChecks.outputs(net, inputs)[0], 1e-12);
    }

    @Test
    void loadsWhatDeeplearning4jSaved() {
        Model net = net();
        Path file = saved(net);
        assertThat(Dl4jFile.isNetwork(file)).isTrue();
        assertSame(Dl4jFile.load(file), net);
        ComputationGraph graph = ((MultiLayerNetwork) net).toComputationGraph();
        assertSame(Dl4jFile.load(saved(graph)), net);
    }

    @Test
    void loadsSinglePrecision() {
        MultiLayerNetwork net = ((MultiLayerNetwork) net()).convertDataType(DataType.FLOAT);
        SameDiff graph = Dl4jFile.load(saved(net));
        assertThat(graph.getVariable("0_W").dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(graph.getVariable("0_W").getArr().getDouble(0, 0))
                .isEqualTo(net.getParam("0_W").getDouble(0, 0));
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertRefused(folder.resolve("none.zip"), "no such file");
        assertRefused(folder, "a folder");
        Path text = Files.writeString(folder.resolve("text.zip"), "not a zip");
        assertRefused(text, "expected a network saved by Deeplearning4j, got a text file");
        Path other = archive(Map.of("data.pkl", new byte[1]));
        assertThat(Dl4jFile.isNetwork(other)).isFalse();
        assertThat(Dl4jFile.isNetwork(text)).isFalse();
        assertThat(Dl4jFile.isNetwork(folder)).isFalse();
        assertRefused(other, "with configuration.json and coefficients.bin");
    }

    @Test
    void refusesDamage() throws IOException {
        Map<String, byte[]> entries = entries(saved(net()));
        byte[] parameters = entries.get("coefficients.bin");
        entries.put("coefficients.bin", Arrays.copyOf(parameters, parameters.length - 4));
        assertRefused(archive(entries), "got fewer");
        entries.put("coefficients.bin", new byte[0]);
        assertRefused(archive(entries), "got fewer");
        entries.put("coefficients.bin", new byte[200]);
        assertRefused(archive(entries), "coefficients.bin: expected");
        entries.put("coefficients.bin", parameters);
        for (String text :
                List.of("", "{", "[]", "{}", "{\"confs\":[]}", "{\"vertices\":{}}", "null", "[".repeat(5000))) {
            entries.put("configuration.json", text.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Dl4jFile.load(archive(entries)))
                    .as(text)
                    .isInstanceOf(DataFileException.class)
                    .extracting(Throwable::getMessage, STRING)
                    .doesNotContain("Exception", "Cannot invoke", "https:", "\n");
        }
        byte[] whole = Files.readAllBytes(saved(net()));
        for (int length = 4; length < whole.length; length += 97) {
            Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Dl4jFile.load(cut))
                    .isInstanceOf(DataFileException.class)
                    .extracting(Throwable::getMessage, STRING)
                    .doesNotContain("reads it");
        }
    }

    @Test
    void refusesSizesThatLie() throws IOException {
        Map<String, byte[]> entries = entries(saved(net()));
        String configuration = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
        for (String size : List.of("2000000000", "4", "-3", "9223372036854775807")) {
            String changed = configuration.replace("\"nout\" : 3", "\"nout\" : " + size);
            assertThat(changed).isNotEqualTo(configuration);
            entries.put("configuration.json", changed.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Dl4jFile.load(archive(entries))).isInstanceOf(DataFileException.class);
        }
    }

    @Test
    void runsNoCodeThatAFileNames() throws IOException {
        Map<String, byte[]> entries = entries(saved(net()));
        String configuration = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
        String changed =
                configuration.replace("org.nd4j.linalg.activations.impl.ActivationTanH", Harmful.class.getName());
        assertThat(changed).isNotEqualTo(configuration);
        entries.put("configuration.json", changed.getBytes(StandardCharsets.UTF_8));
        assertRefused(archive(entries), "expected classes of Deeplearning4j's own, got '" + Harmful.class.getName());
        assertThat(harmed).isFalse();
    }

    /** Nobody reads it: Deeplearning4j would make objects of whatever it holds. */
    @Test
    void readsNoSerializedObjects() throws IOException {
        Model net = net();
        Map<String, byte[]> entries = entries(saved(net));
        entries.put("preprocessor.bin", new byte[] {1, 2, 3});
        entries.put("updaterState.bin", new byte[] {1, 2, 3});
        assertSame(Dl4jFile.load(archive(entries)), net);
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(arguments, new PrintWriter(out), new PrintWriter(err));
        return code + " " + out + err;
    }

    @Test
    void theCommandLineTakesThem() {
        String file = saved(net()).toString();
        assertThat(run("inspect", "--model", file)).startsWith("0 ").contains("0_W", "DenseLayer", "labels");
        assertThat(run(
                        "jacobian",
                        "--model",
                        file,
                        "--random",
                        "2",
                        "--out",
                        folder.resolve("J.npy").toString()))
                .startsWith("0 ");
        assertThat(folder.resolve("J.npy")).exists();
    }
}
