package org.curvature4j.onnx;

import static onnx.Onnx.TensorProto.DataType.INT32;
import static onnx.Onnx.TensorProto.DataType.UINT8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import onnx.Onnx.NodeProto;

/** Uses of ONNX Runtime's own operators, as its optimiser writes them. It computes them in float32. */
final class OnnxMicrosoftCases {
    private final List<OnnxModels> cases = new ArrayList<>();

    private OnnxMicrosoftCases() {}

    static List<OnnxModels> all() {
        OnnxMicrosoftCases all = new OnnxMicrosoftCases();
        all.products();
        all.sums();
        all.normalizations();
        all.packedWeights();
        all.formulas();
        all.cases.addAll(OnnxMicrosoftAttentionCases.all());
        return all.cases;
    }

    /** A model of one, in float32. */
    static OnnxModels model(String operator) {
        return new OnnxModels(operator, 17).of("com.microsoft").single().between(-1, 1);
    }

    private OnnxModels add(String operator) {
        OnnxModels model = model(operator);
        cases.add(model);
        return model;
    }

    private void products() {
        add("Inverse").input(2, 3, 3).within(1e-9);
        for (String operator : List.of("FusedMatMul", "TransposeMatMul")) {
            add(operator).input(2, 4, 3).input(2, 4, 5).with("transA", 1L).with("alpha", 0.5f);
            add(operator).input(2, 3, 4).input(5, 4).with("transB", 1L);
        }
        add("FusedMatMul").input(3, 2, 4).input(2, 4, 5).with("transBatchA", 1L);
        add("FusedMatMul").input(2, 3, 4).input(5, 2, 4).with("transBatchB", 1L).with("transB", 1L);
        add("FusedMatMul").input(3, 2, 4).input(2, 3, 5).with("transBatchA", 1L).with("transA", 1L);
        for (String activation : List.of("Relu", "Sigmoid", "Tanh", "Softplus", "Softsign")) {
            add("FusedGemm")
                    .input(2, 3)
                    .input(3, 4)
                    .input(4)
                    .with("alpha", 0.5f)
                    .with("activation", activation);
        }
        add("FusedGemm")
                .input(2, 3)
                .input(4, 3)
                .with("transB", 1L)
                .with("activation", "LeakyRelu")
                .with("activation_alpha", 0.25f);
        add("FusedConv")
                .input(1, 2, 5, 4)
                .input(3, 2, 3, 3)
                .input(3)
                .list("pads", 1L, 1L, 1L, 1L)
                .with("activation", "Relu");
        add("FusedConv")
                .input(1, 2, 5, 4)
                .input(3, 2, 3, 3)
                .input(3)
                .input(1, 3, 3, 2)
                .with("activation", "Sigmoid");
        add("FusedConv")
                .input(1, 2, 5, 4)
                .input(3, 2, 3, 3)
                .with("activation", "Clip")
                .floats("activation_params", -0.5, 0.75);
        add("FusedConv")
                .input(1, 2, 5, 4)
                .input(3, 2, 3, 3)
                .with("activation", "HardSigmoid")
                .floats("activation_params", 0.3, 0.4);
    }

    private void sums() {
        add("Gelu").input(2, 5);
        add("FastGelu").input(9);
        add("BiasGelu").input(2, 9).input(9);
        add("QuickGelu").input(9).with("alpha", 1.25f);
        for (String metric : List.of("euclidean", "sqeuclidean")) {
            add("CDist").input(3, 4).input(2, 4).with("metric", metric);
        }
        add("Trilu").input(3, 4).integer(1);
    }

    private void normalizations() {
        add("SkipLayerNormalization")
                .input(2, 3, 4)
                .input(2, 3, 4)
                .input(4)
                .input(4)
                .input(4);
        add("SkipLayerNormalization")
                .outputs(4)
                .looksAt(3)
                .input(2, 3, 4)
                .input(2, 3, 4)
                .input(4)
                .with("epsilon", 0.5f);
        add("SkipSimplifiedLayerNormalization")
                .input(2, 3, 4)
                .input(2, 3, 4)
                .input(4)
                .input(4);
        add("SkipSimplifiedLayerNormalization")
                .outputs(4)
                .looksAt(3)
                .input(2, 3, 4)
                .input(2, 3, 4)
                .input(4);
        add("EmbedLayerNormalization")
                .outputs(2)
                .whole(INT32, new long[] {2, 3}, 4, 0, 1, 2, 2, 3)
                .whole(INT32, new long[] {2, 3}, 0, 1, 1, 0, 0, 1)
                .input(5, 4)
                .input(6, 4)
                .input(2, 4)
                .input(4)
                .input(4)
                .whole(INT32, new long[] {2, 3}, 1, 1, 0, 1, 1, 1);
        add("EmbedLayerNormalization")
                .outputs(2)
                .looksAt(1)
                .whole(INT32, new long[] {2, 3}, 4, 0, 1, 2, 2, 3)
                .skipped()
                .input(5, 4)
                .input(6, 4)
                .skipped()
                .input(4)
                .input(4)
                .whole(INT32, new long[] {2, 3}, 1, 1, 0, 1, 1, 1);
        add("EmbedLayerNormalization")
                .outputs(3)
                .looksAt(2)
                .whole(INT32, new long[] {2, 3}, 4, 0, 1, 2, 2, 3)
                .skipped()
                .input(5, 4)
                .input(6, 4)
                .skipped()
                .input(4)
                .input(4)
                .skipped()
                .whole(INT32, new long[] {2, 3}, 5, 0, 1, 0, 0, 1)
                .with("epsilon", 0.5f);
    }

    private static int[] bytes(int count) {
        return new Random(5).ints(count, 0, 256).toArray();
    }

    private void packedWeights() {
        // 3 columns of 20 numbers in blocks of 16: half a block is no part.
        for (int bits : new int[] {4, 8}) {
            int bytes = 2 * bits;
            add("MatMulNBits")
                    .input(2, 2, 20)
                    .whole(UINT8, new long[] {3, 2, bytes}, bytes(6 * bytes))
                    .input(6)
                    .with("K", 20L)
                    .with("N", 3L)
                    .with("bits", (long) bits)
                    .with("block_size", 16L)
                    .within(2e-4);
        }
        add("MatMulNBits")
                .input(2, 20)
                .whole(UINT8, new long[] {3, 2, 8}, bytes(48))
                .input(6)
                .whole(UINT8, new long[] {3}, 0x75, 0x28, 0x9a)
                .skipped()
                .input(3)
                .with("K", 20L)
                .with("N", 3L)
                .with("bits", 4L)
                .with("block_size", 16L)
                .within(2e-4);
        add("MatMulNBits")
                .input(2, 20)
                .whole(UINT8, new long[] {3, 2, 8}, bytes(48))
                .input(6)
                .input(6)
                .with("K", 20L)
                .with("N", 3L)
                .with("bits", 4L)
                .with("block_size", 16L)
                .within(2e-4);
        add("GatherBlockQuantized")
                .whole(UINT8, new long[] {3, 16}, bytes(48))
                .integers(new long[] {2, 2}, 2, 0, 1, 1)
                .input(3, 2)
                .with("block_size", 16L)
                .within(2e-5);
        add("GatherBlockQuantized")
                .whole(UINT8, new long[] {3, 16}, bytes(48))
                .integers(new long[] {2, 2}, 2, 0, 1, 1)
                .input(3, 2)
                .whole(UINT8, new long[] {3, 1}, 0x75, 0x28, 0x9a)
                .with("block_size", 16L);
    }

    private OnnxModels formula(String operator) {
        return add(operator).within(1e-12);
    }

    /** Those for which ONNX Runtime has no kernel on the processor. */
    private void formulas() {
        long[] row = {1, 2};
        formula("FusedMatMulActivation")
                .constant(row, 1, -2)
                .constant(new long[] {2, 2}, 1, 2, 3, 4)
                .with("activation", "LeakyRelu")
                .with("activation_alpha", 0.5f)
                .gives(-2.5, -3);
        double z = 0.75;
        formula("GemmFastGelu")
                .constant(row, 1, -2)
                .constant(new long[] {2, 1}, 1, 0.5)
                .constant(new long[] {1}, z)
                .gives(z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z))));
        // Of float64 it breaks the process.
        formula("ExpandDims")
                .constant(row, 1, -2)
                .whole(INT32, new long[0], -2)
                .then(NodeProto.newBuilder().setOpType("Shape"), "middle")
                .gives(1, 1, 2);
        formula("BiasAdd")
                .constant(row, 1, -2)
                .constant(new long[] {2}, 3, 4)
                .constant(row, 5, 6)
                .gives(9, 8);
        formula("BiasDropout")
                .constant(row, 1, -2)
                .constant(new long[] {2}, 3, 4)
                .constant(row, 5, 6)
                .gives(9, 8);
        formula("BiasSoftmax")
                .constant(row, 1, -2)
                .constant(row, 0, 3 + Math.log(3))
                .with("axis", 1L)
                .with("is_inner_broadcast", 0L)
                .gives(0.25, 0.75);
        formula("BiasSplitGelu")
                .constant(new long[] {1, 1, 2}, 1, -2)
                .constant(new long[] {2}, 3, 3)
                .gives(4 * 0.8413447460685429);
        double inverse = 1 / Math.sqrt(1.25 + 0.5);
        for (String operator : List.of("GroupNorm", "SkipGroupNorm")) {
            OnnxModels model = formula(operator)
                    .constant(new long[] {1, 1, 2, 2}, 1, 2, 3, 4)
                    .constant(new long[] {2}, 1, 2)
                    .constant(new long[] {2}, 0, 0.25)
                    .with("groups", 1L)
                    .with("epsilon", 0.5f)
                    .with("activation", operator.equals("GroupNorm") ? 0L : 1L);
            if (operator.equals("GroupNorm")) {
                model.gives(-1.5 * inverse, -inverse + 0.25, 0.5 * inverse, 3 * inverse + 0.25);
            } else {
                model.constant(row, 7, 7)
                        .gives(
                                silu(-1.5 * inverse),
                                silu(-inverse + 0.25),
                                silu(0.5 * inverse),
                                silu(3 * inverse + 0.25));
            }
        }
    }

    private static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }
}
