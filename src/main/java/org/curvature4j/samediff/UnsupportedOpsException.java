package org.curvature4j.samediff;

import java.util.List;
import java.util.stream.Collectors;

/** A graph holds operations that this library can't import. Names every one of them, with its variables. */
public final class UnsupportedOpsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<OpReport> operations;

    UnsupportedOpsException(List<OpReport> operations) {
        super(message(operations));
        this.operations = List.copyOf(operations);
    }

    /** The operations without a rule, in the graph's order. */
    public List<OpReport> operations() {
        return operations;
    }

    private static String message(List<OpReport> operations) {
        String lines = operations.stream()
                .map(operation -> "  " + operation.op() + " -> " + String.join(", ", operation.variables()) + ": "
                        + operation.note())
                .collect(Collectors.joining("\n"));
        return "graph: expected operations that can be imported, got " + operations.size() + " that can't:\n" + lines
                + "\n(rewrite them with supported operations; for one of SameDiff's own a rule may be registered:"
                + " ImportRules.standard().with(...))";
    }
}
