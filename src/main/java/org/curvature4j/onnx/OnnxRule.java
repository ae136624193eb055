package org.curvature4j.onnx;

import java.util.List;

/** What an operator becomes in a SameDiff graph: its outputs, in order; trailing ones that nothing may use are left out. */
@FunctionalInterface
interface OnnxRule {
    List<OnnxValue> apply(OnnxNode node);

    /** A rule for operators of one output. */
    @FunctionalInterface
    interface Single {
        OnnxValue apply(OnnxNode node);
    }

    static OnnxRule single(Single rule) {
        return node -> List.of(rule.apply(node));
    }
}
