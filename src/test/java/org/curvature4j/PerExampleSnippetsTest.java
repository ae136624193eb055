package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code that docs/per-example.md shows, run. */
class PerExampleSnippetsTest {
    private final SameDiff sd = net();
    private final INDArray points = RandomPoints.of(3, 9, 4).readRows(0, 9);
    private final INDArray labels = Nd4j.createFromArray(0, 1, 2, 2, 1, 0, 0, 1, 2);

    private static SameDiff net() {
        // snippet: net
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 4);
        SDVariable label = sd.placeHolder("label", DataType.INT32, -1); // a class for each example
        SDVariable w = sd.var("W", RandomPoints.of(1, 4, 6).readRows(0, 4)); // [4, 6]
        SDVariable v = sd.var("V", RandomPoints.of(2, 6, 3).readRows(0, 6)); // [6, 3]
        SDVariable hidden = sd.math().tanh("hidden", x.mmul(w));
        sd.loss().sparseSoftmaxCrossEntropy(hidden.mmul("logits", v), label).mean("loss");
        // end
        return sd;
    }

    /** The loss of some examples, as functions of fed data give it. */
    private TensorFunction fed(String by, INDArray x, INDArray classes) {
        FunctionBuilder builder = TensorFunction.builder(sd).output("loss").feed("label", classes);
        return by.equals("x")
                ? builder.withRespectTo("x").shape("x", 1, 4).build()
                : builder.withRespectToParameters().feed("x", x).build();
    }

    private static double[] numbers(INDArray array) {
        return HostArray.numbers("numbers", array);
    }

    @Test
    void label() {
        // snippet: label
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("x")
                .perPoint("label")
                .build();
        try (Hessian hessian = Hessian.of(loss)) {
            INDArray hessians = hessian.batch(points, labels); // [B, 4] and [B] to [B, 4, 4]
            INDArray one = hessian.at(points.getRow(0), labels.getScalar(0));
            // end
            assertThat(one).isEqualTo(hessians.slice(0));
            INDArray third = fed("x", points, Nd4j.createFromArray(2)).hessian().call(points.getRow(3));
            assertThat(numbers(hessians.slice(3))).containsExactly(numbers(third), within(1e-14));
        }
    }

    private TensorFunction loss() {
        return TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .perPoint("x", "label")
                .build();
    }

    @Test
    void gradients() {
        // snippet: gradients
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .perPoint("x", "label")
                .build();
        try (PreparedFunction gradient = loss.gradient().prepare();
                INDArray parameters = loss.point()) { // P = 42 numbers: W and V as they are
            INDArray gradients = gradient.perExample(parameters, points, labels); // [N, P]
            INDArray mean = gradients.mean(0); // the gradient of the mean loss
            INDArray noise = gradients.std(0); // how much examples disagree
            // end
            assertThat(gradients.shape()).containsExactly(9, 42);
            assertThat(noise.length()).isEqualTo(42);
            assertThat(numbers(mean))
                    .containsExactly(
                            numbers(fed("parameters", points, labels).gradient().call(parameters)), within(1e-14));
        }
    }

    @Test
    void stream() {
        TensorFunction loss = loss();
        RowSource examples = ArrayRows.source(numbers(points), 4);
        RowSource classes = ArrayRows.source(numbers(labels), 1);
        // snippet: stream
        double[] norms = new double[Math.toIntExact(examples.rows())];
        try (PreparedFunction gradient = loss.gradient().prepare();
                INDArray parameters = loss.point()) {
            int p = Math.toIntExact(loss.inputSize());
            RowSink sink = (first, count, rows) -> { // from several threads, each range once
                for (int i = 0; i < count * p; i++) {
                    norms[(int) first + i / p] += rows[i] * rows[i];
                }
            };
            gradient.perExample(parameters, sink, Progress.NONE, examples, classes);
        }
        // end
        try (PreparedFunction gradient = loss.gradient().prepare();
                INDArray parameters = loss.point()) {
            INDArray gradients = gradient.perExample(parameters, points, labels);
            assertThat(norms).containsExactly(numbers(gradients.mul(gradients).sum(1)), within(1e-12));
        }
    }

    @Test
    void hessians() {
        TensorFunction loss = loss();
        // snippet: hessians
        try (Hessian hessian = Hessian.of(loss);
                INDArray parameters = loss.point()) {
            INDArray hessians = hessian.perExample(parameters, points, labels); // [N, P, P], each symmetric
            INDArray mean = hessians.mean(0); // the Hessian of the mean loss
            SpectrumBatch spectra = Spectrum.batch(hessians); // one spectrum an example
            // end
            assertThat(spectra.values().shape()).containsExactly(9, 42);
            assertThat(numbers(mean))
                    .containsExactly(
                            numbers(fed("parameters", points, labels).hessian().call(parameters)), within(1e-14));
        }
    }

    @Test
    void ensemble() {
        TensorFunction loss = loss();
        INDArray five =
                points.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 5)).dup();
        INDArray fiveLabels = Nd4j.createFromArray(0, 1, 2, 2, 1);
        // snippet: ensemble
        INDArray members = RandomPoints.of(7, 5, loss.inputSize()).readRows(0, 5); // [5, P]
        try (PreparedFunction gradient = loss.gradient().prepare()) {
            INDArray gradients = gradient.batch(members, five, fiveLabels); // row i: member i at example i
            // end
            INDArray fourth = fed("parameters", five.getRow(4).reshape(1, 4), Nd4j.createFromArray(1))
                    .gradient()
                    .call(members.getRow(4));
            assertThat(numbers(gradients.getRow(4))).containsExactly(numbers(fourth), within(1e-14));
        }
    }

    @Test
    void activations() {
        INDArray activations = Nd4j.math().tanh(points.mmul(sd.getVariable("W").getArr()));
        // snippet: activations
        TensorFunction head = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("hidden")
                .perPoint("label")
                .build();
        INDArray curvature = head.hessian().values(activations, labels); // [B, 6] to [B, 6, 6]
        // end
        assertThat(curvature.shape()).containsExactly(9, 6, 6);
    }

    @Test
    void physics() {
        SameDiff net = SameDiff.create();
        SDVariable x = net.placeHolder("x", DataType.DOUBLE, 16, 1);
        net.math().sin(x.mul(net.var("w", Nd4j.scalar(1.0)))).rename("u");
        SameDiff one = SameDiff.create();
        one.math()
                .sin(one.placeHolder("x", DataType.DOUBLE, -1, 1).mul(one.var("w", Nd4j.scalar(1.0))))
                .rename("u");
        TensorFunction u = TensorFunction.builder(one)
                .output("u")
                .withRespectTo("x")
                .weightsAsInputs()
                .build();
        // snippet: physics
        SDVariable second = u.hessian().vmap(16, 0).addTo(net, "u_xx", net.getVariable("x")); // [16, 1, 1]
        SDVariable residual = second.reshape(16, 1).add(net.getVariable("u"));
        net.math().square(residual).mean("equation"); // a loss for SameDiff.fit
        // end
        INDArray places = RandomPoints.of(1, 16, 1).readRows(0, 16);
        assertThat(net.output(Map.of("x", places), "equation").get("equation").getDouble(0))
                .isCloseTo(0, within(1e-14));
    }
}
