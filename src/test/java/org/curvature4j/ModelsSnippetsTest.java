package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.curvature.FilterAxis;
import org.curvature4j.curvature.Landscape;
import org.curvature4j.curvature.Likelihood;
import org.curvature4j.data.Dataset;
import org.curvature4j.data.Minibatches;
import org.curvature4j.dl4j.Dl4jNetwork;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.DiagonalEstimate;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.Hutchinson;
import org.curvature4j.estimate.XDiag;
import org.curvature4j.estimate.XTrace;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.krylov.ConjugateGradients;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.Minres;
import org.curvature4j.krylov.SolveOptions;
import org.curvature4j.krylov.SolveResult;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.krylov.SpectralSum;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.optimize.MinimizerResult;
import org.curvature4j.optimize.Objective;
import org.curvature4j.plot.DensityPlot;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.SingularSpectra;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.stream.Progress;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The code that docs/models.md shows, run. */
class ModelsSnippetsTest {
    @TempDir
    private Path folder;

    private final SameDiff sd = net();

    private static SameDiff net() {
        // snippet: net
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 64);
        SDVariable labels = sd.placeHolder("labels", DataType.DOUBLE, -1, 10);
        SDVariable w1 = sd.var("W1", RandomPoints.of(1, 64, 8).readRows(0, 64).mul(0.1)); // [64, 8]
        SDVariable w2 = sd.var("W2", RandomPoints.of(2, 8, 10).readRows(0, 8)); // [8, 10]
        SDVariable logits = sd.math().tanh(x.mmul(w1)).mmul(w2).rename("logits");
        sd.loss().softmaxCrossEntropy("loss", labels, logits, null);
        // end
        return sd;
    }

    private static Map<String, INDArray> data() {
        return Dataset.digits().first(200).feeding("x", "labels");
    }

    private DataLoss loss() {
        return DataLoss.of(sd, "loss", data());
    }

    @Test
    void aLossOverData() {
        // snippet: loss
        Dataset digits = Dataset.digits(); // UCI handwritten digits: [1797, 64] and one-hot [1797, 10]
        DataLoss loss = DataLoss.of(sd, "loss", digits.feeding("x", "labels"));
        double value = loss.value(); // the mean over all 1,797
        double[] gradient = loss.gradient(); // in W1 and W2, 592 numbers
        // end
        assertThat(value).isBetween(2.0, 6.0);
        assertThat(gradient).hasSize(592);

        // snippet: minibatches
        DataLoss same = DataLoss.builder(sd, "loss")
                .minibatches(Minibatches.of(digits.feeding("x", "labels"), 256)) // the last one has 5
                .build();
        // end
        assertThat(same.value()).isCloseTo(value, within(1e-13));
    }

    @Test
    void operators() {
        DataLoss loss = loss();
        double[] v = new double[loss.size()];
        Arrays.setAll(v, i -> Math.sin(i));
        // snippet: operators
        try (DataOperator hessian = loss.hessian();
                DataOperator gaussNewton = loss.gaussNewton("logits");
                DataOperator fisher = loss.fisher("logits", Likelihood.SOFTMAX)) {
            double[] product = hessian.apply(v); // H v, without H
            LinearOperator firstLayer = hessian.restrictedTo("W1"); // its rows and columns only
            LinearOperator rest = hessian.minus(gaussNewton); // the curvature of the net itself
            // end
            assertThat(product).hasSize(592);
            assertThat(firstLayer.rows()).isEqualTo(512);
            double[] expected = gaussNewton.apply(v);
            double[] other = rest.apply(v);
            for (int i = 0; i < product.length; i++) {
                assertThat(other[i]).isCloseTo(product[i] - expected[i], within(1e-12));
                assertThat(fisher.apply(v)[i]).isCloseTo(expected[i], within(1e-12));
            }
        }
    }

    @Test
    void arithmetic() {
        DataLoss loss = loss();
        double[] v = new double[loss.size()];
        Arrays.setAll(v, i -> Math.cos(i));
        try (DataOperator hessian = loss.hessian();
                LinearOperator jacobian = loss.jacobian("logits")) {
            // snippet: arithmetic
            LinearOperator damped = hessian.plusIdentity(1e-3); // H + 0.001 I
            LinearOperator gram = jacobian.adjoint().times(jacobian); // J'J, known to be symmetric
            LinearOperator own = new LinearOperator(3, 3, true) { // the matrix of ones
                        @Override
                        protected void multiply(double[] vector, double[] product) {
                            Arrays.fill(product, Arrays.stream(vector).sum());
                        }
                    };
            // end
            assertThat(damped.apply(v)[5]).isCloseTo(hessian.apply(v)[5] + 1e-3 * v[5], within(1e-14));
            assertThat(gram.isSymmetric()).isTrue();
            assertThat(own.apply(new double[] {1, 2, 4})).containsExactly(7, 7, 7);
        }
    }

    @Test
    void extremeEigenvalues() {
        DataLoss loss = loss();
        // snippet: lanczos
        try (DataOperator hessian = loss.hessian()) {
            Eigenpairs top = Lanczos.eigenpairs(hessian, LanczosOptions.top(10));
            double[] values = top.eigenvalues(); // descending
            double[] sharpest = top.vector(0); // norm 1
            boolean sure = top.complete(); // all converged, and no copy of a repeated one is missing
            // end
            assertThat(values).hasSize(10).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(sure).isTrue();
            double[] product = hessian.apply(sharpest);
            for (int i = 0; i < product.length; i++) {
                assertThat(product[i]).isCloseTo(values[0] * sharpest[i], within(1e-8));
            }
        }
        Eigenpairs both =
                Lanczos.eigenpairs(DiagonalOperator.of(5, -5, 1, 1, 1, 0.1), LanczosOptions.largestMagnitude(4));
        assertThat(Arrays.stream(both.eigenvalues()).map(Math::abs).toArray())
                .containsExactly(new double[] {5, 5, 1, 1}, within(1e-9));
    }

    @Test
    void densityAndTrace() throws IOException {
        DataLoss loss = loss();
        Path file = folder.resolve("density.png");
        try (DataOperator hessian = loss.hessian()) {
            // snippet: density
            SpectralDensity density = SpectralDensity.of(
                    hessian, DensityOptions.standard().steps(60).probes(20));
            double[] places = density.grid(1000);
            DensityPlot.of(places, density.density(places), density.nodes(0), "Ritz values", "Density", "digits")
                    .save(file);
            double negative = density.cumulative(-1e-6); // the share of the eigenvalues below, by the quadrature
            double[] bounds = density.bounds(-1e-6); // and between which it lies
            SpectralSum squares = density.trace(value -> value * value); // with its standard error
            // end
            // snippet: trace
            Estimate trace = XTrace.trace(hessian, Budget.of(100));
            Estimate norm = Hutchinson.squaredFrobenius(hessian, Budget.of(100));
            DiagonalEstimate diagonal = XDiag.diagonal(hessian, Budget.of(100));
            System.out.println(trace.report()); // value, standard error, interval, products
            // end
            double[] dense = Spectrum.of(org.nd4j.linalg.factory.Nd4j.createFromArray(hessian.toDense())
                            .reshape(592, 592))
                    .values()
                    .toDoubleVector();
            double sum = Arrays.stream(dense).sum();
            double square = Arrays.stream(dense).map(value -> value * value).sum();
            long below = Arrays.stream(dense).filter(value -> value <= -1e-6).count();
            assertThat(negative).isCloseTo(below / 592.0, within(0.1)).isBetween(bounds[0], bounds[1]);
            assertThat(squares.value()).isCloseTo(square, within(5 * squares.standardError()));
            assertThat(trace.value()).isCloseTo(sum, within(5 * trace.standardError()));
            assertThat(norm.value()).isCloseTo(square, within(5 * norm.standardError()));
            assertThat(Arrays.stream(diagonal.values()).sum()).isCloseTo(sum, within(0.3 * Math.abs(sum)));
            assertThat(file).exists();
        }
    }

    @Test
    void solvesAndMinimises() {
        DataLoss loss = loss();
        double[] gradient = loss.gradient();
        // snippet: solve
        try (DataOperator gaussNewton = loss.gaussNewton("logits");
                DataOperator hessian = loss.hessian()) {
            SolveOptions options = SolveOptions.usual().tolerance(1e-8);
            SolveResult damped = ConjugateGradients.solve(gaussNewton.plusIdentity(1e-3), gradient, options);
            SolveResult saddle = Minres.solve(hessian.plusIdentity(1e-3), gradient, options);
            double[] step = damped.solution();
            boolean sure = damped.converged();
            double left = saddle.relativeResidual(); // of what it came to, and saddle.reason() why it stopped
            // end
            double[] back = gaussNewton.plusIdentity(1e-3).apply(step);
            for (int i = 0; i < back.length; i++) {
                assertThat(back[i]).isCloseTo(gradient[i], within(1e-7));
            }
            assertThat(sure).isTrue();
            assertThat(left).as(saddle.toString()).isLessThan(0.1);
        }
        // snippet: minimise
        try (Objective objective = loss.objective()) {
            MinimizerResult result = Minimizer.minimize(
                    Method.TRUST_REGION,
                    objective,
                    loss.point(),
                    MinimizerOptions.usual().mostIterations(10));
            double better = result.value();
            double[] trained = result.point(); // loss.at(trained) is the loss there
            // end
            assertThat(better).isLessThan(0.5 * loss.value());
            assertThat(loss.at(trained).value()).isCloseTo(better, within(1e-12));
        }
    }

    @Test
    void landscape() {
        DataLoss loss = loss();
        double[] steps = {-1, -0.5, 0, 0.5, 1};
        // snippet: landscape
        double[] first = Landscape.filterNormalised(loss, 1, FilterAxis.LAST);
        double[] second = Landscape.filterNormalised(loss, 2, FilterAxis.LAST);
        try (Landscape landscape = Landscape.of(loss)) {
            double[][] losses = landscape.over(first, second, steps, steps, Progress.NONE); // [second, first]
            double[] line = landscape.along(first, steps, Progress.NONE);
            // end
            assertThat(losses[2]).containsExactly(line);
            assertThat(line[2]).isEqualTo(loss.value());
        }
    }

    @Test
    void deeplearning4j() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        INDArray features = RandomPoints.of(1, 9, 4).readRows(0, 9);
        INDArray targets = RandomPoints.of(2, 9, 2).readRows(0, 9);
        // snippet: dl4j
        SameDiff graph = Dl4jNetwork.graph(network); // a MultiLayerNetwork or a ComputationGraph
        DataLoss score = DataLoss.of(graph, "loss", Map.of("input", features, "labels", targets));
        double[] slopes = score.gradient(); // in 0_W, 0_b, 1_W and 1_b
        try (DataOperator hessian = score.hessian()) {
            Eigenpairs top = Lanczos.eigenpairs(hessian, LanczosOptions.top(3));
            // end
            assertThat(top.eigenvalues()).hasSize(3);
        }
        assertThat(slopes).hasSize(4 * 3 + 3 + 3 * 2 + 2);
        assertThat(score.value()).isCloseTo(network.score(new DataSet(features, targets), false), within(1e-12));
        assertThat(score.likelihood("layer1_z")).contains(Likelihood.GAUSSIAN);
    }

    @Test
    void sensitivity() {
        SameDiff model = sd;
        INDArray points = Dataset.digits().first(50).features();
        // snippet: sensitivity
        try (Jacobian jacobian = Jacobian.of(model, "logits", "x")) {
            SingularSpectra singular = SingularSpectra.of(jacobian.batch(points)); // of [B, 10, 64]
            INDArray values = singular.values(); // [B, 10], descending
            Sensitivity inputs = jacobian.sensitivity(points); // which inputs move the logits most
            // end
            assertThat(values.shape()).containsExactly(50, 10);
            assertThat(inputs).isNotNull();
        }
    }
}
