package org.curvature4j.internal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** ONNX models of a few nodes, made by name. */
final class OnnxGraphs {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");

    /** A float32 input; sizes below 0 are open. */
    OnnxGraphs input(String name, long... sizes) {
        return input(name, TensorProto.DataType.FLOAT, sizes);
    }

    OnnxGraphs input(String name, TensorProto.DataType type, long... sizes) {
        graph.addInput(info(name, type, sizes));
        return this;
    }

    /** Weights that are all one. */
    OnnxGraphs weights(String name, long... sizes) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        long count = 1;
        for (long size : sizes) {
            tensor.addDims(size);
            count *= size;
        }
        for (long i = 0; i < count; i++) {
            tensor.addFloatData(1);
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** @param names of the node's inputs, then of its output */
    OnnxGraphs node(String operator, String... names) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
        for (int i = 0; i < names.length - 1; i++) {
            node.addInput(names[i]);
        }
        graph.addNode(node.addOutput(names[names.length - 1]));
        return this;
    }

    /** Gives the last node a further output. */
    OnnxGraphs and(String output) {
        graph.getNodeBuilder(graph.getNodeCount() - 1).addOutput(output);
        return this;
    }

    /** Gives the last node an attribute. */
    OnnxGraphs with(String attribute, long value) {
        graph.getNodeBuilder(graph.getNodeCount() - 1)
                .addAttribute(AttributeProto.newBuilder()
                        .setName(attribute)
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(value));
        return this;
    }

    OnnxGraphs outputs(String... names) {
        for (String name : names) {
            graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        }
        return this;
    }

    Path write(Path folder, String name) {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build();
        try {
            return Files.write(folder.resolve(name), model.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(size < 0 ? dimension.setDimParam("free") : dimension.setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
