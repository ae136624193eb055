package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.curvature.LossForm;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.samediff.OpReport;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * What can be asked of a graph: the questions that its outputs and inputs make, what is possible in spite of operations that
 * aren't supported, and commands.
 */
public final class Possibilities {
    /** Functions are taken over for up to so many; a graph of thousands of outputs has one that is named. */
    private static final int MOST = 4;

    /** Taking over and counting take a second for graphs of this many operations. */
    private static final int COUNTED = 1000;

    /** And copies of this many numbers take longer than one. */
    private static final long COPIED = 20_000_000;

    private final SameDiff graph;
    private final @Nullable String output;
    private final List<OpReport> operations;
    private final List<String> losses;
    private final long memory = Backend.get().settings().memory();

    /**
     * @param output to which all is limited; null for the whole graph
     * @param operations those that this needs, in order
     */
    public Possibilities(SameDiff graph, @Nullable String output, List<OpReport> operations) {
        this.graph = graph;
        this.output = output;
        this.operations = operations;
        this.losses = ChosenLoss.candidates(graph);
    }

    /**
     * Adds all of them.
     *
     * @param source as the command line named it
     * @param options further ones that each command needs
     * @param shapes of placeholders, as the command line gives them
     */
    public void describe(Report report, GraphSource source, List<String> options, Map<String, String> shapes) {
        boolean isWhole = operations.stream().allMatch(OpReport::isPossible);
        List<String> before = isWhole ? List.of() : before();
        if (!isWhole) {
            report.line("possible", possible(before));
        }
        report.field("possible", before);
        List<String> outputs = isWhole ? outputs() : before;
        List<Question> questions = new ArrayList<>();
        List<Suggestion> suggestions = List.of();
        String reason = tooLarge(graph, output, operations.size());
        if (reason == null) {
            questions = questions(outputs.stream().limit(MOST).toList());
            suggestions = new Suggestions(graph, source.name(), outputs.size() > 1 || !isWhole, options, shapes)
                    .of(questions);
        }
        if (reason != null) {
            report.line("derivatives", reason);
        } else if (!questions.isEmpty()) {
            report.line(
                    "derivatives",
                    questions.stream().map(one -> one.words(memory)).collect(Collectors.joining("\n"))
                            + (outputs.size() > MOST
                                    ? "\n... " + Words.count(outputs.size() - MOST, "output")
                                            + " more (--output names one)"
                                    : ""));
        }
        report.field(
                "derivatives", questions.stream().map(one -> one.fields(memory)).toList());
        report.field("memory", memory);
        Suggestion.describe(report, suggestions);
    }

    private String possible(List<String> before) {
        boolean isRefused = operations.stream().anyMatch(OpReport::isRefused);
        boolean isUnsupported = operations.stream().anyMatch(one -> !one.supported());
        String behind =
                isUnsupported ? "what is unsupported" : isRefused ? "what is refused" : "what can't be judged yet";
        if (before.isEmpty()) {
            return isRefused
                    ? "nothing: no numbers come before " + behind
                    : "nothing yet: all needs " + OperationReport.needs(operations);
        }
        return "what comes before " + behind + ", by --output: "
                + before.stream().limit(MOST).map(Printable::name).collect(Collectors.joining(", "))
                + (before.size() > MOST ? ", ..." : "");
    }

    /**
     * Why nothing is tried and counted, where a graph is too large for that; else null.
     *
     * @param output to which what is looked at is limited; null for the whole graph
     * @param operations how many are looked at
     */
    public static @Nullable String tooLarge(SameDiff graph, @Nullable String output, int operations) {
        long numbers = graph.variables().stream()
                .filter(variable -> variable.getVariableType() != VariableType.PLACEHOLDER)
                .filter(variable -> variable.getVariableType() != VariableType.ARRAY)
                .mapToLong(variable ->
                        variable.getArr() == null ? 0 : variable.getArr().length())
                .sum();
        if (operations <= COUNTED && numbers <= COPIED) {
            return null;
        }
        return "not counted for more than " + Words.count(COUNTED, "operation") + " or "
                + Words.count(COPIED, "number") + "; this has " + Numbers.grouped(operations) + " and "
                + Numbers.grouped(numbers) + (output == null ? " (--output limits it to a part)" : "");
    }

    /** Outputs, and before a loss what it judges. */
    private List<String> outputs() {
        if (output != null) {
            return List.of(output);
        }
        Set<String> outputs = new LinkedHashSet<>();
        for (String last : Wiring.declared(graph)) {
            if (outputs.size() <= MOST && losses.contains(last)) {
                LossForm.of(graph, last).predictions().stream().findFirst().ifPresent(outputs::add);
            }
            outputs.add(last);
        }
        return List.copyOf(outputs);
    }

    private List<Question> questions(List<String> outputs) {
        List<Question> questions = new ArrayList<>();
        for (String each : outputs) {
            if (!Wiring.isFloating(graph.getVariable(each))) {
                continue;
            }
            List<String> inputs = Wiring.placeholders(graph, each).stream()
                    .filter(Wiring::isFloating)
                    .map(SDVariable::name)
                    .limit(MOST)
                    .toList();
            boolean hasParameters = SameDiffImport.leaves(graph, List.of(each)).stream()
                    .anyMatch(name -> graph.getVariable(name).getVariableType() == VariableType.VARIABLE);
            // A loss by its data is rarely asked for.
            boolean isLoss = losses.contains(each);
            Stream.concat(
                            isLoss ? Stream.of() : inputs.stream(),
                            hasParameters ? Stream.of(ModelOptions.PARAMETERS) : Stream.of())
                    .forEach(by -> questions.add(Question.of(graph, each, by)));
        }
        return questions;
    }

    /** What operations compute that are possible, and others take, or nothing; the last first. */
    private List<String> before() {
        Set<String> bad = new HashSet<>();
        operations.stream().filter(one -> !one.isPossible()).forEach(one -> bad.addAll(one.variables()));
        Set<String> made =
                operations.stream().flatMap(one -> one.variables().stream()).collect(Collectors.toSet());
        Set<String> ends = new LinkedHashSet<>();
        for (SameDiffOp operation : graph.getOps().values()) {
            List<String> results = operation.getOutputsOfOp();
            if (results.stream().noneMatch(made::contains)) {
                continue;
            }
            boolean isBad = results.stream().anyMatch(bad::contains)
                    || operation.getInputsToOp().stream().anyMatch(bad::contains);
            if (isBad) {
                bad.addAll(results);
            }
        }
        Map<String, SameDiffOp> all = graph.getOps();
        for (SameDiffOp operation : all.values()) {
            if (operation.getOutputsOfOp().stream().anyMatch(bad::contains)) {
                operation.getInputsToOp().stream()
                        .filter(name -> made.contains(name) && !bad.contains(name))
                        .filter(name -> Wiring.isFloating(graph.getVariable(name)))
                        .filter(name -> !Wiring.placeholders(graph, name).isEmpty())
                        .forEach(ends::add);
            }
        }
        Wiring.outputs(graph).stream()
                .filter(name -> made.contains(name) && !bad.contains(name))
                .forEach(ends::add);
        List<String> reversed = new ArrayList<>(ends);
        Collections.reverse(reversed);
        return reversed;
    }
}
