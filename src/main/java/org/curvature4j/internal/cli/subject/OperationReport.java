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

    /** Operations of a kind whose variables are named, and reasons that are told; of more, as many are. */
    private static final int NAMED = 3;

    private final List<OpReport> operations;
    private final boolean tried;

    /**
     * @param operations in order
     * @param tried whether their rules were asked, or only looked for
     */
    public OperationReport(List<OpReport> operations, boolean tried) {
        this.operations = operations;
        this.tried = tried;
    }

    /**
     * Adds the operations, and what they come to.
     *
     * @param each whether each has a line of its own; else each kind has
     */
    public void describe(Report report, boolean each) {
        Map<List<String>, List<OpReport>> kinds = operations.stream()
                .collect(Collectors.groupingBy(
                        one -> List.of(one.op(), verdict(one)), LinkedHashMap::new, Collectors.toList()));
        List<List<OpReport>> ordered = new ArrayList<>(kinds.values());
        // What is refused first, then what isn't known, then what isn't smooth, then what there is most of.
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
        report.field("supported", operations.stream().noneMatch(OpReport::isRefused));
        report.field("notJudged", tried ? unjudged() : operations.size());
        report.field("smooth", operations.stream().allMatch(one -> one.smoothness() == Smoothness.SMOOTH));
    }

    /** Whether some may round what is computed to few steps, which other commands take only when told so. */
    public boolean quantizes() {
        return operations.stream().anyMatch(one -> one.op().matches("QuantizeLinear|DynamicQuantize.*|QLinear.*"));
    }

    /** What would have to be known to judge operations that can't be yet, each once, in words. */
    static String needs(List<OpReport> operations) {
        List<String> needs = operations.stream()
                .flatMap(one -> one.needs().stream())
                .distinct()
                .toList();
        String hint = needs.stream().anyMatch(need -> need.startsWith("the sizes"))
                ? " (--shape NAME=SIZES)"
                : needs.stream().anyMatch(need -> need.startsWith("the value")) ? " (--feed NAME=FILE gives one)" : "";
        return needs.stream().limit(NAMED).map(Printable::name).collect(Collectors.joining(", "))
                + (needs.size() > NAMED ? ", ..." : "")
                + hint;
    }

    private long unjudged() {
        return operations.stream().filter(one -> !one.needs().isEmpty()).count();
    }

    private static int rank(OpReport operation) {
        return operation.isRefused()
                ? 0
                : !operation.needs().isEmpty() ? 1 : operation.smoothness() == Smoothness.SMOOTH ? 3 : 2;
    }

    private static String line(List<OpReport> kind, int width, boolean each) {
        OpReport one = kind.get(0);
        boolean all = kind.size() <= NAMED;
        // Of smooth operations that are many no single one is looked for.
        boolean named = all || rank(one) < 3;
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

    /** Each kind's note once, and why rules refuse what they do. */
    private static void notes(Report report, List<List<OpReport>> kinds) {
        List<String> notes = new ArrayList<>();
        for (List<OpReport> kind : kinds) {
            kind.stream()
                    .map(OpReport::refusal)
                    .filter(reason -> !reason.isEmpty())
                    .limit(NAMED)
                    .forEach(notes::add);
            OpReport one = kind.get(0);
            String note = one.op() + ": " + one.note();
            if (!one.note().isEmpty() && !notes.contains(note)) {
                notes.add(note);
            }
        }
        if (!notes.isEmpty()) {
            report.line("notes", String.join("\n", notes));
        }
    }

    private static String smoothness(OpReport operation) {
        Smoothness smoothness = operation.smoothness();
        return smoothness == null ? UNSUPPORTED : smoothness.label();
    }

    private static String verdict(OpReport operation) {
        String more =
                !operation.refusal().isEmpty() ? ", refused" : operation.needs().isEmpty() ? "" : ", not judged";
        return smoothness(operation) + more;
    }

    private String summary() {
        long unsupported = operations.stream().filter(one -> !one.supported()).count();
        long refused = operations.stream().filter(OpReport::isRefused).count() - unsupported;
        long unjudged = unjudged();
        String all = Words.count(operations.size(), "operation");
        List<String> parts = new ArrayList<>();
        if (unsupported > 0) {
            parts.add(Numbers.grouped(unsupported) + " of " + all + " unsupported");
        }
        if (refused > 0) {
            parts.add(Numbers.grouped(refused) + " of " + all + " refused as it stands");
        }
        if (unjudged > 0) {
            parts.add(Numbers.grouped(unjudged) + " of " + all + " not judged: needs " + needs(operations));
        }
        if (parts.isEmpty()) {
            parts.add(all + ", all " + (tried ? "supported" : "of kinds that are supported"));
        }
        if (unsupported == 0) {
            long bent = operations.stream()
                    .filter(one -> one.smoothness() != Smoothness.SMOOTH)
                    .count();
            parts.add(bent == 0 ? "all smooth" : Numbers.grouped(bent) + " with kinks or steps");
        }
        return String.join(unjudged > 0 ? "; " : ", ", parts);
    }

    private static Map<String, Object> kind(List<OpReport> kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("op", kind.get(0).op());
        fields.put("count", kind.size());
        fields.put("smoothness", smoothness(kind.get(0)));
        fields.put("verdict", verdict(kind.get(0)));
        fields.put("note", kind.get(0).note());
        return fields;
    }

    private static Map<String, Object> fields(OpReport operation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("op", operation.op());
        fields.put("variables", operation.variables());
        fields.put("supported", operation.supported());
        fields.put("smoothness", smoothness(operation));
        fields.put("note", operation.note());
        fields.put("refusal", operation.refusal());
        fields.put("needs", operation.needs());
        return fields;
    }
}
