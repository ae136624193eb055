package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.cli.options.DatasetOptions;
import org.curvature4j.internal.cli.report.Program;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.Printable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Commands that make sense for a model, with its names filled in. Few numbers in: Hessians and their eigenvalues at many points;
 * several results: Jacobians and which inputs matter; parameters: products with the Hessian of a loss over data.
 */
final class Suggestions {
    /** Rows of a Hessian up to which spectra of a thousand are a matter of seconds. */
    private static final long SMALL = 256;

    /** Numbers in a Jacobian up to which a thousand are. */
    private static final long SMALL_JACOBIAN = 1 << 16;

    /** Commands of each sort; more would not be read. */
    private static final int MOST = 4;

    private static final String POINTS = "1000";

    private final SameDiff graph;
    private final String model;
    private final boolean namesOutput;
    private final List<String> options;
    private final Map<String, String> shapes;
    private final List<String> losses;

    /**
     * @param model as the command line named it
     * @param namesOutput whether commands have to say which output
     * @param options further ones that each command needs
     * @param shapes of placeholders, as the command line gives them
     */
    Suggestions(SameDiff graph, String model, boolean namesOutput, List<String> options, Map<String, String> shapes) {
        this.graph = graph;
        this.model = model;
        this.namesOutput = namesOutput;
        this.options = options;
        this.shapes = shapes;
        this.losses = ChosenLoss.candidates(graph);
    }

    /** For the first question of each kind that can be asked. */
    List<Suggestion> of(List<Question> questions) {
        List<Suggestion> all = new ArrayList<>();
        questions.stream()
                .filter(one -> isAsked(one) && !one.isByParameters())
                .filter(this::canBeFed)
                .min(Comparator.comparingInt(one -> one.data().size()))
                .ifPresent(one -> byInput(all, one));
        questions.stream()
                .filter(one ->
                        isAsked(one) && one.isByParameters() && one.data().isEmpty() && one.outputs() == 1)
                .findFirst()
                .ifPresent(one -> byParametersAlone(all, one));
        questions.stream()
                .filter(one -> isAsked(one) && one.isByParameters())
                .filter(one -> losses.isEmpty() ? one.data().size() == 1 : losses.contains(one.output()))
                .filter(one -> one.data().size() <= 2)
                .findFirst()
                .ifPresent(one -> overData(all, one));
        return all.stream().limit(MOST).toList();
    }

    /** Whether a row of each of its data, for all points, makes it a function. */
    private boolean canBeFed(Question question) {
        if (question.data().isEmpty()) {
            return true;
        }
        try {
            FunctionBuilder builder =
                    TensorFunction.builder(graph).output(question.output()).withRespectTo(question.by());
            for (SDVariable fed : question.data()) {
                long[] shape = fed.getShape();
                boolean isRow = shape != null && shape.length > 0 && !fed.name().contains("=");
                if (!isRow || Arrays.stream(oneRow(fed)).anyMatch(size -> size < 1)) {
                    return false;
                }
                builder.feed(fed.name(), Nd4j.create(fed.dataType(), oneRow(fed)));
            }
            return builder.build().inputSize() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static long[] oneRow(SDVariable placeholder) {
        long[] shape = placeholder.getShape().clone();
        shape[0] = Math.max(1, shape[0]);
        return shape;
    }

    private static boolean isAsked(Question question) {
        return question.isAllowed() && question.inputs() > 0 && question.outputs() > 0;
    }

    private void byInput(List<Suggestion> all, Question question) {
        boolean isSmall = question.inputs() <= SMALL;
        if (question.outputs() > 1) {
            if (question.inputs() * question.outputs() <= SMALL_JACOBIAN) {
                add(
                        all,
                        "jacobian",
                        question,
                        "how each result moves with each input, at a thousand points",
                        "--random",
                        POINTS,
                        "--out",
                        "J.npy");
            }
            add(all, "sensitivity", question, "which inputs matter most", "--random", isSmall ? POINTS : "10");
            if (isSmall && !question.isZero()) {
                add(
                        all,
                        "spectrum",
                        question,
                        "curvature of one result: eigenvalues of its Hessians",
                        "--output-index",
                        "0",
                        "--random",
                        POINTS);
            }
        } else if (isSmall && !question.isZero()) {
            add(
                    all,
                    "hessian",
                    question,
                    "second derivatives at a thousand points",
                    "--random",
                    POINTS,
                    "--out",
                    "H.npy");
            add(all, "spectrum", question, "their eigenvalues, summed up", "--random", POINTS);
        } else {
            add(all, "sensitivity", question, "which inputs matter most", "--random", isSmall ? POINTS : "10");
        }
    }

    private void byParametersAlone(List<Suggestion> all, Question question) {
        if (question.inputs() <= SMALL) {
            add(
                    all,
                    "spectrum",
                    question,
                    "the Hessian in the parameters as they are: its eigenvalues",
                    "--wrt",
                    question.by());
        }
    }

    private void overData(List<Suggestion> all, Question question) {
        List<String> words = new ArrayList<>();
        if (losses.isEmpty()) {
            words.addAll(namesOutput ? List.of("--predictions", question.output()) : List.of());
            words.addAll(List.of("--loss", isDigits(question) ? "cross-entropy" : "squared-error"));
        } else if (losses.size() > 1) {
            words.addAll(List.of("--loss", question.output()));
        }
        Map<String, String> needs = new LinkedHashMap<>();
        if (isDigits(question)) {
            words.addAll(List.of("--data", DatasetOptions.DIGITS));
        } else {
            words.addAll(List.of("--data", "X.npy"));
            long batch = batch(question);
            if (batch > 0) {
                words.addAll(List.of("--batch", Long.toString(batch)));
            }
            String many = batch > 1 ? ", N a multiple of " + batch : "";
            needs.put("X.npy", "examples, a row each" + rows(question.data().get(0)) + many);
            if (losses.isEmpty() || question.data().size() == 2) {
                words.addAll(List.of("--targets", "Y.npy"));
                needs.put("Y.npy", "what the model should say to each, " + targets(question) + many);
            }
        }
        add(all, "lanczos", words, "the sharpest directions of the loss, without its Hessian", needs);
        add(all, "density", words, "how all its eigenvalues spread", needs);
    }

    /** How many examples the model takes at a time; below 1 where it takes any number. */
    private long batch(Question question) {
        SDVariable examples = question.data().get(0);
        long[] shape = examples.getShape();
        boolean isStated = shape != null && shape.length > 0 && !shapes.containsKey(examples.name());
        return isStated ? shape[0] : -1;
    }

    private static String rows(SDVariable placeholder) {
        long[] shape = placeholder.getShape();
        return shape == null || shape.length == 0
                ? ""
                : ", " + Words.shape(shape).replaceFirst("-?\\d+", "N");
    }

    /** The shape of the targets. */
    private String targets(Question question) {
        List<SDVariable> data = question.data();
        long[] shape = data.get(data.size() - 1).getShape();
        boolean isStated = data.size() > 1 && shape != null && shape.length == 2;
        long each = isStated ? shape[1] : question.outputs() / Math.max(batch(question), 1);
        return "[N, " + each + "]";
    }

    /** Whether the data that come along fit: 64 features, and classes of 10 for targets. */
    private boolean isDigits(Question question) {
        List<SDVariable> data = question.data();
        boolean isOneHot = data.size() == 2 && data.stream().anyMatch(one -> isRow(one, 10));
        return data.stream().anyMatch(one -> isRow(one, 64))
                && (isOneHot || (data.size() == 1 && question.outputs() == 10));
    }

    private static boolean isRow(SDVariable placeholder, long size) {
        long[] shape = placeholder.getShape();
        return shape != null && shape.length == 2 && shape[0] < 0 && shape[1] == size;
    }

    /** What says which function it is. */
    private List<String> chosen(Question question) {
        boolean isOnly = Wiring.outputs(graph).equals(List.of(question.output()));
        return namesOutput || !isOnly ? List.of("--output", question.output()) : List.of();
    }

    private void add(List<Suggestion> all, String command, Question question, String about, String... more) {
        List<String> words = new ArrayList<>(chosen(question));
        Map<String, String> needs = new LinkedHashMap<>();
        if (!question.isByParameters() && !question.data().isEmpty()) {
            words.addAll(List.of("--input", question.by()));
            for (SDVariable fed : question.data()) {
                String file = file(fed.name(), needs.keySet(), more);
                words.addAll(List.of("--feed", fed.name() + "=" + file));
                String size = Words.shape(oneRow(fed));
                needs.put(file, "values of " + Printable.name(fed.name()) + " for all points, " + size);
            }
        }
        String sizes = shapes.get(question.by());
        if (sizes != null) {
            words.addAll(List.of("--shape", question.by() + "=" + sizes));
        }
        words.addAll(List.of(more));
        add(all, command, words, about, needs);
    }

    /** A name for the file of a placeholder's values that no other file of the command has, on no system. */
    private static String file(String placeholder, Set<String> fed, String... more) {
        List<String> others = Stream.concat(fed.stream(), Stream.of(more)).toList();
        String name = placeholder.replaceAll("[^\\w.-]", "_");
        String file = name + ".npy";
        for (int i = 2; others.stream().anyMatch(file::equalsIgnoreCase); i++) {
            file = name + "-" + i + ".npy";
        }
        return file;
    }

    private void add(
            List<Suggestion> all, String command, List<String> chosen, String about, Map<String, String> needs) {
        List<String> words = new ArrayList<>(List.of(Program.called(), command, "--model", model));
        words.addAll(options);
        words.addAll(chosen);
        all.add(new Suggestion(words, about, needs));
    }
}
