package org.curvature4j.onnx;

import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values that the file states. */
final class ConstantRules {
    private ConstantRules() {}

    static void addTo(Map<String, OnnxRule> rules) {
        rules.put("Constant", OnnxRule.single(node -> constant(node, value(node))));
        rules.put("ConstantOfShape", OnnxRule.single(node -> {
            AttributeProto given = node.attribute("value", AttributeType.TENSOR);
            INDArray value = given == null ? Nd4j.scalar(DataType.DOUBLE, 0) : OnnxTensors.array(given.getT());
            if (value.length() != 1) {
                throw node.expected("a value of one number", value.length());
            }
            return constant(
                    node,
                    Nd4j.valueArrayOf(node.affordable(node.longs(0)), value.getDouble(0), DataType.DOUBLE)
                            .castTo(value.dataType()));
        }));
    }

    private static OnnxValue constant(OnnxNode node, INDArray value) {
        return new OnnxValue(node.sd().constant(value), value.rank(), value);
    }

    private static INDArray value(OnnxNode node) {
        AttributeProto tensor = node.attribute("value", AttributeType.TENSOR);
        if (tensor != null) {
            return OnnxTensors.array(tensor.getT());
        } else if (node.hasAttribute("value_int")) {
            return Nd4j.scalar(node.integer("value_int", 0));
        } else if (node.hasAttribute("value_float")) {
            return Nd4j.scalar(DataType.DOUBLE, node.number("value_float", 0));
        } else if (node.hasAttribute("value_ints")) {
            return Nd4j.createFromArray(node.longs("value_ints"));
        }
        throw node.expected("a value of numbers", "another kind");
    }
}
