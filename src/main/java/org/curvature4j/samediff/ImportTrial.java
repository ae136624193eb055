package org.curvature4j.samediff;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.UnknownValue;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/** Takes a graph over as far as that goes: for each operation whether its rule takes it, refuses it, or can't be asked yet. */
final class ImportTrial {
    private final SameDiff source;
    private final SameDiffImport run;
    private final ImportRules rules;

    /** What would have to be known of variables that there is nothing of, by their names. */
    private final Map<String, Set<String>> missing = new HashMap<>();

    /** @param run which nothing has been taken over by */
    ImportTrial(SameDiff source, SameDiffImport run, ImportRules rules) {
        this.source = source;
        this.run = run;
        this.rules = rules;
    }

    /** What the graph's operations come to; see {@link SameDiffImport#attempt}. */
    List<OpReport> reports(List<String> outputs) {
        NeededOps needed = NeededOps.of(source, outputs.isEmpty() ? ends() : outputs, Set.of());
        needed.leaves().forEach(this::read);
        Map<String, OpReport> tried = new HashMap<>();
        needed.operations().forEach(operation -> tried.put(operation.getName(), tried(operation)));
        // What is inside of a loop is tried with the loop, and told by its end.
        return operations(source, outputs).stream()
                .map(operation -> tried.getOrDefault(operation.getName(), OpReport.of(operation, rules)))
                .toList();
    }

    /** What some outputs need, or all that there is, in the graph's order. */
    static List<SameDiffOp> operations(SameDiff source, List<String> outputs) {
        return outputs.isEmpty()
                ? List.copyOf(source.getOps().values())
                : NeededOps.of(source, outputs, Set.of()).withLoops(source);
    }

    /** What nothing takes. */
    private List<String> ends() {
        return source.getOps().values().stream()
                .flatMap(operation -> operation.getOutputsOfOp().stream())
                .filter(name -> {
                    List<String> takers = NeededOps.variable(source, name).getInputsForOp();
                    return takers == null || takers.isEmpty();
                })
                .toList();
    }

    /** A placeholder is taken for one example where only its first size is open, as functions of a point are. */
    private void read(String leaf) {
        SDVariable variable = source.getVariable(leaf);
        try {
            if (variable.getVariableType() != VariableType.PLACEHOLDER) {
                run.copyConstant(leaf);
                return;
            }
            long @Nullable [] shape = ofOneExample(variable.getShape());
            if (shape == null) {
                missing.put(leaf, Set.of("the sizes of '" + leaf + "'"));
            } else {
                run.declare(leaf, Shape.of(shape));
            }
        } catch (IllegalArgumentException e) {
            missing.put(leaf, Set.of("another '" + leaf + "': " + e.getMessage()));
        }
    }

    private static long @Nullable [] ofOneExample(long @Nullable [] declared) {
        if (declared == null || LongStream.of(declared).skip(1).anyMatch(size -> size < 0)) {
            return null;
        }
        long[] shape = declared.clone();
        if (shape.length > 0 && shape[0] < 0) {
            shape[0] = 1;
        }
        return shape;
    }

    private OpReport tried(SameDiffOp operation) {
        OpReport report = OpReport.of(operation, rules);
        Set<String> open = new LinkedHashSet<>();
        if (report.supported()) {
            operands(operation).forEach(name -> open.addAll(missing.getOrDefault(name, Set.of())));
            if (open.isEmpty()) {
                try {
                    run.apply(operation);
                    return report;
                } catch (IllegalArgumentException e) {
                    open.addAll(values(e));
                    report = open.isEmpty() ? report.refused(String.valueOf(e.getMessage())) : report;
                }
            }
        }
        for (String made : operation.getOutputsOfOp()) {
            missing.put(made, open.isEmpty() ? Set.of("what '" + made + "' is") : open);
        }
        return open.isEmpty() ? report : report.waiting(List.copyOf(open));
    }

    private Set<String> operands(SameDiffOp operation) {
        return WhileLoop.isExit(operation)
                ? WhileLoop.of(source, operation).operands(source, 1)
                : new LinkedHashSet<>(operation.getInputsToOp());
    }

    /** The placeholders whose values a rule has to know, in words; none where an error has another reason. */
    private List<String> values(IllegalArgumentException error) {
        UnknownValue unknown = UnknownValue.behind(error);
        return unknown == null
                ? List.of()
                : unknown.inputs().stream()
                        .filter(source.inputs()::contains)
                        .map(name -> "the value of '" + name + "'")
                        .toList();
    }
}
