package org.curvature4j.internal.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.curvature4j.Block;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.XTrace;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.stream.Progress;
import org.curvature4j.training.Mlp;

/**
 * All that is measured at one point of the training: the true spectrum, what estimates make of it, and its parts.
 *
 * @param curvature what is measured at other epochs too
 * @param truth from the dense Hessian
 * @param density by stochastic Lanczos quadrature
 * @param trace by XTrace
 * @param gaussNewton beside the Hessian
 * @param layers the largest eigenvalue of each parameter tensor's block
 * @param plane losses around the point, over the first two eigenvectors
 */
record Findings(
        EpochCurvature curvature,
        TrueSpectrum truth,
        SpectralDensity density,
        Estimate trace,
        GaussNewtonComparison gaussNewton,
        Map<Block, Double> layers,
        LossPlane plane) {
    /** What progress hears of each point. */
    static final int STAGES = 7;

    static Findings of(TrainedNet.Stop stop, StudyOptions options, Progress progress) {
        DataLoss loss = stop.loss();
        try (DataOperator hessian = loss.hessian();
                DataOperator gaussNewton = loss.gaussNewton(Mlp.LOGITS)) {
            EpochCurvature curvature = EpochCurvature.of(stop, hessian, options);
            progress.advance(1);
            TrueSpectrum truth = TrueSpectrum.of(hessian);
            progress.advance(1);
            SpectralDensity density = SpectralDensity.of(
                    hessian,
                    DensityOptions.standard()
                            .steps(options.steps())
                            .probes(options.probes())
                            .seed(options.seed()));
            progress.advance(1);
            Estimate trace = XTrace.trace(hessian, Budget.of(options.products()).seed(options.seed()));
            progress.advance(1);
            GaussNewtonComparison comparison =
                    GaussNewtonComparison.of(hessian, gaussNewton, curvature.leading(), options);
            progress.advance(1);
            Map<Block, Double> layers = layers(hessian, options);
            progress.advance(1);
            LossPlane plane = LossPlane.of(loss, curvature.leading());
            progress.advance(1);
            return new Findings(curvature, truth, density, trace, comparison, layers, plane);
        }
    }

    private static Map<Block, Double> layers(DataOperator hessian, StudyOptions options) {
        Map<Block, Double> largest = new LinkedHashMap<>();
        LanczosOptions first = LanczosOptions.top(1).valuesOnly().seed(options.seed());
        for (Block block : hessian.blocks()) {
            largest.put(
                    block,
                    Lanczos.eigenpairs(hessian.restrictedTo(block.name()), first)
                            .eigenvalues()[0]);
        }
        return largest;
    }

    /** The largest relative difference of the eigenvalues by Lanczos from the true ones. */
    double leadingError() {
        double[] found = curvature.leading().eigenvalues();
        return IntStream.range(0, found.length)
                .mapToDouble(k -> Math.abs(found[k] - truth.values()[k]) / Math.abs(truth.values()[k]))
                .max()
                .orElseThrow();
    }

    /** The distance of the estimated density from the true one, in units of the Hessian. */
    double wasserstein() {
        return density.wasserstein(truth.values());
    }

    /** How many standard errors the estimated trace lies from the true one; 0 where the estimate is exact. */
    double traceDeviation() {
        return trace.standardError() == 0 ? 0 : Math.abs(trace.value() - truth.trace()) / trace.standardError();
    }

    /** The leading eigenvalues by Lanczos, the first so many. */
    double[] leading(int count) {
        return Arrays.copyOf(curvature.leading().eigenvalues(), count);
    }
}
