package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;

/** Uses of normalisations, attention and losses. */
final class OnnxNormalizationCases {
    private static final float EPSILON = 0.0009765625f;

    private final List<OnnxModels> cases = new ArrayList<>();

    private OnnxNormalizationCases() {}

    static List<OnnxModels> all() {
        OnnxNormalizationCases all = new OnnxNormalizationCases();
        all.normalizations();
        all.softmax();
        all.attention();
        all.newer();
        all.losses();
        return all.cases;
    }

    private OnnxModels add(String operator, long opset) {
        OnnxModels model = new OnnxModels(operator, opset);
        cases.add(model);
        return model;
    }

    private void normalizations() {
        long[] three = {3};
        for (long opset : List.of(7L, 9L, 14L, 15L)) {
            add("BatchNormalization", opset)
                    .input(2, 3, 4, 2)
                    .constant(three, 1, 2, 3)
                    .constant(three, 0, 1, -1)
                    .constant(three, 0.1, 0.2, 0.3)
                    .constant(three, 1, 2, 0.5)
                    .with("epsilon", EPSILON);
        }
        add("BatchNormalization", 15)
                .input(2, 3, 4)
                .input(3)
                .input(3)
                .constant(three, 0.1, 0.2, 0.3)
                .constant(three, 1, 2, 0.5)
                .with("training_mode", 1L)
                .with("epsilon", EPSILON)
                .outputs(3);
        add("InstanceNormalization", 13)
                .input(2, 3, 4, 2)
                .constant(three, 1, 2, 3)
                .constant(three, 0, 1, -1)
                .with("epsilon", EPSILON);
        add("LayerNormalization", 17)
                .input(2, 4, 3)
                .constant(three, 1, 2, 3)
                .constant(three, 0, 1, -1)
                .with("epsilon", EPSILON)
                .outputs(3);
        add("LayerNormalization", 17).input(2, 3).constant(three, 1, 2, 3).with("epsilon", EPSILON);
        add("LayerNormalization", 17)
                .input(2, 2, 3)
                .input(2, 3)
                .with("axis", 1L)
                .with("epsilon", EPSILON);
        add("GroupNormalization", 18)
                .input(2, 4, 3)
                .input(2)
                .input(2)
                .with("num_groups", 2L)
                .with("epsilon", EPSILON)
                .within(1e-6);
        add("GroupNormalization", 21)
                .input(2, 4, 3, 2)
                .input(4)
                .input(4)
                .with("num_groups", 2L)
                .with("epsilon", EPSILON)
                .within(1e-6);
        add("RMSNormalization", 23).input(2, 3, 4).input(4).with("epsilon", EPSILON);
        add("RMSNormalization", 23).input(2, 3, 4).input(3, 4).with("axis", -2L).with("epsilon", EPSILON);
        add("SimplifiedLayerNormalization", 17).input(2, 3, 4).input(4).with("epsilon", EPSILON);
        add("SkipLayerNormalization", 17)
                .of("com.microsoft")
                .input(2, 3, 4)
                .input(2, 3, 4)
                .input(4)
                .input(4)
                .input(4)
                .with("epsilon", EPSILON);
        add("MeanVarianceNormalization", 13).input(2, 3, 4, 2);
        add("MeanVarianceNormalization", 13).input(2, 3, 4, 2).list("axes", 1L, -1L);
        for (long p = 1; p <= 2; p++) {
            add("LpNormalization", 13).input(2, 3, 4).with("p", p).with("axis", 1L);
        }
    }

    private void softmax() {
        for (String name : List.of("Softmax", "LogSoftmax", "Hardmax")) {
            add(name, 13).input(2, 3, 4);
            add(name, 13).input(2, 3, 4).with("axis", 1L);
            add(name, 11).input(2, 3);
            add(name, 11).input(2, 3, 4).with("axis", 1L);
            add(name, 11).input(2, 3, 4).with("axis", 2L);
        }
    }

    private void attention() {
        add("Attention", 23)
                .input(1, 2, 3, 4)
                .input(1, 2, 5, 4)
                .input(1, 2, 5, 3)
                .single();
        add("Attention", 23)
                .input(2, 2, 3, 4)
                .input(2, 2, 3, 4)
                .input(2, 2, 3, 4)
                .with("is_causal", 1L)
                .single();
        add("Attention", 23)
                .input(1, 2, 3, 4)
                .input(1, 2, 3, 4)
                .input(1, 2, 3, 4)
                .input(3, 3)
                .with("scale", 0.25f)
                .single();
        add("RotaryEmbedding", 23).input(1, 2, 3, 4).input(1, 3, 2).input(1, 3, 2);
        add("RotaryEmbedding", 23)
                .input(2, 3, 8)
                .input(5, 1)
                .input(5, 1)
                .integers(new long[] {2, 3}, 0, 1, 2, 4, 3, 1)
                .with("num_heads", 2L)
                .with("rotary_embedding_dim", 2L)
                .with("interleaved", 1L);
        add("RotaryEmbedding", 17)
                .of("com.microsoft")
                .input(1, 3, 8)
                .integers(1)
                .input(5, 2)
                .input(5, 2)
                .with("num_heads", 2L);
    }

    /** What ONNX Runtime has no kernel for, by hand; {@code OnnxNewOperatorsTest} has more. */
    private void newer() {
        add("LinearAttention", 27)
                .constant(new long[] {1, 2, 1}, 1, 2)
                .constant(new long[] {1, 2, 1}, 1, 3)
                .constant(new long[] {1, 2, 1}, 1, 1)
                .with("update_rule", "linear")
                .with("q_num_heads", 1L)
                .with("kv_num_heads", 1L)
                .outputs(2)
                .gives(1, 8);
        add("FlexAttention", 26)
                .of("ai.onnx.preview")
                .constant(new long[] {1, 1, 1, 1}, 0)
                .constant(new long[] {1, 1, 2, 1}, 1, 2)
                .constant(new long[] {1, 1, 2, 1}, 3, 5)
                .gives(4);
    }

    private void losses() {
        for (String name : List.of("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss")) {
            for (String reduction : List.of("none", "sum", "mean")) {
                add(name, 13).input(3, 4).integers(0, 3, 1).with("reduction", reduction);
                add(name, 13)
                        .input(2, 4, 3)
                        .integers(new long[] {2, 3}, 0, 3, 1, 2, 2, 0)
                        .constant(new long[] {4}, 0.5, 1, 2, 1.5)
                        .with("reduction", reduction)
                        .with("ignore_index", 2L);
            }
        }
    }
}
