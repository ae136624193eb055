package org.curvature4j.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/** The element types of values in the file, as far as they can be told before anything is computed. */
final class OnnxTypes {
    private final @Nullable OnnxTypes around;
    private final Map<String, OnnxType> types = new HashMap<>();

    /** @param around those of the graph around, which are known too; null where there is none */
    OnnxTypes(@Nullable OnnxTypes around) {
        this.around = around;
    }

    /** Takes what a graph states of its values. */
    void note(GraphProto graph) {
        graph.getInputList().forEach(this::note);
        graph.getValueInfoList().forEach(this::note);
        graph.getOutputList().forEach(this::note);
        graph.getInitializerList().forEach(tensor -> put(tensor.getName(), tensor.getDataType()));
    }

    private void note(ValueInfoProto info) {
        if (info.getType().hasTensorType()) {
            put(info.getName(), info.getType().getTensorType().getElemType());
        }
    }

    /** States the type of a value, by its number; one that has no type here is none. */
    void put(String name, int number) {
        OnnxType type = OnnxType.find(number);
        if (type != null) {
            types.put(name, type);
        }
    }

    void put(String name, OnnxType type) {
        types.put(name, type);
    }

    private @Nullable OnnxType find(String name) {
        for (OnnxTypes scope = this; scope != null; scope = scope.around) {
            OnnxType type = scope.types.get(name);
            if (type != null) {
                return type;
            }
        }
        return null;
    }

    private OnnxType of(String name) {
        OnnxType type = find(name);
        return type == null ? OnnxType.FLOAT : type;
    }

    /** The types of a node's inputs; where one isn't known, that of most numbers. */
    List<OnnxType> of(List<String> names) {
        return names.stream().map(this::of).toList();
    }

    /** The type of a node's output: the one that the file states, or the one that follows from its operator. */
    OnnxType of(NodeProto node, int output) {
        String name = node.getOutput(output);
        OnnxType known = types.get(name);
        OnnxType type = known == null ? inferred(node, output) : known;
        types.put(name, type);
        return type;
    }

    private OnnxType inferred(NodeProto node, int output) {
        return switch (node.getOpType()) {
            case "Equal",
                    "Greater",
                    "GreaterOrEqual",
                    "Less",
                    "LessOrEqual",
                    "And",
                    "Or",
                    "Xor",
                    "Not",
                    "IsNaN",
                    "IsInf" -> OnnxType.BOOL;
            case "Shape", "Size", "ArgMax", "ArgMin", "NonZero" -> OnnxType.INT64;
            case "Cast" -> attribute(node, "to", AttributeProto::getI);
            case "CastLike", "Where" -> operand(node, 1);
            case "OneHot" -> operand(node, 2);
            case "MatMulInteger", "ConvInteger" -> OnnxType.INT32;
            case "QLinearMatMul", "QLinearConv" -> operand(node, 7);
            case "QuantizeLinear" -> node.getInputCount() > 2 ? operand(node, 2) : OnnxType.UINT8;
            case "TopK", "MaxPool", "Unique" -> output == 0 ? operand(node, 0) : OnnxType.INT64;
            case "Dropout" -> output == 0 ? operand(node, 0) : OnnxType.BOOL;
            case "Constant", "ConstantOfShape" ->
                attribute(node, "value", value -> (long) value.getT().getDataType());
            case "If", "Scan", "SequenceMap" -> nested(node, output);
            case "Loop" -> nested(node, output + 1);
            case "SequenceLength" -> OnnxType.INT64;
            case "OptionalHasElement" -> OnnxType.BOOL;
            case "EyeLike" -> attribute(node, "dtype", AttributeProto::getI);
            case "HannWindow", "HammingWindow", "BlackmanWindow", "MelWeightMatrix" ->
                attribute(node, "output_datatype", AttributeProto::getI);
            case "SequenceEmpty" -> attribute(node, "dtype", AttributeProto::getI);
            case "DequantizeLinear" -> OnnxType.FLOAT;
            default -> operand(node, 0);
        };
    }

    /** What the graph inside a node says of its own outputs. */
    private static OnnxType nested(NodeProto node, int output) {
        OnnxType type = node.getAttributeList().stream()
                .filter(attribute ->
                        attribute.hasG() && output < attribute.getG().getOutputCount())
                .findFirst()
                .map(attribute -> attribute.getG().getOutput(output).getType())
                .map(stated -> OnnxType.find(stated.getTensorType().getElemType()))
                .orElse(null);
        return type == null ? OnnxType.FLOAT : type;
    }

    private OnnxType operand(NodeProto node, int input) {
        return input < node.getInputCount() ? of(node.getInput(input)) : OnnxType.FLOAT;
    }

    private static OnnxType attribute(NodeProto node, String name, Function<AttributeProto, Long> number) {
        OnnxType type = node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .map(attribute -> OnnxType.find(number.apply(attribute).intValue()))
                .orElse(null);
        return type == null ? OnnxType.FLOAT : type;
    }
}
