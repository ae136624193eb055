package org.curvature4j.onnx;

import static onnx.Onnx.TensorProto.DataType.DOUBLE;

import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;

/** Uses of sequences and optional values, made before the operator or taken apart after it. */
final class OnnxSequenceCases {
    private OnnxSequenceCases() {}

    private static NodeProto.Builder node(String operator) {
        return NodeProto.newBuilder().setOpType(operator);
    }

    private static NodeProto.Builder joined(long axis, long stacked) {
        return node("ConcatFromSequence")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(axis))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("new_axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(stacked));
    }

    static void addTo(OnnxCases cases) {
        made(cases);
        changed(cases);
        optionals(cases);
    }

    /** Of the first two inputs. */
    private static OnnxModels pair(OnnxCases cases, String operator) {
        return cases.add(operator, 13)
                .captured(2, 3)
                .captured(2, 3)
                .before("SequenceConstruct", "x0", "x1", "pair")
                .operand("pair");
    }

    private static void made(OnnxCases cases) {
        cases.add("SequenceConstruct", 13).input(2, 3).input(2, 3).then(joined(1, 1), "middle");
        cases.add("SequenceEmpty", 13).with("dtype", 11L).then(node("SequenceLength"), "middle");
        cases.add("SplitToSequence", 13).input(5, 3).integer(2).then(joined(-2, 0), "middle");
        cases.add("SplitToSequence", 13).input(5, 3).integers(4, 1).then(node("SequenceLength"), "middle");
        cases.add("SplitToSequence", 13).input(3, 2).with("keepdims", 0L).then(joined(1, 1), "middle");
        cases.add("SequenceMap", 17)
                .input(5, 3)
                .with(
                        "body",
                        new OnnxBodies()
                                .input("part", DOUBLE)
                                .node("Tanh", "part", "out")
                                .output(DOUBLE, "out"))
                .through("SplitToSequence")
                .then(joined(1, 1), "middle");
    }

    private static void changed(OnnxCases cases) {
        pair(cases, "SequenceAt").integer(-1);
        pair(cases, "SequenceLength");
        pair(cases, "SequenceInsert").input(2, 3).integer(-2).then(joined(-1, 0), "middle");
        pair(cases, "SequenceInsert").input(2, 3).then(joined(-1, 0), "middle");
        pair(cases, "SequenceErase").integer(-2).then(joined(-1, 0), "middle");
        pair(cases, "SequenceErase").then(joined(-1, 0), "middle");
        pair(cases, "ConcatFromSequence").with("axis", 1L);
    }

    private static void optionals(OnnxCases cases) {
        cases.add("Optional", 15).input(2, 3).then(node("OptionalGetElement"), "middle");
        cases.add("OptionalGetElement", 18).input(2, 3);
        cases.add("OptionalHasElement", 18).input(2, 3);
        cases.add("OptionalHasElement", 18).skipped();
    }
}
