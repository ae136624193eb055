package org.curvature4j.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model's graph, node by node, in the file's order, which is one of dependence. */
final class OnnxGraph {
    /** The versions of the standard operators whose meaning the rules know. */
    private static final long OLDEST = 9;

    private static final long NEWEST = 20;
    private static final int NODES_OF_A_PART = 500;

    private final GraphProto proto;
    private final long opset;
    private final SameDiff graph = SameDiff.create();
    private final Map<String, OnnxValue> values = new HashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    /** The SameDiff variables that values are already. */
    private final Set<String> taken = new HashSet<>();

    private int applied;

    OnnxGraph(ModelProto model) {
        this.proto = model.getGraph();
        this.opset = model.getOpsetImportList().stream()
                .filter(set -> isStandard(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(1);
        if (opset < OLDEST || opset > NEWEST) {
            throw new IllegalArgumentException("opset: expected " + OLDEST + " to " + NEWEST + ", got " + opset
                    + " (export with opset_version=" + NEWEST + ", or convert the model)");
        }
    }

    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    SameDiff read() {
        refuseUnknown();
        for (ValueInfoProto info : proto.getValueInfoList()) {
            note(info);
        }
        proto.getOutputList().forEach(this::note);
        Set<String> given = new HashSet<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            if (!given.add(tensor.getName()) || graph.hasVariable(name(tensor.getName()))) {
                throw twice("tensor", tensor.getName());
            }
            INDArray array = OnnxTensors.array(tensor);
            boolean trainable = array.dataType() == DataType.DOUBLE && array.rank() > 0 && !array.isEmpty();
            SDVariable variable = trainable ? graph.var(name(tensor.getName()), array) : constant(tensor, array);
            define("tensor", tensor.getName(), new OnnxValue(variable, array.rank(), array));
        }
        proto.getInputList().stream()
                .filter(input -> !given.contains(input.getName()))
                .forEach(this::declare);
        proto.getNodeList().forEach(this::apply);
        proto.getOutputList().forEach(output -> {
            if (!values.containsKey(output.getName())) {
                throw new IllegalArgumentException("output '" + output.getName()
                        + "': expected a value that an input, a tensor or a node gives, got none");
            }
        });
        return graph;
    }

    /** Every name is given once. */
    private void define(String kind, String name, OnnxValue value) {
        if (values.put(name, value) != null || !taken.add(value.variable().name())) {
            throw twice(kind, name);
        }
    }

    private static IllegalArgumentException twice(String kind, String name) {
        return new IllegalArgumentException(
                kind + " '" + name + "': expected a name that nothing else has, got one that is given already");
    }

    private SDVariable constant(TensorProto tensor, INDArray array) {
        return graph.constant(name(tensor.getName()), array);
    }

    private void refuseUnknown() {
        Map<String, Integer> unknown = new TreeMap<>();
        for (NodeProto node : proto.getNodeList()) {
            boolean known = isStandard(node.getDomain()) && OnnxRules.find(node.getOpType()) != null;
            if (!known) {
                String domain = isStandard(node.getDomain()) ? "" : node.getDomain() + ".";
                unknown.merge(domain + node.getOpType(), 1, Integer::sum);
            }
        }
        Arguments.refuseIf(
                !unknown.isEmpty(),
                "operators",
                "those of docs/onnx.md",
                unknown.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + (entry.getValue() > 1 ? " (" + entry.getValue() + " times)" : ""))
                        .collect(Collectors.joining(", ")));
    }

    private void note(ValueInfoProto info) {
        if (info.getType().getTensorType().hasShape()) {
            ranks.put(info.getName(), info.getType().getTensorType().getShape().getDimCount());
        }
    }

    private void declare(ValueInfoProto input) {
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        if (!input.getType().hasTensorType() || !input.getType().getTensorType().hasShape()) {
            throw new IllegalArgumentException(
                    "input '" + input.getName() + "': expected a tensor of known rank, got none");
        }
        long[] sizes = shape.getDimList().stream()
                .mapToLong(size -> size.hasDimValue() && size.getDimValue() != 0 ? size.getDimValue() : -1)
                .toArray();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (shape.getDim(axis).getDimValue() < 0) {
                throw new IllegalArgumentException("input '" + input.getName() + "': expected sizes of 0 or more, got "
                        + shape.getDim(axis).getDimValue());
            }
        }
        DataType type =
                OnnxTensors.dataType(input.getType().getTensorType().getElemType(), "input '" + input.getName() + "'");
        if (graph.hasVariable(name(input.getName()))) {
            throw twice("input", input.getName());
        }
        SDVariable variable = graph.placeHolder(name(input.getName()), type, sizes);
        define("input", input.getName(), OnnxValue.of(variable, sizes.length));
    }

    private void apply(NodeProto proto) {
        OnnxNode node = new OnnxNode(proto, graph, values, opset);
        OnnxRule rule = java.util.Objects.requireNonNull(OnnxRules.find(proto.getOpType()));
        List<OnnxValue> outputs = inPart(() -> applied(rule, node));
        for (int i = 0; i < Math.min(outputs.size(), proto.getOutputCount()); i++) {
            String name = proto.getOutput(i);
            if (!name.isEmpty()) {
                OnnxValue value = outputs.get(i);
                if (values.containsKey(name) || taken.contains(name(name))) {
                    throw twice("node", name);
                }
                // What a rule passes on is another name for the same variable, unless it is the result.
                boolean passedOn = taken.contains(value.variable().name());
                claim(passedOn ? graph.identity(value.variable()) : value.variable(), name(name));
                int rank =
                        value.rank() == OnnxValue.UNKNOWN ? ranks.getOrDefault(name, OnnxValue.UNKNOWN) : value.rank();
                define("node", name, new OnnxValue(graph.getVariable(name(name)), rank, value.constant()));
            }
        }
    }

    /** SameDiff looks for a free name by counting from 1 on, which a scope of their own keeps short for many nodes. */
    private List<OnnxValue> inPart(Supplier<List<OnnxValue>> nodes) {
        if (proto.getNodeCount() <= NODES_OF_A_PART) {
            return nodes.get();
        }
        NameScope scope = graph.withNameScope("part" + applied++ / NODES_OF_A_PART);
        try {
            return nodes.get();
        } finally {
            scope.close();
        }
    }

    /** ND4J refuses some operands with exceptions of all kinds while it builds its operations. */
    private static List<OnnxValue> applied(OnnxRule rule, OnnxNode node) {
        List<OnnxValue> outputs;
        try {
            outputs = rule.apply(node);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            IllegalArgumentException failure =
                    node.expected("operands and attributes that fit together", "ones that don't: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        node.refuseUnread();
        return outputs;
    }

    /** Gives a variable its name; one inside a rule that SameDiff called so by itself makes way. */
    private void claim(SDVariable variable, String name) {
        if (!variable.name().equals(name)) {
            if (graph.hasVariable(name)) {
                graph.getVariable(name).rename(inside(name));
            }
            variable.rename(name);
        }
    }

    private String inside(String name) {
        int count = 1;
        while (graph.hasVariable(name + ".inside" + count)) {
            count++;
        }
        return name + ".inside" + count;
    }

    /** As it can be shown and typed. SameDiff tells the outputs of an operation apart by a colon. */
    private static String name(String onnx) {
        return Printable.name(onnx).replace(':', '_');
    }
}
