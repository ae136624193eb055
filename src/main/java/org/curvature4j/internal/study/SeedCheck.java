package org.curvature4j.internal.study;

import java.util.List;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.stream.Progress;
import org.curvature4j.training.Mlp;

/**
 * Whether another seed shows the same.
 *
 * @param seed of everything random
 * @param ofGaussNewton gaps of the Gauss-Newton matrix at the start
 * @param start before training
 * @param early after epoch 5, or the last if there are fewer
 * @param end after training
 */
record SeedCheck(long seed, Gaps ofGaussNewton, EpochCurvature start, EpochCurvature early, EpochCurvature end) {
    private static final int EARLY = 5;

    /** Stages that progress hears of beside the epochs. */
    static final int STAGES = 3;

    /** Trains and looks. */
    static SeedCheck of(StudyOptions options, Progress progress) {
        List<TrainedNet.Stop> stops = TrainedNet.of(options, progress).stops();
        TrainedNet.Stop first = stops.get(0);
        TrainedNet.Stop last = stops.get(stops.size() - 1);
        TrainedNet.Stop middle = stops.stream()
                .filter(stop -> stop.epoch().number() == EARLY)
                .findFirst()
                .orElse(last);
        try (DataOperator gaussNewton = first.loss().gaussNewton(Mlp.LOGITS)) {
            double[] leading = Lanczos.eigenpairs(
                            gaussNewton,
                            LanczosOptions.top(options.pairs()).valuesOnly().seed(options.seed()))
                    .eigenvalues();
            return new SeedCheck(
                    options.seed(),
                    Gaps.of(leading, leading.length - 1),
                    curvature(first, options, progress),
                    curvature(middle, options, progress),
                    curvature(last, options, progress));
        }
    }

    /** What a study has measured already. */
    static SeedCheck of(long seed, Findings start, List<EpochCurvature> course) {
        EpochCurvature last = course.get(course.size() - 1);
        return new SeedCheck(
                seed,
                start.gaussNewton().gaps(),
                start.curvature(),
                course.stream()
                        .filter(each -> each.epoch().number() == EARLY)
                        .findFirst()
                        .orElse(last),
                last);
    }

    private static EpochCurvature curvature(TrainedNet.Stop stop, StudyOptions options, Progress progress) {
        EpochCurvature curvature = EpochCurvature.of(stop, options);
        progress.advance(1);
        return curvature;
    }
}
