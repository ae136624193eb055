package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import onnx.Onnx.NodeProto;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.HeldOp;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpCall;
import org.jspecify.annotations.Nullable;

/**
 * A node of an ONNX model in a SameDiff graph. SameDiff holds it and can't run it: it has no operations that compute what
 * most of ONNX's mean.
 */
final class OnnxOp extends HeldOp {
    private final NodeProto proto;
    private final OnnxLibrary library;
    private final OnnxRules.@Nullable Entry known;
    private final List<OnnxType> written;
    private final List<String> captured;
    private final List<OnnxType> capturedTypes;

    /**
     * @param known null for an operator that has no rule: what doesn't need it is possible all the same
     * @param written the types of its inputs in the file
     * @param captured what graphs inside the node use from outside; operands after its own
     */
    OnnxOp(
            NodeProto proto,
            OnnxLibrary library,
            OnnxRules.@Nullable Entry known,
            List<OnnxType> written,
            List<String> captured,
            List<OnnxType> capturedTypes) {
        this.proto = proto;
        this.library = library;
        this.known = known;
        this.written = List.copyOf(written);
        this.captured = List.copyOf(captured);
        this.capturedTypes = List.copyOf(capturedTypes);
    }

    @Override
    public String opName() {
        return OnnxLibrary.title(proto);
    }

    @Override
    protected String kind() {
        return "a node of an ONNX model";
    }

    OnnxLibrary library() {
        return library;
    }

    @Override
    public ImportRules.@Nullable Entry entry() {
        return known == null
                ? null
                : new ImportRules.Entry(opName(), known.family(), known.smoothness(), known.note(), this::apply);
    }

    @Override
    public String reasonAgainst() {
        String reason = OnnxLibrary.reasonAgainst(opName());
        return reason == null ? "no rule (docs/onnx-operators.md lists those that there are)" : reason;
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
        List<Node> all = call.applied(Objects.requireNonNull(known).rule());
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
}
