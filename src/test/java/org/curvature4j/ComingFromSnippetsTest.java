package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.onnx.OnnxFile;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.curvature4j.training.Activation;
import org.curvature4j.training.Loss;
import org.curvature4j.training.Mlp;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code that docs/coming-from.md shows for users of torch.func and JAX, run. */
class ComingFromSnippetsTest {
    private final INDArray point = Nd4j.createFromArray(1.2, -0.8);
    private final INDArray points = RandomPoints.of(1, 5, 2).readRows(0, 5);
    private final INDArray v = Nd4j.createFromArray(1, 0.5);
    private final INDArray u = Nd4j.createFromArray(0.5, -0.5);
    private final INDArray vs = RandomPoints.of(2, 3, 2).readRows(0, 3);

    private final SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 3, 4, 2);
    private final INDArray xs = RandomPoints.of(3, 20, 3).readRows(0, 20);
    private final INDArray ys = Nd4j.eye(2).castTo(DataType.DOUBLE).repeat(0, 10);

    private record Functions(TensorFunction f, TensorFunction g) {}

    private final TensorFunction f = functions().f();
    private final TensorFunction g = functions().g();

    private static Functions functions() {
        // snippet: function
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable w = sd.var("w", Nd4j.createFromArray(new double[][] {{1, -0.7}, {0.4, 0.9}}));
        sd.math().tanh("y", x.mmul(w)).sum("total", false, 1);

        TensorFunction f = TensorFunction.of(sd, "y", "x");
        TensorFunction g = TensorFunction.of(sd, "total", "x");
        // end
        return new Functions(f, g);
    }

    private static double[] numbers(INDArray array) {
        return HostArray.numbers("numbers", array);
    }

    @Test
    void matricesAndTheirEigenvalues() {
        // snippet: matrices
        try (Jacobian jacobian = Jacobian.of(f); // forward or backward, whichever is less work
                Hessian hessian = Hessian.of(g)) {
            INDArray j = jacobian.at(point); // [2, 2]
            INDArray h = hessian.at(point); // [2, 2]
            INDArray js = jacobian.batch(points); // [B, 2, 2]
            INDArray hs = hessian.batch(points); // [B, 2, 2]
            // end
            assertThat(js.shape()).containsExactly(5, 2, 2);
            assertThat(numbers(j.sum(0))).containsExactly(numbers(g.gradient().call(point)), within(1e-14));
            // snippet: eigenvalues
            Spectrum spectrum = Spectrum.of(h); // values(), vectors(), and what they mean: report()
            SpectrumBatch spectra = Spectrum.batch(hs); // values() [B, 2], and counts() of minima, saddles ...
            // end
            assertThat(Arrays.stream(spectrum.eigenvalues()).sum())
                    .isCloseTo(h.getDouble(0, 0) + h.getDouble(1, 1), within(1e-14));
            assertThat(spectra.values().shape()).containsExactly(5, 2);
            assertThat(spectra.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(5);
        }
    }

    @Test
    @SuppressWarnings("UnusedVariable") // the page shows what there is
    void products() {
        // snippet: products
        INDArray forward = f.jvp().call(point, v); // J v
        INDArray backward = f.vjp().call(point, u); // u' J
        INDArray curved = g.hessianVectorProduct().call(point, v); // H v
        try (LinearOperator hessian = g.hessianOperator(point)) {
            double[] again = hessian.apply(new double[] {1, 0.5});
        }
        // end
        INDArray jacobian = f.jacobian().call(point);
        assertThat(numbers(forward)).containsExactly(numbers(jacobian.mmul(v)), within(1e-14));
        assertThat(numbers(backward))
                .containsExactly(numbers(jacobian.transpose().mmul(u)), within(1e-14));
        assertThat(numbers(curved))
                .containsExactly(numbers(g.hessian().call(point).mmul(v)), within(1e-14));
    }

    @Test
    void compositions() {
        // snippet: compositions
        INDArray third = g.hessian().jacobian().call(point); // [2, 2, 2]
        INDArray rows = g.hessianVectorProduct().vmap(3, -1, 0).call(point, vs); // one point, 3 vectors
        try (PreparedDerivatives both = g.prepare(Quantity.VALUE, Quantity.GRADIENT)) {
            Quantities<INDArray> here = both.batch(points); // here.value() [B], here.gradient() [B, 2]
            // end
            assertThat(here.value().shape()).containsExactly(5);
            assertThat(here.gradient().shape()).containsExactly(5, 2);
        }
        assertThat(third.shape()).containsExactly(2, 2, 2);
        assertThat(numbers(rows)).containsExactly(numbers(vs.mmul(g.hessian().call(point))), within(1e-14));
    }

    @Test
    void parameters() {
        // snippet: parameters
        TensorFunction loss = TensorFunction.builder(net)
                .output("loss")
                .withRespectToParameters()
                .feed("input", xs)
                .feed("label", ys)
                .build();
        TensorFunction ofExample = TensorFunction.builder(net)
                .output("loss")
                .withRespectToParameters()
                .perPoint("input", "label")
                .build();
        try (INDArray params = loss.point(); // P numbers, as the graph holds them
                Hessian hessian = Hessian.of(loss);
                PreparedFunction gradient = ofExample.gradient().prepare()) {
            INDArray slope = loss.gradient().call(params); // [P]
            INDArray matrix = hessian.atPresent(); // [P, P]
            INDArray slopes = gradient.perExample(params, xs, ys); // [N, P]
            // end
            assertThat(matrix.shape()).containsExactly(26, 26);
            assertThat(numbers(slopes.mean(0))).containsExactly(numbers(slope), within(1e-14));
        }
    }

    @Test
    void ofPyTorchsExporter() {
        // snippet: onnx
        SameDiff net = OnnxFile.load(Path.of("examples/net.onnx"));
        TensorFunction f = TensorFunction.of(net, "y", "x");
        // end
        assertThat(f.outputSize()).isPositive();
    }
}
