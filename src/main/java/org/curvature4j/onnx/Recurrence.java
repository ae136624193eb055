package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.internal.composition.Steps;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * What LSTM, GRU and RNN share: directions, lengths of sequences, initial states, layouts. What inputs give to the gates is
 * one product for all steps; the steps themselves are a scan.
 */
final class Recurrence {
    /** One step. */
    interface Cell {
        /**
         * The next states.
         *
         * @param gates what the step's input gives to the gates [batch, gates * hidden]
         * @param states each [batch, hidden]
         * @param weights the recurrent ones [gates * hidden, hidden], then others as the operator has them
         */
        List<Node> next(Ops o, Node gates, List<Node> states, List<Node> weights);
    }

    private final OnnxCall call;
    private final Ops o;
    private final int gates;
    private final boolean batchFirst;
    private final Node x;
    private final long hidden;
    private final @Nullable Node mask;

    /**
     * @param gates how many the operator has
     */
    Recurrence(OnnxCall call, int gates) {
        this.call = call;
        this.o = call.ops();
        this.gates = gates;
        this.batchFirst = call.attributes().flag("layout", false);
        if (call.rank(0) != 3 || call.rank(1) != 3 || call.rank(2) != 3) {
            throw call.expected(
                    "a sequence and weights of 3 axes each",
                    call.input(0).type() + ", " + call.input(1).type() + ", "
                            + call.input(2).type());
        }
        this.x = swapped(call.input(0));
        this.hidden = call.size(2, 2);
        this.mask = mask();
        if (call.size(1, 0) != directions().size()) {
            throw call.expected(directions().size() + " directions of weights", call.size(1, 0));
        }
    }

    /** Of each direction, whether it runs from the end. */
    List<Boolean> directions() {
        String direction = call.attributes().text("direction", "forward");
        return switch (direction) {
            case "forward" -> List.of(false);
            case "reverse" -> List.of(true);
            case "bidirectional" -> List.of(false, true);
            default -> throw call.expected("direction forward, reverse or bidirectional", direction);
        };
    }

    /** A direction's activations, by their names where none are stated. */
    List<RecurrentActivation> activations(int direction, String... otherwise) {
        int each = otherwise.length;
        return RecurrentActivation.of(call, direction * each, directions().size() * each, List.of(otherwise));
    }

    /** Between [steps, batch, ...] and [batch, steps, ...] where the layout asks for it; either way. */
    private Node swapped(Node node) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, node.shape().rank()).boxed().toList());
        order.set(0, 1);
        order.set(1, 0);
        return batchFirst ? o.permute(node, order) : node;
    }

    /** Whether a step is part of a sequence [steps, batch, 1]; null where all are. */
    private @Nullable Node mask() {
        Node lengths = call.optional(4);
        if (lengths == null) {
            return null;
        }
        long steps = x.shape().dim(0);
        Node count = o.reshape(Selections.counting(o, lengths.dtype(), steps), Shape.of(steps, 1, 1));
        return o.apply(
                Comparison.LT,
                count,
                o.reshape(lengths, Shape.of(1, lengths.type().size(), 1)));
    }

    /** A part of an input that has one for each direction, without that axis; null where the input isn't given. */
    @Nullable
    Node part(int input, int direction) {
        Node whole = call.optional(input);
        return whole == null ? null : row(whole, direction);
    }

    private Node row(Node whole, int direction) {
        return Axes.at(o, whole, 0, direction);
    }

    /** Block {@code gate} of a number of equal ones along the last axis. */
    Node gate(Ops ops, Node node, int gate) {
        return ops.slice(node, node.shape().rank() - 1, gate * hidden, (gate + 1) * hidden);
    }

    /**
     * Runs the directions.
     *
     * @param initial the numbers of the operator's inputs that are initial states
     * @param others further weights of a direction, for the cell
     * @return all outputs, and the last states
     */
    List<Node> run(List<Integer> initial, Others others, CellOf cell) {
        List<List<Node>> results = new ArrayList<>();
        List<Boolean> directions = directions();
        for (int i = 0; i < directions.size(); i++) {
            results.add(run(i, directions.get(i), initial, others.of(i), cell.of(i)));
        }
        List<Node> joined = new ArrayList<>();
        Node all = stacked(results, 0, 1);
        joined.add(batchFirst ? o.permute(all, List.of(2, 0, 1, 3)) : all);
        for (int i = 1; i <= initial.size(); i++) {
            joined.add(swapped(stacked(results, i, 0)));
        }
        return joined;
    }

    interface Others {
        List<Node> of(int direction);
    }

    interface CellOf {
        Cell of(int direction);
    }

    /** One result of each direction along a new axis. */
    private Node stacked(List<List<Node>> results, int result, int axis) {
        return Axes.stack(o, results.stream().map(each -> each.get(result)).toList(), axis);
    }

    private List<Node> run(int direction, boolean reverse, List<Integer> initial, List<Node> others, Cell cell) {
        Node weights = row(call.input(1), direction);
        Node inputs = o.einsum("tbi,gi->tbg", x, weights);
        Node bias = part(3, direction);
        if (bias != null) {
            Node sum = o.slice(bias, 0, 0, gates * hidden);
            inputs = o.add(inputs, o.reshape(sum, Shape.of(1, 1, gates * hidden)));
        }
        long batch = x.shape().dim(1);
        List<Node> states = new ArrayList<>();
        for (int input : initial) {
            Node whole = call.optional(input);
            states.add(
                    whole == null
                            ? o.constant(x.type().withShape(Shape.of(batch, hidden)), 0)
                            : row(swapped(whole), direction));
        }
        List<Node> scanned = new ArrayList<>(List.of(inputs));
        if (mask != null) {
            scanned.add(mask);
        }
        List<Node> unchanging = new ArrayList<>(List.of(row(call.input(2), direction)));
        unchanging.addAll(others);
        return outputs(states.size(), scan(states, scanned, unchanging, reverse, cell));
    }

    /** The outputs of all steps before the last states. */
    private static List<Node> outputs(int states, List<Node> scan) {
        List<Node> ordered = new ArrayList<>(scan.subList(states, scan.size()));
        ordered.addAll(scan.subList(0, states));
        return ordered;
    }

    private List<Node> scan(List<Node> states, List<Node> scanned, List<Node> unchanging, boolean reverse, Cell cell) {
        return Steps.run(
                o, x.shape().dim(0), reverse, states, scanned, unchanging, (inside, before, slices, weights) -> {
                    List<Node> next = new ArrayList<>(cell.next(inside, slices.get(0), before, weights));
                    Node output = next.get(0);
                    if (mask != null) {
                        Node isInside = slices.get(1);
                        output = inside.select(isInside, output, inside.like(output, 0));
                        for (int i = 0; i < before.size(); i++) {
                            next.set(i, inside.select(isInside, next.get(i), before.get(i)));
                        }
                    }
                    next.add(output);
                    return next;
                });
    }

    /** The recurrent half of a direction's biases; null where there are none. */
    @Nullable
    Node recurrentBias(int direction) {
        Node bias = part(3, direction);
        return bias == null ? null : o.slice(bias, 0, gates * hidden, 2L * gates * hidden);
    }

    long hidden() {
        return hidden;
    }
}
