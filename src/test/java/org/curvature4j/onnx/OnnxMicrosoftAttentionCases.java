package org.curvature4j.onnx;

import static onnx.Onnx.TensorProto.DataType.INT32;

import java.util.ArrayList;
import java.util.List;

/** Uses of ONNX Runtime's own attention operators. */
final class OnnxMicrosoftAttentionCases {
    private final List<OnnxModels> cases = new ArrayList<>();

    private OnnxMicrosoftAttentionCases() {}

    static List<OnnxModels> all() {
        OnnxMicrosoftAttentionCases all = new OnnxMicrosoftAttentionCases();
        all.attention();
        all.multiHead();
        all.groupQuery();
        return all.cases;
    }

    private OnnxModels add(String operator) {
        OnnxModels model = OnnxMicrosoftCases.model(operator);
        cases.add(model);
        return model;
    }

    private OnnxModels attention(long columns) {
        return add("Attention").input(2, 3, 4).input(4, columns).input(columns).with("num_heads", 2L);
    }

    private void attention() {
        attention(12);
        attention(12).with("unidirectional", 1L).with("scale", 0.75f);
        attention(14).list("qkv_hidden_sizes", 4, 4, 6);
        attention(12).whole(INT32, new long[] {2}, 3, 2);
        attention(12).whole(INT32, new long[] {4}, 3, 2, 1, 0);
        attention(12).whole(INT32, new long[] {2, 3}, 1, 0, 1, 1, 1, 0).with("mask_filter_value", -3f);
        attention(12)
                .whole(INT32, new long[] {2, 3, 3}, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1)
                .skipped()
                .input(2, 2, 3, 3);
        attention(12).skipped().skipped().input(1, 2, 3, 3);
        attention(12).outputs(2).skipped().input(2, 2, 2, 5, 2).with("unidirectional", 1L);
        attention(12).outputs(2).looksAt(1).skipped().input(2, 2, 2, 5, 2);
    }

    private OnnxModels multiHead(long... keys) {
        return add("MultiHeadAttention").with("num_heads", 2L).input(2, 3, 4).input(keys);
    }

    private void multiHead() {
        multiHead(2, 5, 4).input(2, 5, 6);
        multiHead(2, 5, 4).input(2, 5, 6).input(14).whole(INT32, new long[] {2}, 5, 3);
        multiHead(2, 5, 4)
                .input(2, 5, 6)
                .skipped()
                .whole(INT32, new long[] {2, 5}, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0)
                .input(1, 1, 3, 5);
        multiHead(2, 5, 4).input(2, 5, 6).input(14).skipped().input(2, 2, 3, 5).with("scale", 0.25f);
        multiHead(2, 3, 4).input(2, 3, 4).with("unidirectional", 1L);
        multiHead(2, 2, 5, 2).input(2, 2, 5, 2);
        multiHead(2, 3, 4)
                .input(2, 3, 4)
                .skipped()
                .skipped()
                .skipped()
                .input(2, 2, 2, 2)
                .input(2, 2, 2, 2)
                .outputs(3);
    }

    /** Queries of 4 heads, keys and values of 2, with 16 features each, packed or not; of one example where there is a past. */
    private OnnxModels groupQuery(boolean packed, boolean past) {
        long batch = past ? 1 : 2;
        OnnxModels model =
                add("GroupQueryAttention").outputs(3).with("num_heads", 4L).with("kv_num_heads", 2L);
        if (packed) {
            model.input(batch, 3, 128).skipped().skipped();
        } else {
            model.input(batch, 3, 64).input(batch, 3, 32).input(batch, 3, 32);
        }
        return past
                ? model.input(1, 2, 4, 16)
                        .input(1, 2, 4, 16)
                        .whole(INT32, new long[] {1}, 6)
                        .whole(INT32, new long[0], 7)
                : model.skipped().skipped().whole(INT32, new long[] {2}, 2, 2).whole(INT32, new long[0], 3);
    }

    private void groupQuery() {
        groupQuery(false, false);
        groupQuery(true, false).with("scale", 0.75f).with("softcap", 1.5f);
        groupQuery(false, true);
        groupQuery(false, true).looksAt(1);
        for (long interleaved : new long[] {0, 1}) {
            groupQuery(true, true)
                    .input(9, 8)
                    .input(9, 8)
                    .with("do_rotary", 1L)
                    .with("rotary_interleaved", interleaved);
            groupQuery(false, false)
                    .input(9, 8)
                    .input(9, 8)
                    .with("do_rotary", 1L)
                    .with("rotary_interleaved", interleaved);
        }
        groupQuery(false, false).with("smooth_softmax", 1L);
        groupQuery(false, false).skipped().skipped().skipped().input(1, 4, 3, 3).input(4);
        add("RotaryEmbedding").input(2, 3, 8).integers(0).input(5, 2).input(5, 2);
        add("RotaryEmbedding")
                .input(2, 2, 3, 4)
                .integers(new long[] {2, 3}, 0, 1, 2, 4, 3, 1)
                .input(5, 2)
                .input(5, 2)
                .with("interleaved", 1L);
    }
}
