package org.curvature4j.onnx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operators that can be read, by name; a rule covers all versions from opset 9 to 20. */
final class OnnxRules {
    private static final Map<String, OnnxRule> RULES = new TreeMap<>();

    static {
        ElementwiseRules.addTo(RULES);
        ActivationRules.addTo(RULES);
        ProductRules.addTo(RULES);
        WindowRules.addTo(RULES);
        NormalizationRules.addTo(RULES);
        ReductionRules.addTo(RULES);
        ShapeRules.addTo(RULES);
        IndexRules.addTo(RULES);
        ConstantRules.addTo(RULES);
    }

    private OnnxRules() {}

    static @Nullable OnnxRule find(String operator) {
        return RULES.get(operator);
    }

    static Set<String> names() {
        return RULES.keySet();
    }
}
