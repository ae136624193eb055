package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;

/** Scans whose states and outputs are of any types, by one that carries floating numbers of one type. */
final class ScanTypes {
    private ScanTypes() {}

    /** As {@link Ops#scan}. */
    static List<Node> apply(
            Ops ops,
            Graph body,
            long length,
            boolean reverse,
            List<Node> initial,
            List<Node> scanned,
            List<Node> unchanging) {
        List<TensorType> results = body.outputs().stream().map(Node::type).toList();
        List<TensorType> states =
                body.inputs().stream().limit(initial.size()).map(Node::type).toList();
        if (!initial.stream().map(Node::type).toList().equals(states)) {
            throw new IllegalArgumentException("scan: expected initial states " + states + ", got " + initial);
        }
        if (length == 0) {
            return withoutSteps(ops, results, initial);
        }
        DType dtype = carried(results);
        List<Node> operands = new ArrayList<>();
        initial.forEach(state -> operands.add(ops.cast(state, dtype)));
        operands.addAll(scanned);
        operands.addAll(unchanging);
        Scan scan = new Scan(carrying(body, initial.size(), dtype), initial.size(), scanned.size(), length, reverse);
        List<Node> parts = Packing.of(scan).parts(ops, ops.builder().apply(scan, operands));
        List<Node> typed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            typed.add(ops.cast(parts.get(i), results.get(i).dtype()));
        }
        return typed;
    }

    private static List<Node> withoutSteps(Ops ops, List<TensorType> results, List<Node> initial) {
        List<Node> parts = new ArrayList<>(initial);
        for (TensorType slice : results.subList(initial.size(), results.size())) {
            parts.add(ops.builder().literal(slice.withShape(Packing.beforeFirst(0, slice.shape())), 0));
        }
        return parts;
    }

    /** A floating type that holds all numbers of some types. */
    private static DType carried(List<TensorType> types) {
        boolean narrow = types.stream().allMatch(type -> type.dtype() == DType.FLOAT32 || type.dtype() == DType.BOOL);
        return narrow ? DType.FLOAT32 : DType.FLOAT64;
    }

    /** The body with states and outputs of one type. */
    private static Graph carrying(Graph body, int states, DType dtype) {
        boolean already = body.outputs().stream().allMatch(output -> output.dtype() == dtype)
                && body.inputs().subList(0, states).stream().allMatch(state -> state.dtype() == dtype);
        if (already) {
            return body;
        }
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Node> arguments = new ArrayList<>();
        for (int i = 0; i < body.inputs().size(); i++) {
            TensorType type = body.inputs().get(i).type();
            Node input = builder.input(body.inputName(i), i < states ? type.withDType(dtype) : type);
            arguments.add(ops.cast(input, type.dtype()));
        }
        return builder.build(builder.inline(body, arguments).stream()
                .map(output -> ops.cast(output, dtype))
                .toList());
    }
}
