package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;

/** Models of one operator, made in memory. Inputs that vary are called x0, x1 ..., constants k0, k1 ...; the output is y. */
final class OnnxModels {
    private final List<ValueInfoProto> inputs = new ArrayList<>();
    private final List<TensorProto> constants = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final List<NodeProto> before = new ArrayList<>();
    private final List<NodeProto> after = new ArrayList<>();
    private final String operator;
    private final long opset;
    private double low = -2;
    private double high = 2;
    private String domain = "";
    private int outputs = 1;
    private int looked;
    private double tolerance = 1e-12;
    private double @Nullable [] results;

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

    /** An input that is cut to whole numbers before the operator takes it. */
    OnnxModels whole(long... shape) {
        input(shape);
        String name = operands.remove(operands.size() - 1);
        before.add(cast(TensorProto.DataType.INT64)
                .addInput(name)
                .addOutput(name + "_whole")
                .build());
        operands.add(name + "_whole");
        return this;
    }

    static NodeProto.Builder cast(TensorProto.DataType type) {
        return NodeProto.newBuilder()
                .setOpType("Cast")
                .addAttribute(named("to", AttributeProto.AttributeType.INT).setI(type.getNumber()));
    }

    /** An input that graphs inside the node use. */
    OnnxModels captured(long... shape) {
        input(shape);
        operands.remove(operands.size() - 1);
        return this;
    }

    /**
     * A node before the operator, which doesn't take its output by itself.
     *
     * @param names of the node's inputs, then of its output
     */
    OnnxModels before(String operator, String... names) {
        before.add(node(NodeProto.newBuilder().setOpType(operator), names));
        return this;
    }

    /** A node that takes the operator's output as "middle", and whose output is looked at instead. */
    OnnxModels then(NodeProto.Builder node, String... names) {
        String[] all = Arrays.copyOf(names, names.length + 1);
        all[names.length] = "y";
        after.add(node(node, all));
        return this;
    }

    private static NodeProto node(NodeProto.Builder node, String... names) {
        for (int i = 0; i < names.length - 1; i++) {
            node.addInput(names[i]);
        }
        return node.addOutput(names[names.length - 1]).build();
    }

    /** The last input, by way of another operator. */
    OnnxModels through(String operator) {
        String name = operands.remove(operands.size() - 1);
        return before(operator, name, name + "_through").operand(name + "_through");
    }

    /** Takes a value that there is. */
    OnnxModels operand(String name) {
        operands.add(name);
        return this;
    }

    /** A condition that is computed, and false. */
    OnnxModels truth() {
        before.add(NodeProto.newBuilder()
                .setOpType("ReduceSum")
                .addInput("x0")
                .addOutput("sum")
                .addAttribute(
                        named("keepdims", AttributeProto.AttributeType.INT).setI(0))
                .build());
        before.add(NodeProto.newBuilder()
                .setOpType("Less")
                .addInput("sum")
                .addInput("sum")
                .addOutput("truth")
                .build());
        operands.add("truth");
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

    /** Numbers that are float32 whatever the inputs are, as the standard has scales. */
    OnnxModels floats(double... values) {
        TensorProto.Builder tensor = constant(TensorProto.DataType.FLOAT, values.length);
        for (double value : values) {
            tensor.addFloatData((float) value);
        }
        constants.add(tensor.build());
        return this;
    }

    OnnxModels integers(long... values) {
        return integers(new long[] {values.length}, values);
    }

    /** One whole number. */
    OnnxModels integer(long value) {
        constants.add(constant(TensorProto.DataType.INT64).addInt64Data(value).build());
        return this;
    }

    /** Whole numbers of any shape. */
    OnnxModels integers(long[] shape, long... values) {
        TensorProto.Builder tensor = constant(TensorProto.DataType.INT64, shape);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        constants.add(tensor.build());
        return this;
    }

    /** Whole numbers of another width. */
    OnnxModels whole(TensorProto.DataType type, long[] shape, int... values) {
        TensorProto.Builder tensor = constant(type, shape);
        for (int value : values) {
            tensor.addInt32Data(value);
        }
        constants.add(tensor.build());
        return this;
    }

    OnnxModels booleans(boolean... values) {
        return booleans(new long[] {values.length}, values);
    }

    OnnxModels booleans(long[] shape, boolean... values) {
        TensorProto.Builder tensor = constant(TensorProto.DataType.BOOL, shape);
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

    OnnxModels with(String attribute, GraphProto value) {
        attributes.add(
                named(attribute, AttributeProto.AttributeType.GRAPH).setG(value).build());
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

    OnnxModels floats(String attribute, double... values) {
        AttributeProto.Builder builder = named(attribute, AttributeProto.AttributeType.FLOATS);
        for (double value : values) {
            builder.addFloats((float) value);
        }
        attributes.add(builder.build());
        return this;
    }

    OnnxModels words(String attribute, String... values) {
        AttributeProto.Builder builder = named(attribute, AttributeProto.AttributeType.STRINGS);
        for (String value : values) {
            builder.addStrings(ByteString.copyFromUtf8(value));
        }
        attributes.add(builder.build());
        return this;
    }

    /** The operator is one of another set than the standard's. */
    OnnxModels of(String set) {
        domain = set;
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
        List<String> names = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add(i != looked ? "y" + i : after.isEmpty() ? "y" : "middle");
        }
        NodeProto node = NodeProto.newBuilder()
                .setOpType(operator)
                .setDomain(domain)
                .setName("node")
                .addAllInput(operands)
                .addAllOutput(names)
                .addAllAttribute(attributes)
                .build();
        GraphProto graph = GraphProto.newBuilder()
                .setName("graph")
                .addAllInput(inputs)
                .addAllInitializer(constants)
                .addAllNode(before)
                .addNode(node)
                .addAllNode(after)
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain(domain.isEmpty() ? "ai.onnx.ml" : domain)
                        .setVersion(1))
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

    /** Which output is looked at, if not the first. */
    OnnxModels looksAt(int output) {
        looked = output;
        return this;
    }

    /** Only one of them is looked at. */
    OnnxModels outputs(int count) {
        outputs = count;
        return this;
    }

    /** For an operator in which ONNX Runtime has constants of float32 in float64 too. */
    OnnxModels within(double error) {
        tolerance = error;
        return this;
    }

    /** What comes out, for an operator that is newer than ONNX Runtime. */
    OnnxModels gives(double... numbers) {
        results = numbers;
        return this;
    }

    double @Nullable [] results() {
        return results;
    }

    /** For an operator that ONNX Runtime computes in float32 even of float64. */
    OnnxModels single() {
        return within(2e-5);
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

    /** The operator as rules are found by it where it has the name of a standard one. */
    String title() {
        return domain.isEmpty() ? operator : domain + "." + operator;
    }

    @Override
    public String toString() {
        return operator + " " + opset + " of " + operands;
    }
}
