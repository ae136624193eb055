package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.samediff.SameDiffExport;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model as a SameDiff graph that holds its nodes, one operation each. */
final class OnnxGraph {
    /** A size that isn't fixed, as SameDiff writes it, and some exporters. */
    private static final int OPEN = -1;

    private final GraphProto proto;
    private final OnnxLibrary library;
    private final OnnxTypes types = new OnnxTypes(null);
    private final SameDiff graph = SameDiff.create();
    /** The variables that values are, by the file's names. */
    private final Map<String, String> variables = new HashMap<>();

    private final Set<String> taken = new HashSet<>();
    /** Outputs of the model that hold text, or no tensors: they are left out. */
    private final Set<String> leftOut = new HashSet<>();

    OnnxGraph(ModelProto model, OnnxData data, Quantized quantized) {
        this.proto = model.getGraph();
        this.library = OnnxLibrary.of(model, new OnnxTensors(data), quantized);
        this.types.note(proto);
        for (ValueInfoProto output : proto.getOutputList()) {
            TypeProto type = output.getType();
            boolean isOther = type.hasSequenceType() || type.hasMapType();
            if (isOther || type.getTensorType().getElemType() == TensorProto.DataType.STRING_VALUE) {
                leftOut.add(output.getName());
            }
        }
    }

    SameDiff read() {
        Set<String> given = new HashSet<>();
        Set<String> settings = settings();
        for (TensorProto tensor : proto.getInitializerList()) {
            String name = tensor.getName();
            given.add(name);
            types.put(name, tensor.getDataType());
            state("tensor", name, library.tensors().array(tensor), !settings.contains(name));
        }
        proto.getInputList().stream()
                .filter(input -> !given.contains(input.getName()))
                .forEach(this::declare);
        Set<String> known = new HashSet<>(variables.keySet());
        OnnxOrder.of(proto.getNodeList(), known::contains).forEach(this::add);
        proto.getOutputList().forEach(output -> {
            if (!variables.containsKey(output.getName()) && !leftOut.contains(output.getName())) {
                throw new IllegalArgumentException("output '" + output.getName()
                        + "': expected a value that an input, a tensor or a node gives, got none");
            }
        });
        graph.setOutputs(proto.getOutputList().stream()
                .map(output -> variables.get(output.getName()))
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        return graph;
    }

    /** Names of what only says how a node computes, such as by how much it scales an image. */
    private Set<String> settings() {
        Set<String> settings = new HashSet<>();
        for (NodeProto node : proto.getNodeList()) {
            OnnxRules.settings(node.getOpType()).stream()
                    .filter(input -> input < node.getInputCount())
                    .map(node::getInput)
                    .forEach(settings::add);
        }
        return settings;
    }

    /** A variable's name for a value's; every value has one of its own. */
    private String define(String kind, String name) {
        String variable = Printable.variable(name);
        if (variables.put(name, variable) != null || !taken.add(variable)) {
            throw new IllegalArgumentException(
                    kind + " '" + name + "': expected a name that nothing else has, got one that is given already");
        }
        return variable;
    }

    /** A value that the file states. */
    private void state(String kind, String name, INDArray array, boolean isWeight) {
        String variable = define(kind, name);
        if (isWeight && array.dataType() == DataType.DOUBLE && array.rank() > 0 && !array.isEmpty()) {
            SameDiffExport.variable(graph, variable, array);
        } else {
            graph.constant(variable, array);
        }
    }

    private void declare(ValueInfoProto input) {
        String what = "input '" + input.getName() + "'";
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        if (input.getType().hasSequenceType()) {
            throw new IllegalArgumentException(
                    what + ": expected a tensor, got a sequence, whose length no call could state");
        } else if (!input.getType().hasTensorType()
                || !input.getType().getTensorType().hasShape()) {
            throw new IllegalArgumentException(what + ": expected a tensor of known rank, got none");
        }
        long[] sizes = new long[shape.getDimCount()];
        for (int axis = 0; axis < sizes.length; axis++) {
            TensorShapeProto.Dimension size = shape.getDim(axis);
            if (size.getDimValue() < OPEN) {
                throw new IllegalArgumentException(what + ": expected sizes of 0 or more, got " + size.getDimValue());
            }
            sizes[axis] = size.getDimValue() > 0 ? size.getDimValue() : OPEN;
        }
        OnnxType written = OnnxType.of(input.getType().getTensorType().getElemType(), what);
        types.put(input.getName(), input.getType().getTensorType().getElemType());
        graph.placeHolder(define("input", input.getName()), NativeArrays.dataType(written.dtype()), sizes);
    }

    private void add(NodeProto whole) {
        if (leftOut.containsAll(whole.getOutputList())) {
            return;
        }
        NodeProto node = withoutText(whole);
        INDArray constant = ConstantRules.stated(node, library.tensors());
        if (constant != null) {
            types.of(node, 0);
            state("node", node.getOutput(0), constant, false);
            return;
        }
        List<String> captured = List.copyOf(OnnxOrder.captured(node));
        List<String> inputs = new ArrayList<>();
        node.getInputList().stream()
                .filter(name -> !name.isEmpty())
                .map(variables::get)
                .forEach(inputs::add);
        captured.stream().map(variables::get).forEach(inputs::add);
        List<String> outputs = new ArrayList<>();
        List<DataType> outputTypes = new ArrayList<>();
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (!node.getOutput(i).isEmpty()) {
                outputs.add(define("node", node.getOutput(i)));
                outputTypes.add(NativeArrays.dataType(types.of(node, i).dtype()));
            }
        }
        new OnnxOp(node, library, library.find(node), types.of(node.getInputList()), captured, types.of(captured))
                .addTo(graph, "node" + graph.getOps().size(), inputs, outputs, outputTypes);
    }

    private NodeProto withoutText(NodeProto node) {
        NodeProto.Builder without = node.toBuilder();
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (leftOut.contains(node.getOutput(i))) {
                without.setOutput(i, "");
            }
        }
        return without.build();
    }
}
