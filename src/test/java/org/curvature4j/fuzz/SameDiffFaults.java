package org.curvature4j.fuzz;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Where SameDiff itself is no measure: what is documented as a deliberate difference, or known to be wrong there. */
final class SameDiffFaults {
    /** Some of ND4J's constants have 8 digits only. */
    static final double TOLERANCE = 1e-6;

    /** ND4J's operations whose values aren't compared, and why. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("precise_gelu", "cubes 0.044715 too"),
            Map.entry("log_softmax", "minus infinity for large operands"),
            Map.entry("assign", "may give its first operand back"),
            Map.entry("batched_gemm", "aborts the JVM"),
            Map.entry("tensordot", "contracts one axis only"),
            Map.entry("dropout", "drops, though not in training"),
            Map.entry("dropout_inverted", "drops, though not in training"),
            Map.entry("scatter_add", "loses terms at random"),
            Map.entry("reduce_sqnorm", "moves elements where an axis has size 1"),
            Map.entry("scatter_update", "its own SameDiff method forgets an argument"),
            Map.entry("segment_sum", "differs from the mathematics"),
            Map.entry("segment_mean", "differs from the mathematics"),
            Map.entry("segment_prod", "takes 1 for a first element"),
            Map.entry("segment_max", "differs from the mathematics"),
            Map.entry("segment_min", "differs from the mathematics"),
            Map.entry("unsorted_segment_sum", "wrong for one row"),
            Map.entry("clipbyavgnorm", "aborts the JVM"),
            Map.entry("strided_slice", "aborts the JVM where a stride is negative"));

    /** What SameDiff's own files don't hold, and why. */
    private static final Map<String, String> FILES = Map.of(
            "var", "forget that the bias stays",
            "std", "forget that the bias stays",
            "lstmLayer", "can't be read again",
            "cas", "forget the condition",
            "car", "forget the condition");

    /** Beyond it a conversion to integers is undefined in C. */
    private static final double LARGEST_INTEGER = 1e9;

    private SameDiffFaults() {}

    /** Whether the value that SameDiff computes isn't to be compared. */
    static boolean concern(Subject s) {
        boolean empty =
                s.program.given().stream().anyMatch(given -> given.shape().size() == 0);
        return empty
                || applies(s, VALUES.keySet())
                || (s.applies("cast") && isFarOut(s))
                || (applies(s, Set.of("var", "std")) && isNowhere(s));
    }

    /** SameDiff takes 0 for the deviation of one element, bias corrected. */
    private static boolean isNowhere(Subject s) {
        return Arrays.stream(s.evaluate(s.value.get())).anyMatch(Double::isNaN);
    }

    private static boolean isFarOut(Subject s) {
        return s.program.given().stream()
                .flatMap(given -> given.values().stream())
                .anyMatch(value -> Math.abs(value) > LARGEST_INTEGER);
    }

    private static boolean applies(Subject s, Set<String> ops) {
        return ops.stream().anyMatch(s::applies);
    }

    /** Whether a file of SameDiff's has less than the graph. */
    static boolean filesLose(Subject s) {
        return applies(s, FILES.keySet());
    }
}
