package org.curvature4j.training;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.random.StandardNormal;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains a net of {@link Mlp} by {@code SameDiff.fit}. One thread at a time. */
public final class Training {
    private final SameDiff net;
    private final TrainingOptions options;

    /**
     * Puts the training configuration into the graph: the optimiser, and which placeholders take features and labels.
     *
     * @param net changed by the training
     */
    public Training(SameDiff net, TrainingOptions options) {
        this.net = net;
        this.options = options;
        net.setTrainingConfig(TrainingConfig.builder()
                .updater(options.optimizer().updater(options.rate()))
                .dataSetFeatureMapping(Mlp.INPUT)
                .dataSetLabelMapping(Mlp.LABEL)
                .build());
    }

    /**
     * Trains.
     *
     * @param data what to train on: features [N, inputs] and targets [N, outputs]
     * @param heldOut what to judge by besides; null for nothing
     * @param listener hears of each epoch as it ends, and first of epoch 0: the net before training
     * @return all that the listener heard
     * @throws IllegalArgumentException if the data don't fit the net
     * @throws IllegalStateException if the loss stops being finite
     */
    public List<Epoch> run(Dataset data, @Nullable Dataset heldOut, Consumer<Epoch> listener) {
        check("data", data);
        if (heldOut != null) {
            check("held-out data", heldOut);
        }
        quietly(net::createGradFunction);
        List<Epoch> epochs = new ArrayList<>();
        for (int number = 0; number <= options.epochs(); number++) {
            if (number > 0) {
                Dataset mixed = data.shuffled(StandardNormal.otherSeed(options.seed(), number));
                net.fit(new TrainingBatches(mixed, options.batch()), 1);
            }
            Epoch epoch = new Epoch(number, Score.of(net, data), heldOut == null ? null : Score.of(net, heldOut));
            requireFinite(epoch);
            epochs.add(epoch);
            listener.accept(epoch);
        }
        return List.copyOf(epochs);
    }

    /**
     * Saves a net, with its training configuration, as {@code SameDiff.load} and all of this project read it. The file
     * appears complete or not at all.
     *
     * @param withState whether the optimiser's state goes along, which continues a training and nothing else
     * @throws org.curvature4j.io.DataFileException if the file can't be written
     */
    public static void save(SameDiff net, Path file, boolean withState) {
        AtomicFile.writePath(file, path -> {
            try {
                net.save(path.toFile(), withState);
            } catch (RuntimeException e) {
                // SameDiff hides that the disk is full, or that files may not become so large.
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw e;
            }
        });
    }

    private void check(String name, Dataset data) {
        check(name + ": features", data.features(), Mlp.INPUT);
        check(name + ": targets", data.targets(), Mlp.LABEL);
    }

    private void check(String name, INDArray array, String placeholder) {
        long[] shape = net.getVariable(placeholder).placeholderShape();
        long width = shape[shape.length - 1];
        if (array.rank() != 2 || array.size(1) != width) {
            throw new IllegalArgumentException(name + ": expected [N, " + width + "] as the net's '" + placeholder
                    + "', got " + Arrays.toString(array.shape()));
        }
        if (array.dataType() != net.getVariable(placeholder).dataType()) {
            throw new IllegalArgumentException(name + ": expected numbers of type "
                    + net.getVariable(placeholder).dataType() + ", got " + array.dataType());
        }
    }

    private void requireFinite(Epoch epoch) {
        double loss = epoch.train().loss();
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("training: expected a finite loss, got " + loss + " after epoch "
                    + epoch.number() + " (a smaller rate than " + options.rate() + ", or data of smaller size)");
        }
    }

    /** SameDiff prints a line for each operation that it differentiates, where a command prints its JSON. */
    private static void quietly(Runnable task) {
        PrintStream out = System.out;
        try {
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            task.run();
        } finally {
            System.setOut(out);
        }
    }
}
