package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.NodeProto;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpCall;
import org.curvature4j.samediff.RuledOp;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * A node of an ONNX model in a SameDiff graph. SameDiff holds it and can't run it: it has no operations that compute what
 * most of ONNX's mean.
 */
final class OnnxOp extends DynamicCustomOp implements RuledOp {
    private final NodeProto proto;
    private final OnnxLibrary library;
    private final OnnxRules.Entry known;
    private final List<OnnxType> written;
    private final List<String> captured;
    private final List<OnnxType> capturedTypes;

    /**
     * @param written the types of its inputs in the file
     * @param captured what graphs inside the node use from outside; operands after its own
     */
    OnnxOp(
            String name,
            NodeProto proto,
            OnnxLibrary library,
            OnnxRules.Entry known,
            List<OnnxType> written,
            List<String> captured,
            List<OnnxType> capturedTypes) {
        this.proto = proto;
        this.library = library;
        this.known = known;
        this.written = List.copyOf(written);
        this.captured = List.copyOf(captured);
        this.capturedTypes = List.copyOf(capturedTypes);
        setOwnName(name);
    }

    @Override
    public String opName() {
        return OnnxLibrary.title(proto);
    }

    OnnxLibrary library() {
        return library;
    }

    @Override
    public ImportRules.Entry entry() {
        return new ImportRules.Entry(opName(), known.family(), known.smoothness(), known.note(), this::apply);
    }

    private List<Node> apply(OpCall call) {
        List<@Nullable Node> inputs = new ArrayList<>();
        int operand = 0;
        for (String name : proto.getInputList()) {
            inputs.add(name.isEmpty() ? null : call.input(operand++));
        }
        OnnxScope outside = OnnxScope.EMPTY.inside();
        for (int i = 0; i < captured.size(); i++) {
            outside.put(captured.get(i), capturedTypes.get(i), call.input(operand++));
        }
        return outputs(call.ops(), inputs, outside);
    }

    /** Those that have a name, in order. */
    private List<Node> outputs(Ops ops, List<@Nullable Node> inputs, OnnxScope outside) {
        OnnxAttributes attributes = OnnxAttributes.of(proto, OnnxAttributes.NONE);
        OnnxCall call = new OnnxCall(
                proto, attributes, OnnxAttributes.NONE, inputs, written, outside, library, new OnnxWork(), ops);
        List<Node> all = call.applied(known.rule());
        List<Node> named = new ArrayList<>();
        for (int i = 0; i < proto.getOutputCount(); i++) {
            if (!proto.getOutput(i).isEmpty()) {
                if (i >= all.size()) {
                    throw call.expected("at most " + all.size() + " outputs", proto.getOutputCount());
                }
                named.add(all.get(i));
            }
        }
        return named;
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape() {
        throw notSameDiffs();
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
        throw notSameDiffs();
    }

    @Override
    public List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
        throw notSameDiffs();
    }

    @Override
    public long opHash() {
        throw notSameDiffs();
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        throw notSameDiffs();
    }

    /** What SameDiff asks for to save a graph, to copy it, or to make its gradient. */
    @Override
    public Map<String, Object> propertiesForFunction() {
        throw notSameDiffs();
    }

    private UnsupportedOperationException notSameDiffs() {
        return new UnsupportedOperationException(opName() + " -> " + String.join(", ", proto.getOutputList())
                + ": expected an operation of SameDiff's own, got a node of an ONNX model, which SameDiff can't run,"
                + " differentiate, copy or save (TensorFunction.of(graph, output, input) computes it and its derivatives;"
                + " SameDiffExport.runnable(graph, shapes, outputs) makes a graph that SameDiff runs and saves)");
    }
}
