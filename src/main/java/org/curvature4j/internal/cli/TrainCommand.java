package org.curvature4j.internal.cli;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.cli.options.DatasetOptions;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.EpochReport;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.TrainingPlot;
import org.curvature4j.training.Activation;
import org.curvature4j.training.Epoch;
import org.curvature4j.training.Loss;
import org.curvature4j.training.Mlp;
import org.curvature4j.training.Optimizer;
import org.curvature4j.training.Training;
import org.curvature4j.training.TrainingOptions;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature train}. */
@Command(
        name = "train",
        sortOptions = false,
        customSynopsis = {
            "curvature train [--data digits|FILE] [--widths 64-32-10] [--epochs N]",
            "                       --out FILE.fb [--at-start FILE.fb] [--plot FILE]"
        },
        description = {
            "A multilayer perceptron, trained and saved with its loss.",
            "SameDiff trains it: a model to look at with the other commands. Without options",
            "a classifier of the digits."
        },
        footer = {
            "",
            "Examples:",
            "  curvature train --out digits.fb",
            "  curvature train --widths 64-16-10 --activation relu --epochs 10 --seed 1 \\",
            "            --out small.fb --at-start start.fb --plot training.png",
            "  curvature train --data houses.csv --label price --widths 5-16-1 --out h.fb"
        })
final class TrainCommand extends CurvatureCommand {
    private static final String USUAL_WIDTHS = "64-32-10";
    /** Streams of random numbers beside that of the weights. */
    private static final long ORDER = 1;

    private static final long HELD_OUT = 2;

    @Option(
            names = "--widths",
            paramLabel = "A-B-C",
            description = {"Inputs, hidden layers, outputs.", "64-32-10 for the digits."})
    private @Nullable String widths;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            description = {
                "Of hidden layers; tanh unless given.",
                "One of tanh, sigmoid, relu, elu, selu, gelu, swish,",
                "softplus, softsign, sine."
            })
    private Activation activation = Activation.TANH;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = {
                "The loss; by the targets unless given.",
                "cross-entropy: targets are classes; squared-error:",
                "numbers. Unless given: the former where one column",
                "of targets meets several outputs, or rows are",
                "one-hot."
            })
    private @Nullable Loss loss;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "adam, unless given, or sgd.")
    private Optimizer optimizer = Optimizer.ADAM;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes through the data; 30 unless given.")
    private int epochs = 30;

    @Option(names = "--rate", paramLabel = "R", description = "Of the steps; 0.01 unless given.")
    private double rate = 0.01;

    @Option(names = "--batch", paramLabel = "N", description = "Examples a step; 64 unless given.")
    private int batch = 64;

    @Option(
            names = "--holdout",
            converter = Values.Share.class,
            paramLabel = "SHARE",
            description = {"Share of the examples to judge by; 0.2.", "Not trained on; 0 for none."})
    private double holdout = 0.2;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = {"Of random numbers; 0 unless given.", "Of the weights, the order and the split."})
    private long seed;

    @Option(
            names = "--out",
            converter = Destination.Model.class,
            required = true,
            paramLabel = "FILE.fb",
            description = "Where the trained net goes.")
    private Destination out = Destination.UNNAMED;

    @Option(
            names = "--at-start",
            converter = Destination.Model.class,
            paramLabel = "FILE.fb",
            description = "Where the net before training goes.")
    private @Nullable Destination atStart;

    @ArgGroup(validate = false, order = 20, heading = Headings.DATA)
    private DatasetOptions data = new DatasetOptions();

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        if (!data.given()) {
            data.use(DatasetOptions.DIGITS);
        }
        data.check();
        widths();
        options();
    }

    private Dataset.Split split(Dataset all) {
        if (all.rows() < 2) {
            throw new IllegalArgumentException("--holdout: expected 2 or more examples to hold some out, got "
                    + all.rows() + " (more data, more --rows, or --holdout 0, which trains on all)");
        }
        return all.split(holdout, StandardNormal.otherSeed(seed, HELD_OUT));
    }

    private TrainingOptions options() {
        try {
            return new TrainingOptions(optimizer, rate, epochs, batch, StandardNormal.otherSeed(seed, ORDER));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private int[] widths() {
        if (widths == null && !data.name().equals(DatasetOptions.DIGITS)) {
            throw new UsageException("--widths: expected inputs, hidden layers and outputs of the net for "
                    + data.name() + ", as in 4-16-3, got none");
        }
        String text = widths == null ? USUAL_WIDTHS : widths;
        if (!text.matches("[1-9]\\d{0,8}(-[1-9]\\d{0,8})+")) {
            throw new UsageException("--widths: expected two or more numbers of 1 to 999999999, as in " + USUAL_WIDTHS
                    + ", got '" + text + "'");
        }
        return Arrays.stream(text.split("-")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    void run(Report report) {
        Backend.get();
        long start = System.nanoTime();
        int[] sizes = widths();
        Dataset given = data.load().castTo(DataType.DOUBLE);
        Loss chosen = chosen(given, sizes);
        Dataset all = fitting(given, chosen, sizes);
        Dataset.@Nullable Split split = holdout == 0 ? null : split(all);
        Dataset train = split == null ? all : split.train();
        @Nullable Dataset heldOut = split == null ? null : split.heldOut();
        SameDiff net = Mlp.of(activation, chosen, seed, sizes);
        Training training = new Training(net, options());
        if (atStart != null) {
            Training.save(net, atStart.path(), false);
        }
        List<Epoch> course = train(training, train, heldOut);
        Training.save(net, out.path(), false);
        describe(report, chosen, train, heldOut);
        EpochReport.describe(report, course);
        computedBy(trainer(), report);
        figure.draw(report, () -> draw(course));
        report.written(out.path(), Destination.pathOf(atStart), figure.file());
        Timing.describe(report, start, epochs, "epoch");
    }

    /** Whatever device is asked for: SameDiff's operations are ND4J's. */
    private static String trainer() {
        return Backend.get().info().name().equals("cpu")
                ? "the CPU, where SameDiff trains"
                : "ND4J's CUDA library, by which SameDiff trains";
    }

    private List<Epoch> train(Training training, Dataset train, @Nullable Dataset heldOut) {
        try (ProgressDisplay progress = ProgressDisplay.of(epochs, "epoch")) {
            return training.run(train, heldOut, epoch -> progress.advance(epoch.number() == 0 ? 0 : 1));
        }
    }

    /** The loss that was asked for, or that the targets suggest. */
    private Loss chosen(Dataset all, int[] sizes) {
        if (!all.hasTargets()) {
            throw new UsageException("--targets: expected a file of targets for " + data.name() + ", got none (--label"
                    + " names a column of it in their place)");
        }
        if (loss != null) {
            return loss;
        }
        boolean column = all.targets().rank() == 2 && all.targets().size(1) == 1;
        boolean classes = all.isOneHot() || (column && sizes[sizes.length - 1] > 1);
        return classes ? Loss.CROSS_ENTROPY : Loss.SQUARED_ERROR;
    }

    /** The data as the net takes them. */
    private Dataset fitting(Dataset all, Loss chosen, int[] sizes) {
        int inputs = sizes[0];
        int outputs = sizes[sizes.length - 1];
        if (all.features().rank() != 2 || all.features().size(1) != inputs) {
            throw new UsageException("--widths: expected " + all.features().length() / all.rows()
                    + " inputs, the features of " + data.name() + ", got " + inputs);
        }
        if (chosen == Loss.CROSS_ENTROPY) {
            return all.withClasses(outputs);
        }
        if (all.targets().rank() != 2 || all.targets().size(1) != outputs) {
            throw new UsageException("--widths: expected " + all.targets().length() / all.rows()
                    + " outputs, the targets of " + data.name() + ", got " + outputs);
        }
        return all;
    }

    private void describe(Report report, Loss chosen, Dataset train, @Nullable Dataset heldOut) {
        String shape = widths == null ? USUAL_WIDTHS : widths;
        long parameters = 0;
        int[] sizes = widths();
        for (int layer = 1; layer < sizes.length; layer++) {
            parameters += (sizes[layer - 1] + 1L) * sizes[layer];
        }
        report.text("Trained a net " + shape + " on " + data.name());
        report.line(
                "net",
                activation.text() + ", " + chosen.text() + ", " + Words.count(parameters, "parameter") + ", seed "
                        + seed);
        report.line(
                "data",
                Words.count(train.rows(), "row") + " to train on"
                        + (heldOut == null ? "" : ", " + Words.count(heldOut.rows(), "row") + " held out"));
        report.field("data", data.name());
        report.field("widths", sizes);
        report.field("activation", activation.text());
        report.field("loss", chosen.text());
        report.field("parameterCount", parameters);
        report.field("rows", train.rows());
        report.field("heldOutRows", heldOut == null ? 0 : heldOut.rows());
        report.drawn(seed).field("seed", seed);
    }

    private Figure draw(List<Epoch> course) {
        return TrainingPlot.of(
                EpochReport.losses(course, false),
                EpochReport.losses(course, true),
                "Training of a net " + (widths == null ? USUAL_WIDTHS : widths),
                data.name() + ", " + optimizer.text() + ", rate " + Numbers.brief(rate) + ", batches of " + batch);
    }
}
