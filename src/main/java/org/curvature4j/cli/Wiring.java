package org.curvature4j.cli;

import java.util.List;
import java.util.Set;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.buffer.DataType;

/** What leads where in a SameDiff graph: candidates for inputs and outputs that the user didn't name. */
final class Wiring {
    private Wiring() {}

    /** The computed variables of floating point that no operation takes, in order of their names. */
    static List<String> outputs(SameDiff graph) {
        return graph.getVariables().values().stream()
                .filter(variable -> variable.getOutputOfOp() != null)
                .filter(variable -> variable.getInputsForOp() == null
                        || variable.getInputsForOp().isEmpty())
                .filter(variable -> isFloating(variable.getVariable()))
                .map(Variable::getName)
                .toList();
    }

    /** The placeholders that a variable depends on, in order of their names. */
    static List<SDVariable> placeholders(SameDiff graph, String output) {
        Set<String> needed = SameDiffImport.leaves(graph, List.of(output));
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.PLACEHOLDER)
                .filter(variable -> needed.contains(variable.name()))
                .toList();
    }

    /** Whether a variable holds numbers that can be differentiated by. */
    static boolean isFloating(SDVariable variable) {
        @Nullable DataType type = variable.dataType();
        return type == null || type.isFPType();
    }
}
