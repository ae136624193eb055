package org.curvature4j.onnx;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.curvature4j.samediff.Smoothness;
import org.jspecify.annotations.Nullable;

/** The operators that can be read, by name; a rule covers all versions of its operator, by the call's operator set. */
final class OnnxRules {
    /**
     * What is known of one operator.
     *
     * @param note what is assumed, or computed otherwise than one might think; may be empty
     */
    record Entry(String operator, String family, Smoothness smoothness, String note, OnnxRule rule) {}

    private static final OnnxRules STANDARD = new OnnxRules();

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, String> refusals = new TreeMap<>();
    private final Map<String, List<Integer>> settings = new TreeMap<>();
    private String family = "";

    static {
        ElementwiseRules.addTo(STANDARD.family("functions and arithmetic"));
        LogicRules.addTo(STANDARD.family("choice and element types"));
        ActivationRules.addTo(STANDARD.family("activations"));
        QuantizationRules.addTo(STANDARD.family("quantisation"));
        ProductRules.addTo(STANDARD.family("products"));
        WindowRules.addTo(STANDARD.family("windows"));
        NormalizationRules.addTo(STANDARD.family("normalisations"));
        AttentionRules.addTo(STANDARD.family("attention"));
        LossRules.addTo(STANDARD.family("losses"));
        RecurrentRules.addTo(STANDARD.family("recurrent layers"));
        ReductionRules.addTo(STANDARD.family("reductions"));
        ShapeRules.addTo(STANDARD.family("shapes"));
        SliceRules.addTo(STANDARD);
        IndexRules.addTo(STANDARD.family("indices"));
        ScatterRules.addTo(STANDARD);
        OrderRules.addTo(STANDARD.family("orders"));
        MatrixRules.addTo(STANDARD.family("matrices"));
        SignalRules.addTo(STANDARD.family("signals"));
        ControlRules.addTo(STANDARD.family("control flow"));
        SequenceRules.addTo(STANDARD.family("sequences"));
        ConstantRules.addTo(STANDARD.family("constants"));
        LinearModelRules.addTo(STANDARD.family("linear models (ai.onnx.ml)"));
        MicrosoftRules.addTo(STANDARD.family("ONNX Runtime's own (com.microsoft)"));
        OnnxRefusals.addTo(STANDARD);
    }

    private OnnxRules() {}

    private OnnxRules family(String name) {
        family = name;
        return this;
    }

    void add(String operator, Smoothness smoothness, OnnxRule rule) {
        add(operator, smoothness, "", rule);
    }

    void add(String operator, Smoothness smoothness, String note, OnnxRule rule) {
        if (entries.put(operator, new Entry(operator, family, smoothness, note, rule)) != null) {
            throw new IllegalStateException("rule '" + operator + "': expected one, got two");
        }
    }

    /** States which inputs of an operator say how it computes: its rule wants to know their numbers, which are no weights. */
    void settings(String operator, Integer... inputs) {
        settings.put(operator, List.of(inputs));
    }

    /** The inputs of an operator that say how it computes, counted from 0. */
    static List<Integer> settings(String operator) {
        return STANDARD.settings.getOrDefault(operator, List.of());
    }

    /** States why operators have no rule. */
    void refuse(String reason, String... operators) {
        for (String operator : operators) {
            refusals.put(operator, reason);
        }
    }

    static @Nullable Entry find(String operator) {
        return STANDARD.entries.get(operator);
    }

    /** Why an operator has no rule; null where there is no more to say than that. */
    static @Nullable String reasonAgainst(String operator) {
        return STANDARD.refusals.get(operator);
    }

    static Set<String> names() {
        return Collections.unmodifiableSet(STANDARD.entries.keySet());
    }

    static Map<String, Entry> entries() {
        return Collections.unmodifiableMap(STANDARD.entries);
    }

    static Map<String, String> refusals() {
        return Collections.unmodifiableMap(STANDARD.refusals);
    }
}
