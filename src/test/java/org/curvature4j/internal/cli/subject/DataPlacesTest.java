package org.curvature4j.internal.cli.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.data.Minibatches;
import org.curvature4j.internal.cli.SavedModels;
import org.curvature4j.internal.cli.options.DataOptions;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.io.Npy;
import org.curvature4j.training.Activation;
import org.curvature4j.training.Loss;
import org.curvature4j.training.Mlp;
import org.curvature4j.training.Training;
import org.curvature4j.training.TrainingOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;

/** Which placeholders get what of the data. */
class DataPlacesTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    private static DataOptions options(Object... words) {
        DataOptions options = new DataOptions();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        CommandLine.populateCommand(options, arguments);
        options.check();
        return options;
    }

    private static Map<String, INDArray> arrays(SameDiff graph, String output, Object... words) {
        return DataPlaces.arrays(options(words), graph, output, Set.of());
    }

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    /** Two placeholders of one shape, p and q [-1, 2]; the model predicts from p, and if wanted from q too. */
    private static SameDiff twins(boolean both) {
        SameDiff sd = SameDiff.create();
        SDVariable p = sd.placeHolder("p", DataType.DOUBLE, -1, 2);
        SDVariable q = sd.placeHolder("q", DataType.DOUBLE, -1, 2);
        SDVariable w = sd.var("w", Nd4j.eye(2).castTo(DataType.DOUBLE));
        SDVariable y = sd.math().tanh(p.mmul(w));
        y.sub(both ? q.mmul(w) : q).norm2("loss");
        return sd;
    }

    private Path pair() {
        Npy.write(folder.resolve("y.npy"), Nd4j.ones(DataType.DOUBLE, 3, 2));
        Path x = folder.resolve("x.npy");
        Npy.write(x, Nd4j.zeros(DataType.DOUBLE, 3, 2));
        return x;
    }

    @Test
    void theTrainingConfigurationSaysWhere() {
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 0, 64, 4, 10);
        new Training(net, TrainingOptions.USUAL);
        Minibatches batches =
                DataPlaces.minibatches(options("--data", "digits", "--rows", 10, "--batch", 4), net, "loss", Set.of());

        List<Long> sizes = new ArrayList<>();
        for (Map<String, INDArray> batch : batches) {
            assertThat(batch).containsOnlyKeys("input", "label");
            sizes.add(Minibatches.rows(batch));
        }
        assertThat(sizes).containsExactly(4L, 4L, 2L);
        assertThat(arrays(net, "logits", "--data", "digits")).containsOnlyKeys("input");
        assertThat(arrays(net, "loss", "--data", "digits").get("label").shape()).containsExactly(1797, 10);
    }

    @Test
    void theConfigurationGoesBeforeTheShapes() {
        SameDiff net = Mlp.of(Activation.TANH, Loss.SQUARED_ERROR, 0, 2, 2);
        new Training(net, TrainingOptions.USUAL);
        Map<String, INDArray> arrays = arrays(net, "loss", "--data", pair(), "--targets", folder.resolve("y.npy"));
        assertThat(arrays.get("input").sumNumber().doubleValue()).isZero();
        assertThat(arrays.get("label").sumNumber().doubleValue()).isEqualTo(6);
    }

    @Test
    void shapesSayWhereWithoutAConfiguration() throws IOException {
        Path file = table("1,2,3,7\n4,5,6,8\n");
        Map<String, INDArray> arrays = arrays(SavedModels.regression(), "loss", "--data", file);
        assertThat(arrays.get("x").toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(arrays.get("label").toDoubleMatrix()).isDeepEqualTo(new double[][] {{7}, {8}});
        assertThat(arrays(SavedModels.regression(), "y", "--data", file)).containsOnlyKeys("x");
    }

    @Test
    void theModelTellsFeaturesFromTargets() {
        Object[] words = {"--data", pair(), "--targets", folder.resolve("y.npy")};
        Map<String, INDArray> arrays = arrays(twins(false), "loss", words);
        assertThat(arrays.get("p").sumNumber().doubleValue()).isZero();
        assertThat(arrays.get("q").sumNumber().doubleValue()).isEqualTo(6);
        assertThatThrownBy(() -> arrays(twins(true), "loss", words))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--features: expected one of [p, q]")
                .hasMessageContaining("--targets-to");
    }

    @Test
    void theUserHasTheLastWord() {
        Path y = folder.resolve("y.npy");
        for (String[] option : new String[][] {{"--features", "q"}, {"--targets-to", "p"}}) {
            Map<String, INDArray> arrays =
                    arrays(twins(true), "loss", "--data", pair(), "--targets", y, option[0], option[1]);
            assertThat(arrays.get("q").sumNumber().doubleValue()).isZero();
            assertThat(arrays.get("p").sumNumber().doubleValue()).isEqualTo(6);
        }
        assertThatThrownBy(() -> arrays(twins(true), "loss", "--data", pair(), "--targets", y, "--features", "z"))
                .hasMessageContaining("--features: expected one of the placeholders [p, q] that 'loss' needs, got 'z'");
    }

    @Test
    void labelsBecomeWhatThePlaceholderTakes() throws IOException {
        SameDiff sd = SameDiff.create();
        SDVariable image = sd.placeHolder("image", DataType.FLOAT, -1, 1, 8, 8);
        SDVariable classes = sd.placeHolder("classes", DataType.INT32, -1);
        image.sum(1, 2, 3).mul(classes.castTo(DataType.FLOAT)).sum("f");
        Map<String, INDArray> arrays = arrays(sd, "f", "--data", "digits", "--rows", 5);
        assertThat(arrays.get("image").shape()).containsExactly(5, 1, 8, 8);
        assertThat(arrays.get("image").dataType()).isEqualTo(DataType.FLOAT);
        assertThat(arrays.get("classes")).isEqualTo(Nd4j.createFromArray(0, 1, 2, 3, 4));

        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 0, 2, 3);
        Map<String, INDArray> hot = arrays(net, "loss", "--data", table("1,2,2\n3,4,0\n"));
        assertThat(hot.get("label").toDoubleMatrix()).isDeepEqualTo(new double[][] {{0, 0, 1}, {1, 0, 0}});
        assertThatThrownBy(() -> arrays(net, "loss", "--data", table("1,2,2\n3,4,3\n")))
                .hasMessageContaining("targets: expected whole numbers from 0 to 2, got 3 in row 1");
    }

    @Test
    void fedPlaceholdersAreLeftAlone() {
        Map<String, INDArray> arrays = DataPlaces.arrays(options("--data", pair()), twins(false), "loss", Set.of("q"));
        assertThat(arrays).containsOnlyKeys("p");
    }

    @Test
    void refusesDataThatDoNotFit() throws IOException {
        Path narrow = table("1,2\n3,4\n");
        assertThatThrownBy(() -> arrays(SavedModels.regression(), "loss", "--data", narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--data: expected features that fit 'x' [-1, 3], got shape [2, 1]");
        SameDiff net = Mlp.of(Activation.TANH, Loss.SQUARED_ERROR, 0, 2, 2);
        new Training(net, TrainingOptions.USUAL);
        assertThatThrownBy(() -> arrays(net, "loss", "--data", narrow))
                .hasMessageContaining("--data: expected features for 'input' [-1, 2], got shape [2, 1]");
        assertThatThrownBy(() -> arrays(net, "loss", "--data", pair()))
                .hasMessageContaining("--targets: expected targets for 'label'");
        assertThatThrownBy(() -> options("--data", "digits", "--batch", -1)).hasMessageContaining("--batch");
        assertThatThrownBy(() -> options("--features", "x")).hasMessageContaining("expected --data");
    }
}
