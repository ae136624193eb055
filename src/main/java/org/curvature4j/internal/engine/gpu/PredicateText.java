package org.curvature4j.internal.engine.gpu;

import static org.curvature4j.internal.engine.gpu.PtxDialect.line;

import java.util.Locale;
import org.curvature4j.op.Comparison;

/** Kernels of booleans in PTX. Those that are known come as numbers, 0 being false, and become predicates first. */
final class PredicateText {
    private PredicateText() {}

    /** A connective. */
    static String connect(Comparison connective, String result, String x, String y) {
        return "\t{\n\t.reg .pred %own0, %own1;\n"
                + predicate("%own0", x)
                + predicate("%own1", y)
                + line(connective.name().toLowerCase(Locale.ROOT) + ".pred", result, "%own0", "%own1") + "\t}\n";
    }

    /** A choice between numbers. */
    static String select(String number, String result, String condition, String yes, String no) {
        return isKnown(condition)
                ? "\t{\n\t.reg .pred %own0;\n" + predicate("%own0", condition)
                        + line("selp." + number, result, yes, no, "%own0") + "\t}\n"
                : line("selp." + number, result, yes, no, condition);
    }

    /** A choice between booleans. */
    static String select(String result, String condition, String yes, String no) {
        return "\t{\n\t.reg .pred %own<4>;\n"
                + predicate("%own0", condition)
                + predicate("%own1", yes)
                + predicate("%own2", no)
                + line("not.pred", "%own3", "%own0")
                + line("and.pred", "%own1", "%own1", "%own0")
                + line("and.pred", "%own2", "%own2", "%own3")
                + line("or.pred", result, "%own1", "%own2") + "\t}\n";
    }

    private static boolean isKnown(String operand) {
        return !operand.startsWith("%");
    }

    private static String predicate(String name, String operand) {
        return isKnown(operand)
                ? line("setp.neu.f64", name, operand, PtxDialect.literal(0.0))
                : line("mov.pred", name, operand);
    }
}
