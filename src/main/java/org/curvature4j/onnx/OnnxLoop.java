package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Bundle;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.internal.composition.Steps;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** A loop of many steps as one operation, for bodies that are alike in all steps: of states that keep their types. */
final class OnnxLoop {
    /** Fewer steps are written out, where more is known at each: its number, above all. */
    private static final long MANY = 32;

    private final OnnxCall call;
    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private final OnnxScope around = OnnxScope.EMPTY.inside();
    private final List<Node> unchanging = new ArrayList<>();

    private OnnxLoop(OnnxCall call) {
        this.call = call;
    }

    /** The last states and all outputs of a scan over first axes; null if it is to be written out. */
    static @Nullable List<Node> scanned(OnnxCall call, List<Node> states, List<Node> sequences, long length) {
        return length > MANY ? new OnnxLoop(call).apply(false, states, sequences, length) : null;
    }

    /** As {@link #scanned}, of a loop whose body gets the step's number and says that it goes on. */
    static @Nullable List<Node> counted(OnnxCall call, List<Node> states, long length) {
        if (length <= MANY || length > Integer.MAX_VALUE) {
            return null;
        }
        Node numbers = Selections.counting(
                call.ops(), DType.INT64, call.affordable(length).size());
        return new OnnxLoop(call).apply(true, states, List.of(numbers), length);
    }

    private @Nullable List<Node> apply(boolean counts, List<Node> states, List<Node> sequences, long length) {
        if (states.stream().anyMatch(state -> state.op() instanceof Bundle)) {
            return null;
        }
        List<Node> inner = states.stream().map(state -> input(state.type())).toList();
        List<Node> slices =
                sequences.stream().map(sequence -> input(Steps.slice(sequence))).toList();
        List<Node> arguments = new ArrayList<>(inner);
        arguments.addAll(counts ? 0 : arguments.size(), slices);
        if (counts) {
            arguments.add(1, ops.scalar(DType.BOOL, 1));
        }
        List<Node> outputs = capture() ? outputs(arguments) : null;
        if (outputs == null
                || outputs.size() < states.size() + (counts ? 1 : 0)
                || (counts && !isYes(outputs.get(0)))) {
            return null;
        }
        List<Node> results = outputs.subList(counts ? 1 : 0, outputs.size());
        for (int i = 0; i < results.size(); i++) {
            boolean isAlike = i >= states.size()
                    || results.get(i).type().equals(states.get(i).type());
            if (!isAlike || results.get(i).op() instanceof Bundle) {
                return null;
            }
        }
        return call.ops().scan(builder.build(results), length, false, states, sequences, unchanging);
    }

    private Node input(TensorType type) {
        return builder.freshInput("value", type);
    }

    /** Makes what is used from outside known inside; literals stay that. Whether all of it are tensors. */
    private boolean capture() {
        for (String name : call.captured()) {
            Node outer = call.outside().get(name);
            if (outer == null || outer.op() instanceof Bundle) {
                return false;
            }
            boolean isKnown = outer.op() instanceof Leaf.Literal;
            around.put(
                    name,
                    call.outside().types().of(List.of(name)).get(0),
                    isKnown ? builder.apply(outer.op()) : input(outer.type()));
            if (!isKnown) {
                unchanging.add(outer);
            }
        }
        return true;
    }

    /** The body's; null where it asks for what only a step that is written out knows. */
    private @Nullable List<Node> outputs(List<Node> arguments) {
        try {
            return call.in(ops, around).body("body", arguments);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isYes(Node condition) {
        return condition.op() instanceof Leaf.Literal literal && literal.isAll(1);
    }
}
