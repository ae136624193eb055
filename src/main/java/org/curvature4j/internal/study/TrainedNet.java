package org.curvature4j.internal.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.data.Dataset;
import org.curvature4j.stream.Progress;
import org.curvature4j.training.Epoch;
import org.curvature4j.training.Mlp;
import org.curvature4j.training.Training;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A net trained on the digits, as it was at some epochs.
 *
 * @param data what it was trained on, and what was held out
 * @param stops the epochs that are looked at, the first and last among them
 */
record TrainedNet(Dataset.Split data, List<Stop> stops) {
    /**
     * An epoch that is looked at.
     *
     * @param loss over the data trained on, at the parameters of then
     * @param undecided how many examples the curvature of the softmax came from, see {@link Undecided}
     */
    record Stop(Epoch epoch, DataLoss loss, int undecided) {}

    /** Epochs to look at: often where much changes, then every so many. */
    private static final Set<Integer> EARLY = Set.of(0, 1, 2, 3, 5);

    private static final int EVERY = 5;

    static TrainedNet of(StudyOptions options, Progress progress) {
        Dataset.Split data = options.data();
        SameDiff net = options.net();
        Set<Integer> watched = watched(options);
        List<Stop> stops = new ArrayList<>();
        new Training(net, options.training()).run(data.train(), data.heldOut(), epoch -> {
            if (watched.contains(epoch.number())) {
                stops.add(new Stop(
                        epoch,
                        DataLoss.of(net, Mlp.LOSS, data.train().feeding(Mlp.INPUT, Mlp.LABEL)),
                        Undecided.of(net, data.train())));
            }
            progress.advance(epoch.number() == 0 ? 0 : 1);
        });
        return new TrainedNet(data, List.copyOf(stops));
    }

    /** The epochs that are looked at, ascending. */
    static Set<Integer> watched(StudyOptions options) {
        Set<Integer> watched = new TreeSet<>();
        for (int epoch = 0; epoch <= options.epochs(); epoch++) {
            if (EARLY.contains(epoch) || epoch % EVERY == 0 || epoch == options.epochs()) {
                watched.add(epoch);
            }
        }
        return watched;
    }
}
