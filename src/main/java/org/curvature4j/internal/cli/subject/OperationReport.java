package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.samediff.OpReport;
import org.curvature4j.samediff.Smoothness;

/** The operations of a graph in both forms of a report: by kind, or each. */
public final class OperationReport {
    private static final String UNSUPPORTED = "unsupported";

    /** Operations of a kind whose variables are named; of more, as many are. */
    private static final int NAMED = 3;

    private final List<OpReport> operations;

    /** @param operations in order */
    public OperationReport(List<OpReport> operations) {
        this.operations = operations;
    }

    /**
     * Adds the operations, and what they come to.
     *
     * @param each whether each has a line of its own; else each kind has
     */
    public void describe(Report report, boolean each) {
        Map<String, List<OpReport>> kinds = operations.stream()
                .collect(Collectors.groupingBy(OpReport::op, LinkedHashMap::new, Collectors.toList()));
        List<List<OpReport>> ordered = new ArrayList<>(kinds.values());
        // What is refused first, then what isn't smooth, then what there is most of.
        ordered.sort(Comparator.comparingInt((List<OpReport> kind) -> rank(kind.get(0)))
                .thenComparingInt(kind -> -kind.size()));
        int width = operations.stream().mapToInt(one -> one.op().length()).max().orElse(0);
        report.line(
                "operations",
                operations.isEmpty()
                        ? "none"
                        : (each ? operations.stream().map(List::of) : ordered.stream())
                                .map(kind -> line(kind, width, each))
                                .collect(Collectors.joining("\n")));
        notes(report, ordered);
        report.line("summary", summary());
        report.field("kinds", ordered.stream().map(OperationReport::kind).toList());
        report.field(
                "operations", operations.stream().map(OperationReport::fields).toList());
        report.field("supported", isSupported());
        report.field("smooth", operations.stream().allMatch(one -> one.smoothness() == Smoothness.SMOOTH));
    }

    /** Whether all can be taken over. */
    public boolean isSupported() {
        return operations.stream().allMatch(OpReport::supported);
    }

    /** Whether some may round what is computed to few steps, which other commands take only when told so. */
    public boolean quantizes() {
        return operations.stream().anyMatch(one -> one.op().matches("QuantizeLinear|DynamicQuantize.*|QLinear.*"));
    }

    private static int rank(OpReport operation) {
        return !operation.supported() ? 0 : operation.smoothness() == Smoothness.SMOOTH ? 2 : 1;
    }

    private static String line(List<OpReport> kind, int width, boolean each) {
        OpReport one = kind.get(0);
        boolean all = kind.size() <= NAMED;
        // Of smooth operations that are many no single one is looked for.
        boolean named = all || rank(one) < 2;
        String variables = kind.stream()
                .limit(NAMED)
                .flatMap(operation -> operation.variables().stream().limit(NAMED))
                .map(Printable::name)
                .collect(Collectors.joining(", "));
        return String.format("%-" + width + "s  %s%s", one.op(), each ? "" : padded(kind.size()), verdict(one))
                + (named ? " -> " + variables + (all ? "" : ", ...") : "");
    }

    private static String padded(int count) {
        return String.format("%7s  ", Numbers.grouped(count));
    }

    /** Each kind's note once. */
    private static void notes(Report report, List<List<OpReport>> kinds) {
        String notes = kinds.stream()
                .map(kind -> kind.get(0))
                .filter(operation -> !operation.note().isEmpty())
                .map(operation -> operation.op() + ": " + operation.note())
                .collect(Collectors.joining("\n"));
        if (!notes.isEmpty()) {
            report.line("notes", notes);
        }
    }

    private static String verdict(OpReport operation) {
        Smoothness smoothness = operation.smoothness();
        return smoothness == null ? UNSUPPORTED : smoothness.label();
    }

    private String summary() {
        long unsupported = operations.stream().filter(one -> !one.supported()).count();
        if (unsupported > 0) {
            return Numbers.grouped(unsupported) + " of " + Words.count(operations.size(), "operation") + " unsupported";
        }
        long bent = operations.stream()
                .filter(one -> one.smoothness() != Smoothness.SMOOTH)
                .count();
        return Words.count(operations.size(), "operation") + ", all supported, "
                + (bent == 0 ? "all smooth" : Numbers.grouped(bent) + " with kinks or steps");
    }

    private static Map<String, Object> kind(List<OpReport> kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("op", kind.get(0).op());
        fields.put("count", kind.size());
        fields.put("smoothness", verdict(kind.get(0)));
        fields.put("note", kind.get(0).note());
        return fields;
    }

    private static Map<String, Object> fields(OpReport operation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("op", operation.op());
        fields.put("variables", operation.variables());
        fields.put("supported", operation.supported());
        fields.put("smoothness", verdict(operation));
        fields.put("note", operation.note());
        return fields;
    }
}
