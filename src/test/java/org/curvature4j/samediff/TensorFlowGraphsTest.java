package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.SameDiffFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Graphs that ND4J's importer made of TensorFlow's, against what TensorFlow computes of them. */
class TensorFlowGraphsTest {
    private static final double TOLERANCE = 1e-12;

    /** What resources/tensorflow/generate.py wrote of a graph: a point, results, and the gradient of the sum of their squares. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Reference(String output, double[] x, long[] shape, double[] y, double[] gradient) {}

    @ParameterizedTest
    @ValueSource(strings = {"conv_same", "conv_valid_pool", "gelu_erf"})
    void computesWhatTensorFlowDoes(String name) throws IOException {
        Reference wanted = reference(name);
        SameDiff graph = SameDiffFile.load(file(name));
        TensorFunction function = TensorFunction.builder(graph)
                .output(wanted.output())
                .withRespectTo("x")
                .shape("x", wanted.shape())
                .build();
        INDArray x = Nd4j.createFromArray(wanted.x());
        INDArray y = Nd4j.createFromArray(wanted.y());

        assertThat(function.call(x).data().asDouble()).containsExactly(wanted.y(), within(TOLERANCE));
        INDArray twice = y.mul(2).reshape(function.outputShape().toArray());
        assertThat(function.vjp().call(x, twice).data().asDouble())
                .containsExactly(wanted.gradient(), within(TOLERANCE));
    }

    /** The importer forgets the number of a constant that is 0. */
    @Test
    void refusesAConstantWithoutItsNumber() {
        assertThatThrownBy(() -> SameDiffFile.load(file("gather_where")))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("variable 'Greater/y'");
    }

    private static Path file(String name) {
        return Path.of("src/test/resources/tensorflow", name + ".fb");
    }

    private static Reference reference(String name) throws IOException {
        try (InputStreamReader reader = new InputStreamReader(
                Objects.requireNonNull(TensorFlowGraphsTest.class.getResourceAsStream("/tensorflow/reference.json")),
                StandardCharsets.UTF_8)) {
            Map<?, ?> all = new Gson().fromJson(reader, Map.class);
            return new Gson().fromJson(new Gson().toJson(all.get(name)), Reference.class);
        }
    }
}
