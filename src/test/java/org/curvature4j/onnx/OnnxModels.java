package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Models of one operator, made in memory. Inputs that vary are called x0, x1 ..., constants k0, k1 ...; the output is y. */
final class OnnxModels {
    private final List<ValueInfoProto> inputs = new ArrayList<>();
    private final List<TensorProto> constants = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final String operator;
    private final long opset;
    private double low = -2;
    private double high = 2;
    private int outputs = 1;
    private double tolerance = 1e-12;

    OnnxModels(String operator, long opset) {
        this.operator = operator;
        this.opset = opset;
    }

    OnnxModels input(long... shape) {
        String name = "x" + inputs.size();
        inputs.add(info(name, shape));
        operands.add(name);
        return this;
    }

    OnnxModels skipped() {
        operands.add("");
        return this;
    }

    OnnxModels constant(long[] shape, double... values) {
        TensorProto.Builder tensor = constant(TensorProto.DataType.DOUBLE, shape);
        for (double value : values) {
            tensor.addDoubleData(value);
        }
        constants.add(tensor.build());
        return this;
    }

    OnnxModels integers(long... values) {
        TensorProto.Builder tensor = constant(TensorProto.DataType.INT64, values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        constants.add(tensor.build());
        return this;
    }

    OnnxModels booleans(boolean... values) {
        TensorProto.Builder tensor = constant(TensorProto.DataType.BOOL, values.length);
        for (boolean value : values) {
            tensor.addInt32Data(value ? 1 : 0);
        }
        constants.add(tensor.build());
        return this;
    }

    private TensorProto.Builder constant(TensorProto.DataType type, long... shape) {
        String name = "k" + constants.size();
        operands.add(name);
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor;
    }

    OnnxModels with(String attribute, long value) {
        attributes.add(
                named(attribute, AttributeProto.AttributeType.INT).setI(value).build());
        return this;
    }

    OnnxModels with(String attribute, float value) {
        attributes.add(
                named(attribute, AttributeProto.AttributeType.FLOAT).setF(value).build());
        return this;
    }

    OnnxModels with(String attribute, String value) {
        attributes.add(named(attribute, AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build());
        return this;
    }

    OnnxModels list(String attribute, long... values) {
        AttributeProto.Builder builder = named(attribute, AttributeProto.AttributeType.INTS);
        for (long value : values) {
            builder.addInts(value);
        }
        attributes.add(builder.build());
        return this;
    }

    private static AttributeProto.Builder named(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    private static ValueInfoProto info(String name, long... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (long size : shape) {
            sizes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.DOUBLE.getNumber())
                                .setShape(sizes)))
                .build();
    }

    /** The model with float32 in place of float64. */
    ModelProto narrow() {
        ModelProto.Builder model = build().toBuilder();
        int single = TensorProto.DataType.FLOAT.getNumber();
        model.getGraphBuilder()
                .getInputBuilderList()
                .forEach(input -> input.getTypeBuilder().getTensorTypeBuilder().setElemType(single));
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            if (tensor.getDataType() == TensorProto.DataType.DOUBLE.getNumber()) {
                tensor.getDoubleDataList().forEach(value -> tensor.addFloatData(value.floatValue()));
                tensor.clearDoubleData().setDataType(single);
            }
        }
        return model.build();
    }

    /** A model whose output has any type and shape: readers infer them. */
    ModelProto build() {
        List<String> names = new ArrayList<>(List.of("y"));
        for (int i = 1; i < outputs; i++) {
            names.add("y" + i);
        }
        NodeProto node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName("node")
                .addAllInput(operands)
                .addAllOutput(names)
                .addAllAttribute(attributes)
                .build();
        GraphProto graph = GraphProto.newBuilder()
                .setName("graph")
                .addAllInput(inputs)
                .addAllInitializer(constants)
                .addNode(node)
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build();
    }

    List<long[]> shapes() {
        return inputs.stream()
                .map(input -> input.getType().getTensorType().getShape().getDimList().stream()
                        .mapToLong(TensorShapeProto.Dimension::getDimValue)
                        .toArray())
                .toList();
    }

    /** Outputs after the first aren't looked at. */
    OnnxModels outputs(int count) {
        outputs = count;
        return this;
    }

    /** For an operator in which ONNX Runtime has constants of float32 in float64 too. */
    OnnxModels within(double error) {
        tolerance = error;
        return this;
    }

    double tolerance() {
        return tolerance;
    }

    /** Where inputs are drawn from. */
    OnnxModels between(double from, double to) {
        low = from;
        high = to;
        return this;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    String operator() {
        return operator;
    }

    @Override
    public String toString() {
        return operator + " " + opset + " of " + operands;
    }
}
