package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.ConstantFolding;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Nodes inside a node: the bodies of functions and of control flow, computed where they are applied. */
final class OnnxBody {
    /** The number of FunctionProto's field attribute_proto in onnx.proto. */
    private static final int DEFAULTS = 11;

    private final OnnxLibrary library;
    private final OnnxAttributes enclosing;
    private final Ops ops;
    private final OnnxWork work;
    private final ConstantFolding folding;
    private final OnnxScope values;

    /** @param call the node that the body is in */
    private OnnxBody(OnnxCall call, OnnxLibrary library, OnnxAttributes enclosing, OnnxScope values) {
        this.library = library;
        this.enclosing = enclosing;
        this.ops = call.ops();
        this.work = call.work();
        this.folding = work.folding(ops);
        this.values = values;
    }

    /** The outputs of a function of the file, applied. */
    static List<Node> function(FunctionProto function, OnnxCall call, OnnxLibrary library) {
        OnnxAttributes attributes = call.attributes().orElse(defaults(function));
        OnnxBody body = new OnnxBody(call, library, attributes, OnnxScope.EMPTY.inside());
        for (int i = 0; i < function.getInputCount(); i++) {
            if (call.has(i)) {
                body.values.put(function.getInput(i), call.written(i), call.value(i));
            }
        }
        body.run(function.getNodeList());
        return function.getOutputList().stream().map(body::output).toList();
    }

    /** What a function's attributes are where its application has none; the protobuf class is older than this field. */
    private static List<AttributeProto> defaults(FunctionProto function) {
        List<AttributeProto> defaults = new ArrayList<>();
        try {
            for (ByteString bytes :
                    function.getUnknownFields().getField(DEFAULTS).getLengthDelimitedList()) {
                defaults.add(AttributeProto.parseFrom(bytes));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "function '" + function.getName() + "': expected attributes, got damaged ones", e);
        }
        return defaults;
    }

    /**
     * The outputs of a graph inside a node.
     *
     * @param inputs for the graph's inputs, in order
     */
    static List<Node> graph(GraphProto graph, OnnxCall call, List<Node> inputs) {
        OnnxBody body = new OnnxBody(
                call, call.library(), call.enclosing(), call.outside().inside());
        body.values.types().note(graph);
        for (TensorProto tensor : graph.getInitializerList()) {
            body.put(tensor.getName(), call.library().tensors().literal(call.ops(), tensor));
        }
        if (graph.getInputCount() != inputs.size()) {
            throw call.expected("a body with " + inputs.size() + " inputs", graph.getInputCount());
        }
        for (int i = 0; i < inputs.size(); i++) {
            body.put(graph.getInput(i).getName(), inputs.get(i));
        }
        body.run(graph.getNodeList());
        return graph.getOutputList().stream()
                .map(output -> body.output(output.getName()))
                .toList();
    }

    private void run(List<NodeProto> nodes) {
        work.enter(nodes.size());
        try {
            OnnxOrder.of(nodes, values::has).forEach(this::apply);
        } finally {
            work.leave();
        }
    }

    private void apply(NodeProto node) {
        OnnxRules.Entry entry = library.find(node);
        if (entry == null) {
            throw OnnxLibrary.unknown(node);
        }
        List<@Nullable Node> inputs = new ArrayList<>();
        for (String name : node.getInputList()) {
            inputs.add(name.isEmpty() ? null : values.get(name));
        }
        List<Node> outputs;
        try {
            OnnxCall call = new OnnxCall(
                    node,
                    OnnxAttributes.of(node, enclosing),
                    enclosing,
                    inputs,
                    values.types().of(node.getInputList()),
                    values,
                    library,
                    work,
                    ops);
            outputs = call.applied(entry.rule());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    OnnxLibrary.title(node) + " -> '" + String.join("', '", node.getOutputList()) + "': "
                            + e.getMessage(),
                    e);
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (!node.getOutput(i).isEmpty() && i < outputs.size()) {
                values.put(node.getOutput(i), values.types().of(node, i), folding.fold(outputs.get(i)));
            }
        }
    }

    /** Adds a value of the type that the graph states for it, if it states one. */
    private void put(String name, Node value) {
        values.put(name, values.types().of(List.of(name)).get(0), value);
    }

    private Node output(String name) {
        Node node = values.get(name);
        if (node == null) {
            throw new IllegalArgumentException(
                    "output '" + name + "': expected a value that an input or a node gives, got none");
        }
        return node;
    }
}
