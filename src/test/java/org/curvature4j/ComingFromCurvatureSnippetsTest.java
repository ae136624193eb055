package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.curvature.Likelihood;
import org.curvature4j.data.Minibatches;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.DiagonalEstimate;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.HutchPlusPlus;
import org.curvature4j.estimate.Hutchinson;
import org.curvature4j.estimate.XDiag;
import org.curvature4j.estimate.XTrace;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.training.Activation;
import org.curvature4j.training.Loss;
import org.curvature4j.training.Mlp;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code that docs/coming-from.md shows for users of libraries of curvature, run. */
class ComingFromCurvatureSnippetsTest {
    private final SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 3, 4, 2);
    private final INDArray xs = RandomPoints.of(3, 20, 3).readRows(0, 20);
    private final INDArray ys = Nd4j.eye(2).castTo(DataType.DOUBLE).repeat(0, 10);

    @Test
    void ofPyHessian() {
        // snippet: pyhessian
        DataLoss loss = DataLoss.builder(net, "loss")
                .minibatches(Minibatches.of(Map.of("input", xs, "label", ys), 8))
                .build();
        try (DataOperator hessian = loss.hessian()) {
            Eigenpairs pairs = Lanczos.eigenpairs(hessian, LanczosOptions.largestMagnitude(3));
            Estimate trace = Hutchinson.trace(hessian, Budget.of(100)); // trace.value(), trace.standardError()
            SpectralDensity density = SpectralDensity.of(
                    hessian, DensityOptions.standard().steps(30).probes(1));
            double[] nodes = density.nodes(0);
            double[] weights = density.weights(0);
            // end
            Spectrum whole = Spectrum.of(Nd4j.createFromArray(hessian.toDense()).reshape(26, 26));
            double[] largest = Arrays.stream(whole.eigenvalues())
                    .boxed()
                    .sorted((a, b) -> Double.compare(Math.abs(b), Math.abs(a)))
                    .mapToDouble(value -> value)
                    .limit(3)
                    .toArray();
            assertThat(pairs.eigenvalues()).containsExactly(largest, within(1e-12));
            assertThat(trace.value())
                    .isCloseTo(Arrays.stream(whole.eigenvalues()).sum(), within(1e-12));
            assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
            assertThat(nodes).hasSameSizeAs(weights);
        }
    }

    @Test
    void ofCurvlinops() {
        DataLoss loss = DataLoss.of(net, "loss", Map.of("input", xs, "label", ys));
        double[] v = HostArray.numbers("v", RandomPoints.of(4, 1, 26).readRows(0, 1));
        long seed = 7;
        // snippet: curvlinops
        try (DataOperator hessian = loss.hessian();
                DataOperator gaussNewton = loss.gaussNewton("logits");
                DataOperator drawn = loss.monteCarloFisher("logits", Likelihood.SOFTMAX, 1, seed);
                DataOperator empirical = loss.empiricalFisher("logits");
                LinearOperator jacobian = loss.jacobian("logits")) {
            double[] product = hessian.apply(v);
            LinearOperator sum = hessian.plus(gaussNewton.times(0.1));
            LinearOperator firstLayer = hessian.restrictedTo("W1", "b1");
            Eigenpairs top = Lanczos.eigenpairs(hessian, LanczosOptions.top(3));
            SpectralDensity density = SpectralDensity.of(
                    hessian, DensityOptions.standard().steps(20).probes(4));
            Estimate[] traces = {
                Hutchinson.trace(hessian, Budget.of(20)),
                HutchPlusPlus.trace(hessian, Budget.of(21)),
                XTrace.trace(hessian, Budget.of(20))
            };
            DiagonalEstimate diagonal = XDiag.diagonal(hessian, Budget.of(20));
            Estimate squares = Hutchinson.squaredFrobenius(hessian, Budget.of(20));
            // end
            double[] scaled = gaussNewton.apply(v);
            double[] both = sum.apply(v);
            for (int i = 0; i < v.length; i++) {
                assertThat(both[i]).isCloseTo(product[i] + 0.1 * scaled[i], within(1e-14));
            }
            assertThat(firstLayer.rows()).isEqualTo(16);
            assertThat(jacobian.rows()).isEqualTo(40);
            assertThat(drawn.rows()).isEqualTo(empirical.rows());
            assertThat(top.complete()).isTrue();
            double trace = 0;
            double[] matrix = hessian.toDense();
            for (int i = 0; i < 26; i++) {
                trace += matrix[27 * i];
            }
            for (Estimate estimate : traces) {
                assertThat(estimate.value()).isCloseTo(trace, within(6 * estimate.standardError()));
            }
            assertThat(density.trace().value())
                    .isCloseTo(trace, within(6 * density.trace().standardError()));
            assertThat(diagonal.values()).hasSize(26);
            assertThat(squares.value()).isPositive();
        }
    }
}
