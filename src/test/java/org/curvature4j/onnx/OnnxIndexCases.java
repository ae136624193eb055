package org.curvature4j.onnx;

import java.util.List;

/** Uses of the operators that choose, write and order elements, of contractions and of Fourier transforms. */
final class OnnxIndexCases {
    private OnnxIndexCases() {}

    static void addTo(OnnxCases cases) {
        gathers(cases);
        scatters(cases);
        computed(cases);
        orders(cases);
        matrices(cases);
        signals(cases);
    }

    private static void gathers(OnnxCases cases) {
        cases.add("Gather", 13).input(4, 3).integers(2, 0);
        cases.add("Gather", 13).input(4, 3).integer(-1);
        cases.add("Gather", 13)
                .input(4, 3, 2)
                .integers(new long[] {2, 2}, 1, -3, 0, 2)
                .with("axis", 1L);
        cases.add("GatherElements", 13).input(3, 4).integers(new long[] {2, 3}, 0, 2, -1, 1, 1, 0);
        cases.add("GatherElements", 13)
                .input(3, 4)
                .integers(new long[] {2, 3}, 0, 2, -1, 3, 1, 0)
                .with("axis", 1L);
        cases.add("GatherND", 13).input(3, 4, 2).integers(new long[] {2, 2}, 0, -1, 2, 1);
        cases.add("GatherND", 13)
                .input(3, 4, 2)
                .integers(new long[] {3, 1}, 0, -1, 2)
                .with("batch_dims", 1L);
        cases.add("Compress", 13).input(3, 4).booleans(true, false, true).with("axis", 0L);
        cases.add("Compress", 13).input(3, 4).booleans(true, false, true, false, true);
        cases.add("NonZero", 13).constant(new long[] {2, 3}, 0, 1, 2, 0, 0, 3);
        cases.add("OneHot", 11)
                .integers(new long[] {2, 2}, 0, -1, 5, 2)
                .integer(3)
                .input(2);
        cases.add("OneHot", 11).integers(0, 2, 1).integer(3).input(2).with("axis", 0L);
    }

    private static void scatters(OnnxCases cases) {
        long[] shape = {2, 3};
        cases.add("Scatter", 9).input(3, 4).integers(shape, 0, 2, 1, 2, 0, 0).input(shape);
        cases.add("ScatterElements", 13)
                .input(3, 4)
                .integers(shape, 0, -1, 1, 2, 0, 0)
                .input(shape);
        cases.add("ScatterElements", 13)
                .input(3, 4)
                .integers(shape, 0, -1, 1, 2, 0, 1)
                .input(shape)
                .with("axis", 1L);
        cases.add("ScatterND", 13).input(4, 3).integers(new long[] {2, 1}, 2, 0).input(2, 3);
        cases.add("ScatterND", 13)
                .input(4, 3)
                .integers(new long[] {2, 2}, 2, 0, 1, 1)
                .input(2);
        for (String reduction : List.of("add", "mul", "max", "min")) {
            cases.add("ScatterElements", 18)
                    .input(3, 4)
                    .integers(shape, 0, 1, 1, 0, 2, 1)
                    .input(shape)
                    .with("reduction", reduction);
            cases.add("ScatterND", 18)
                    .input(4, 3)
                    .integers(new long[] {3, 1}, 2, 0, 2)
                    .input(3, 3)
                    .with("reduction", reduction);
        }
        cases.add("TensorScatter", 24)
                .constant(new long[] {2, 3, 1}, 1, 2, 3, 4, 5, 6)
                .constant(new long[] {2, 2, 1}, 7, 8, 9, 10)
                .integers(0, 2)
                .with("mode", "circular")
                .gives(7, 8, 3, 10, 5, 9);
        cases.add("TensorScatter", 24)
                .constant(new long[] {2, 3, 1}, 1, 2, 3, 4, 5, 6)
                .constant(new long[] {2, 2, 1}, 7, 8, 9, 10)
                .gives(7, 8, 3, 9, 10, 6);
    }

    /** Indices that depend on an input: -1, 0 or 1. */
    private static void computed(OnnxCases cases) {
        cases.add("Gather", 13).input(4, 3, 2).whole(5).with("axis", 1L);
        cases.add("Gather", 13).input(4, 3).whole(2, 2);
        cases.add("GatherElements", 13).input(4, 3, 2).whole(3, 2, 2).with("axis", 1L);
        cases.add("GatherND", 13).input(3, 4, 2).whole(5, 2);
        cases.add("GatherND", 13).input(3, 4, 2).whole(3, 2, 1).with("batch_dims", 1L);
        cases.add("OneHot", 11).whole(3, 2).integer(3).constant(new long[] {2}, -1, 2);
        cases.add("ScatterElements", 13)
                .input(4, 3, 2)
                .whole(4, 1, 2)
                .input(4, 1, 2)
                .with("axis", 1L);
        cases.add("ScatterElements", 13)
                .input(4, 3, 2)
                .whole(2, 1, 2)
                .input(2, 1, 2)
                .with("axis", 1L);
        cases.add("ScatterND", 13).input(4, 3).whole(1, 1).input(1, 3);
        for (String reduction : List.of("add", "mul", "max", "min")) {
            cases.add("ScatterElements", 18)
                    .input(4, 3, 2)
                    .whole(3, 2, 2)
                    .input(3, 2, 2)
                    .with("axis", 1L)
                    .with("reduction", reduction);
            cases.add("ScatterND", 18).input(4, 3).whole(5, 1).input(5, 3).with("reduction", reduction);
        }
    }

    private static void orders(OnnxCases cases) {
        cases.add("TopK", 11).outputs(2).input(3, 5).integers(3);
        cases.add("TopK", 11)
                .outputs(2)
                .input(4, 3)
                .integers(4)
                .with("axis", -2L)
                .with("largest", 0L);
        cases.add("TopK", 10).outputs(2).input(5, 2, 3).integers(1).with("axis", 1L);
        cases.add("TopK", 11)
                .outputs(2)
                .constant(new long[] {6}, 2, 1, 2, 3, 1, 2)
                .integers(5);
        cases.add("Unique", 11).constant(new long[] {6}, 2, 1, 1, 3, 4, 3);
        cases.add("Unique", 11).constant(new long[] {6}, 2, 1, 1, 3, 4, 3).with("sorted", 0L);
        cases.add("Unique", 11).constant(new long[] {3, 2}, 5, 1, 2, 3, 5, 1).with("axis", 0L);
        cases.add("CumSum", 14).input(2, 5).integers(1);
        cases.add("CumSum", 14).input(2, 5).integers(-2).with("exclusive", 1L).with("reverse", 1L);
        cases.add("CumSum", 14).whole(2, 5).integers(1);
        cases.add("CumProd", 26).constant(new long[] {4}, 1, 2, 3, 4).integer(0).gives(1, 2, 6, 24);
        cases.add("CumProd", 26)
                .constant(new long[] {4}, 1, 2, 3, 4)
                .integer(0)
                .with("exclusive", 1L)
                .with("reverse", 1L)
                .gives(24, 12, 4, 1);
    }

    private static void matrices(OnnxCases cases) {
        for (String formula : List.of("ij,jk->ik", "ij,kj", "...j,jk", "ij,ij->", "ij,lj->jil")) {
            cases.add("Einsum", 12).input(3, 3).input(3, 3).with("equation", formula);
        }
        cases.add("Einsum", 12).input(3, 3, 2).with("equation", "iij->j");
        cases.add("Einsum", 12).input(3, 2, 3).with("equation", "iji->ij");
        cases.add("Einsum", 12).input(2, 3, 4).with("equation", "b...->...");
        cases.add("Einsum", 12).input(2, 3, 4).with("equation", "kji");
        cases.add("Einsum", 12).input(5, 2, 3).input(1, 3, 4).with("equation", "...ij, ...jk -> ...ik");
        cases.add("Einsum", 12).input(2, 3).input(3, 4).input(4, 2).input(4).with("equation", "ab,bc,ca,c->a");
        cases.add("Trilu", 14).input(2, 3, 4);
        cases.add("Trilu", 14).input(3, 4).integer(-1).with("upper", 0L);
        cases.add("Trilu", 14).input(3, 4).integer(5);
        cases.add("EyeLike", 9).input(3, 4).with("k", 1L);
        cases.add("EyeLike", 9).input(3, 4).with("k", -2L).with("dtype", 7L);
    }

    private static void signals(OnnxCases cases) {
        cases.add("DFT", 17).input(2, 5, 1).within(1e-9);
        cases.add("DFT", 17).input(2, 6, 1).with("onesided", 1L).within(1e-9);
        cases.add("DFT", 17)
                .input(2, 3, 4, 2)
                .with("axis", 2L)
                .with("inverse", 1L)
                .within(1e-9);
        cases.add("DFT", 20).input(2, 5, 4, 1).integer(7).integer(1).within(1e-9);
        cases.add("DFT", 20).input(2, 6, 2).integer(4).within(1e-9);
        cases.add("STFT", 17).input(2, 12, 1).integer(3).skipped().integer(6).within(1e-9);
        cases.add("STFT", 17)
                .input(2, 12, 1)
                .integer(2)
                .constant(new long[] {4}, 0.5, 1, 2, 0.25)
                .with("onesided", 0L)
                .within(1e-9);
        for (String window : List.of("HannWindow", "HammingWindow", "BlackmanWindow")) {
            cases.add(window, 17).integer(9).within(1e-6);
            cases.add(window, 17)
                    .integer(8)
                    .with("periodic", 0L)
                    .with("output_datatype", 11L)
                    .within(1e-7);
        }
        cases.add("MelWeightMatrix", 17)
                .integer(8)
                .integer(16)
                .integer(8192)
                .constant(new long[0], 0)
                .constant(new long[0], 4096)
                .within(1e-6);
    }
}
