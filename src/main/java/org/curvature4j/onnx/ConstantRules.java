package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.NodeProto;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values that the file states. */
final class ConstantRules {
    private ConstantRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Constant", SMOOTH, OnnxRule.single(ConstantRules::constant));
        rules.add("ConstantOfShape", SMOOTH, OnnxRule.single(ConstantRules::ofShape));
        rules.add("Range", SMOOTH, OnnxRule.single(ConstantRules::range));
    }

    /** The value of a node that states one; null for another node. */
    static @Nullable INDArray stated(NodeProto node, OnnxTensors tensors) {
        if (!node.getOpType().equals("Constant")
                || node.getAttributeCount() != 1
                || node.getOutputCount() != 1
                || node.getInputCount() > 0) {
            return null;
        }
        AttributeProto value = node.getAttribute(0);
        return switch (value.getName()) {
            case "value" -> value.hasT() ? tensors.array(value.getT()) : null;
            case "sparse_value" -> tensors.array(value.getSparseTensor());
            case "value_int" -> Nd4j.scalar(value.getI());
            case "value_float" -> Nd4j.scalar(DataType.DOUBLE, OnnxAttributes.shortest(value.getF()));
            case "value_ints" ->
                value.getIntsCount() == 0
                        ? Nd4j.empty(DataType.INT64)
                        : Nd4j.createFromArray(value.getIntsList().stream()
                                .mapToLong(number -> number)
                                .toArray());
            case "value_floats" ->
                value.getFloatsCount() == 0
                        ? Nd4j.empty(DataType.DOUBLE)
                        : Nd4j.createFromArray(value.getFloatsList().stream()
                                .mapToDouble(OnnxAttributes::shortest)
                                .toArray());
            default -> null;
        };
    }

    /** One inside a function or a branch, which may take its value from the function's attributes. */
    private static Node constant(OnnxCall call) {
        OnnxAttributes attributes = call.attributes();
        AttributeProto tensor = attributes.find("value", AttributeType.TENSOR);
        if (tensor != null) {
            return call.tensors().literal(call.ops(), tensor.getT());
        } else if (attributes.has("value_int")) {
            return call.ops().scalar(DType.INT64, (double) attributes.integer("value_int", 0));
        } else if (attributes.has("value_float")) {
            return call.ops().scalar(DType.FLOAT64, attributes.number("value_float", 0));
        } else if (attributes.has("value_ints")) {
            long[] values = attributes.longs("value_ints");
            return call.ops()
                    .constant(
                            TensorType.of(DType.INT64, values.length),
                            IntStream.range(0, values.length)
                                    .mapToDouble(i -> (double) values[i])
                                    .toArray());
        } else if (attributes.has("value_floats")) {
            double[] values = attributes.numbers("value_floats");
            return call.ops().constant(TensorType.of(DType.FLOAT64, values.length), values);
        }
        throw call.expected("a value of numbers", "another kind");
    }

    private static Node ofShape(OnnxCall call) {
        AttributeProto given = call.attributes().find("value", AttributeType.TENSOR);
        Node value = given == null
                ? call.ops().scalar(DType.FLOAT64, 0)
                : call.tensors().literal(call.ops(), given.getT());
        if (value.type().size() != 1) {
            throw call.expected("a value of one number", value.type());
        }
        Node scalar = call.ops().reshape(value, org.curvature4j.graph.Shape.of());
        double number = org.curvature4j.op.KnownValues.elements((org.curvature4j.graph.Leaf.Literal) value.op())[0];
        return call.ops().constant(new TensorType(scalar.dtype(), call.affordable(call.longs(0))), number);
    }

    /** The numbers from a start on, in steps, to before a limit. */
    private static Node range(OnnxCall call) {
        double start = call.number(0);
        double limit = call.number(1);
        double step = call.number(2);
        if (step == 0) {
            throw call.expected("a step other than 0", 0);
        }
        long count = (long) Math.max(0, Math.ceil((limit - start) / step));
        TensorType type = new TensorType(call.input(0).dtype(), call.affordable(count));
        return call.ops()
                .constant(
                        type,
                        IntStream.range(0, (int) count)
                                .mapToDouble(i -> start + i * step)
                                .toArray());
    }
}
