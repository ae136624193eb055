package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.curvature.GraphObjective;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.XTrace;
import org.curvature4j.io.Npy;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.onnx.OnnxFile;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.optimize.EndReason;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.optimize.MinimizerResult;
import org.curvature4j.optimize.Objective;
import org.curvature4j.spectrum.Classification;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code that the pages of docs/tasks show, run. */
class TasksSnippetsTest {
    @TempDir
    private Path folder;

    @Test
    void hessianAtManyPoints() {
        Path file = folder.resolve("H.npy");
        // snippet: hessian-at-many-points
        SameDiff sd = SameDiff.load(new File("examples/net.fb"), false);
        try (Hessian hessian = Hessian.of(sd, "prediction", "input")) {
            INDArray points = Npy.read(Path.of("examples/X.npy")); // [30, 4]
            Npy.write(file, hessian.batch(points)); // [30, 4, 4]
        }
        // end
        assertThat(Npy.read(file).shape()).containsExactly(30, 4, 4);
    }

    @Test
    void millionsOfPoints() {
        // snippet: millions-of-points
        SameDiff sd = SameDiff.load(new File("examples/net.fb"), false);
        RandomPoints points = RandomPoints.of(7, 100_000, 4); // seed, points, numbers of each
        try (Hessian hessian = Hessian.of(sd, "prediction", "input");
                SpectraSink spectra = new SpectraSink(4, DataType.DOUBLE, SpectrumOptions.valuesOnly(), null, null)) {
            hessian.stream(points.source(), spectra, Progress.NONE); // in tiles; no matrix is kept
            System.out.println(spectra.summary().counts()); // how many are saddles ...
            // end
            assertThat(spectra.summary().size()).isEqualTo(100_000);
        }
    }

    @Test
    void minimumOrSaddle() {
        // snippet: minimum-or-saddle
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable signs = sd.constant(Nd4j.createFromArray(1.0, -1.0));
        x.mul(x).mul(signs).sum("f", false, 1); // x0^2 - x1^2
        TensorFunction f = TensorFunction.of(sd, "f", "x");
        try (PreparedDerivatives both = f.prepare(Quantity.GRADIENT, Quantity.HESSIAN)) {
            Quantities<INDArray> here = both.at(Nd4j.createFromArray(0.0, 0.0));
            Number slope = here.gradient().norm2Number(); // 0: a critical point
            Spectrum spectrum = Spectrum.of(here.hessian());
            Classification shape = spectrum.classification(); // SADDLE
            double[] down = spectrum.vector(0); // leads off it, eigenvalue -2
            // end
            assertThat(slope.doubleValue()).isZero();
            assertThat(shape).isEqualTo(Classification.SADDLE);
            assertThat(down).containsExactly(new double[] {0, 1}, within(1e-15));
            assertThat(spectrum.eigenvalues()[0]).isEqualTo(-2);
        }
    }

    @Test
    void findAMinimum() {
        // snippet: find-a-minimum
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2);
        SDVariable x0 = x.get(SDIndex.point(0));
        SDVariable x1 = x.get(SDIndex.point(1));
        SDVariable valley = sd.math().square(x1.sub(x0.mul(x0))).mul(100);
        sd.math().square(x0.sub(1)).add("f", valley); // Rosenbrock's
        try (Objective objective = GraphObjective.of(TensorFunction.of(sd, "f", "x"))) {
            double[] start = {-1.2, 1};
            MinimizerResult result = Minimizer.minimize(Method.NEWTON, objective, start, MinimizerOptions.usual());
            double[] minimum = result.point(); // 1, 1
            EndReason reason = result.reason(); // GRADIENT_SMALL
            // end
            assertThat(minimum).containsExactly(new double[] {1, 1}, within(1e-9));
            assertThat(reason).isEqualTo(EndReason.GRADIENT_SMALL);
        }
    }

    private static DataLoss loss() {
        SameDiff net = SameDiff.load(new File("examples/net.fb"), false);
        Map<String, INDArray> data =
                Map.of("input", Npy.read(Path.of("examples/X.npy")), "label", Npy.read(Path.of("examples/Y.npy")));
        return DataLoss.of(net, "loss", data);
    }

    @Test
    void curvatureOfMyNetwork() {
        // snippet: curvature-of-my-network
        SameDiff net = SameDiff.load(new File("examples/net.fb"), false);
        INDArray inputs = Npy.read(Path.of("examples/X.npy"));
        INDArray labels = Npy.read(Path.of("examples/Y.npy"));
        DataLoss loss = DataLoss.of(net, "loss", Map.of("input", inputs, "label", labels));
        try (DataOperator hessian = loss.hessian()) { // products with vectors, over all data
            Eigenpairs sharpest = Lanczos.eigenpairs(hessian, LanczosOptions.top(5));
            Estimate trace = XTrace.trace(hessian, Budget.of(20)); // its value and standard error
            LinearOperator layer = hessian.restrictedTo("W1"); // of one layer
            // end
            assertThat(sharpest.complete()).isTrue();
            assertThat(trace.value()).isPositive();
            assertThat(layer.rows()).isEqualTo(32);
        }
    }

    @Test
    void spectrumOfALoss() {
        DataLoss loss = loss();
        // snippet: spectrum-of-a-loss
        try (DataOperator hessian = loss.hessian()) {
            DensityOptions options = DensityOptions.standard().steps(30).probes(10);
            SpectralDensity density = SpectralDensity.of(hessian, options);
            double[] places = density.grid(500);
            double[] heights = density.density(places);
            double negative = density.cumulative(-1e-6); // the share of eigenvalues below
            Spectrum whole = Spectrum.of(Nd4j.createFromArray(hessian.toDense()).reshape(49, 49));
            // end
            assertThat(heights).hasSameSizeAs(places);
            assertThat(negative).isBetween(0.0, 1.0);
            assertThat(whole.eigenvalues()[48]).isCloseTo(density.largest(), within(1e-6));
        }
    }

    @Test
    void whichInputsMatter() {
        INDArray points = RandomPoints.of(1, 1000, 4).readRows(0, 1000);
        // snippet: which-inputs-matter
        SameDiff net = OnnxFile.load(Path.of("examples/net.onnx"));
        try (Jacobian jacobian = Jacobian.of(net, "y", "x")) {
            Sensitivity inputs = jacobian.sensitivity(points); // of [1000, 4]
            System.out.println(inputs.report()); // what moves y most comes first
            // end
            assertThat(inputs.ranking()).hasSize(4);
        }
    }

    @Test
    @SuppressWarnings("UnusedVariable") // the page shows what there is
    void fromOnnx() {
        // snippet: from-onnx
        SameDiff net = OnnxFile.load(Path.of("examples/net.onnx")); // float64, weights trainable
        INDArray inputs = Npy.read(Path.of("examples/X.npy"));
        INDArray targets = Npy.read(Path.of("examples/Y.npy"));
        try (Hessian hessian = Hessian.of(net, "y", "x")) {
            INDArray hessians = hessian.batch(inputs); // [30, 4, 4]
        }
        SDVariable target = net.placeHolder("target", DataType.DOUBLE, -1, 1);
        net.loss().meanSquaredError("loss", target, net.getVariable("y"), null);
        DataLoss loss = DataLoss.of(net, "loss", Map.of("x", inputs, "target", targets));
        // end
        assertThat(loss.examples()).isEqualTo(30);
        assertThat(loss.value()).isPositive();
    }
}
