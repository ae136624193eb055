package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.RecurrentCells;
import org.curvature4j.internal.composition.RecurrentCells.Cell;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * What LSTM, GRU and RNN share: directions, lengths of sequences, initial states, layouts. What inputs give to the gates is
 * one product for all steps; the steps themselves are a scan.
 */
final class Recurrence {
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

    /**
     * Runs the directions.
     *
     * @param initial the numbers of the operator's inputs that are initial states
     * @param other the number of an input that is further weights of the cell; null where there is none
     * @return all outputs, and the last states
     */
    List<Node> run(List<Integer> initial, @Nullable Integer other, CellOf cell) {
        List<List<Node>> results = new ArrayList<>();
        List<Boolean> directions = directions();
        for (int i = 0; i < directions.size(); i++) {
            Node more = other == null ? null : part(other, i);
            List<Node> others = more == null ? List.of() : List.of(RecurrentCells.row(o, more));
            results.add(run(i, directions.get(i), initial, others, cell.of(i)));
        }
        List<Node> joined = new ArrayList<>();
        Node all = stacked(results, 0, 1);
        joined.add(batchFirst ? o.permute(all, List.of(2, 0, 1, 3)) : all);
        for (int i = 1; i <= initial.size(); i++) {
            joined.add(swapped(stacked(results, i, 0)));
        }
        return joined;
    }

    interface CellOf {
        Cell of(int direction);
    }

    /** One result of each direction along a new axis. */
    private Node stacked(List<List<Node>> results, int result, int axis) {
        return Axes.stack(o, results.stream().map(each -> each.get(result)).toList(), axis);
    }

    private List<Node> run(int direction, boolean reverse, List<Integer> initial, List<Node> others, Cell cell) {
        long batch = x.shape().dim(1);
        List<Node> states = new ArrayList<>();
        for (int input : initial) {
            Node whole = call.optional(input);
            states.add(
                    whole == null
                            ? o.constant(x.type().withShape(Shape.of(batch, hidden)), 0)
                            : row(swapped(whole), direction));
        }
        Node both = part(3, direction);
        long half = gates * hidden;
        Node bias = both == null ? null : o.slice(both, 0, 0, half);
        List<Node> unchanging = new ArrayList<>(List.of(row(call.input(2), direction)));
        if (both != null) {
            unchanging.add(RecurrentCells.row(o, o.slice(both, 0, half, 2 * half)));
        }
        unchanging.addAll(others);
        return RecurrentCells.layer(o, x, reverse, row(call.input(1), direction), bias, mask, states, unchanging, cell);
    }
}
