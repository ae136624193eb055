package org.curvature4j.onnx;

import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** Graphs inside nodes, made in memory. */
final class OnnxBodies {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("body");

    OnnxBodies input(String name, TensorProto.DataType type) {
        graph.addInput(info(name, type));
        return this;
    }

    OnnxBodies number(String name, double value) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.DOUBLE.getNumber())
                .addDoubleData(value));
        return this;
    }

    /** @param names of the inputs, then of the output */
    OnnxBodies node(String operator, String... names) {
        return node(NodeProto.newBuilder().setOpType(operator), names);
    }

    OnnxBodies node(NodeProto.Builder node, String... names) {
        for (int i = 0; i < names.length - 1; i++) {
            node.addInput(names[i]);
        }
        graph.addNode(node.addOutput(names[names.length - 1]));
        return this;
    }

    GraphProto output(TensorProto.DataType first, String... names) {
        for (int i = 0; i < names.length; i++) {
            graph.addOutput(info(names[i], i == 0 ? first : TensorProto.DataType.DOUBLE));
        }
        return graph.build();
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type) {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
        // ONNX Runtime wants to be told that counts and conditions have no axes.
        if (type != TensorProto.DataType.DOUBLE) {
            tensor.setShape(TensorShapeProto.getDefaultInstance());
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
