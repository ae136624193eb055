package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * The equations of recurrent layers, a step at a time, and layers of them as scans over time: long short-term memory
 * (Hochreiter and Schmidhuber 1997, with forget gates of Gers et al. 2000 and peepholes of Gers and Schmidhuber 2000) and
 * gated recurrent units (Cho et al. 2014). In what order gates lie side by side is data.
 */
public final class RecurrentCells {
    private RecurrentCells() {}

    /** A function of each element. */
    @FunctionalInterface
    public interface Activation {
        Node of(Ops o, Node x);
    }

    /** One step. */
    @FunctionalInterface
    public interface Cell {
        /**
         * The next states, the first of which is the output.
         *
         * @param inputs what the step's input gives to the gates [batch, gates * units]
         * @param states each [batch, units]
         * @param weights the recurrent ones [gates * units, units], then, where there are any, their biases [1, gates * units],
         *     then others that the cell knows of
         */
        List<Node> next(Ops o, Node inputs, List<Node> states, List<Node> weights);
    }

    /**
     * A cell at each step of a sequence.
     *
     * @param sequence [steps, batch, features]
     * @param reverse whether the first step is that of the last elements
     * @param weights of the inputs [gates * units, features]
     * @param bias of the inputs [gates * units]; null where there is none
     * @param mask whether a step is part of a sequence [steps, batch, 1]; null where all are
     * @param unchanging the cell's weights
     * @return the outputs of all steps [steps, batch, units], 0 where a step is no part, then the last states
     */
    public static List<Node> layer(
            Ops o,
            Node sequence,
            boolean reverse,
            Node weights,
            @Nullable Node bias,
            @Nullable Node mask,
            List<Node> states,
            List<Node> unchanging,
            Cell cell) {
        Node inputs = o.einsum("tbi,gi->tbg", sequence, weights);
        if (bias != null) {
            inputs = o.add(inputs, o.reshape(bias, Shape.of(1, 1, bias.type().size())));
        }
        long steps = sequence.shape().dim(0);
        List<Node> scanned = mask == null ? List.of(inputs) : List.of(inputs, mask);
        List<Node> results =
                Steps.run(o, steps, reverse, states, scanned, unchanging, (inside, before, slices, own) -> {
                    List<Node> next = new ArrayList<>(cell.next(inside, slices.get(0), before, own));
                    Node output = next.get(0);
                    if (slices.size() > 1) {
                        Node isPart = slices.get(1);
                        output = inside.select(isPart, output, inside.like(output, 0));
                        for (int i = 0; i < before.size(); i++) {
                            next.set(i, inside.select(isPart, next.get(i), before.get(i)));
                        }
                    }
                    next.add(output);
                    return next;
                });
        List<Node> ordered = new ArrayList<>(results.subList(states.size(), results.size()));
        ordered.addAll(results.subList(0, states.size()));
        return ordered;
    }

    /** Vectors as rows of one. */
    public static Node row(Ops o, Node vector) {
        return o.reshape(vector, Shape.of(1, vector.type().size()));
    }

    /** Block {@code gate} of a number of equal ones that lie side by side. */
    private static Node gate(Ops o, Node sums, int gate, Node state) {
        long units = state.shape().dim(1);
        return o.slice(sums, 1, gate * units, (gate + 1) * units);
    }

    /** What the state gives to the gates. */
    private static Node recurrent(Ops o, Node state, Node weights, @Nullable Node bias) {
        Node product = o.einsum("bh,gh->bg", state, weights);
        return bias == null ? product : o.add(product, bias);
    }

    private static @Nullable Node bias(List<Node> weights, int others) {
        return weights.size() > 1 + others ? weights.get(1) : null;
    }

    /** Elman's cell. */
    public static Cell simple(Activation f) {
        return (o, inputs, states, weights) ->
                List.of(f.of(o, o.add(inputs, recurrent(o, states.get(0), weights.get(0), bias(weights, 0)))));
    }

    /**
     * A gated recurrent unit.
     *
     * @param update the place of the update gate, and likewise
     * @param resetsProduct whether the reset gate is applied to what the state gives, in place of the state
     */
    public record Gated(
            int update, int reset, int candidate, boolean resetsProduct, Activation gates, Activation activation)
            implements Cell {

        /** What a step computes, the next state last. */
        public record Parts(Node reset, Node update, Node candidate, Node next) {}

        @Override
        public List<Node> next(Ops o, Node inputs, List<Node> states, List<Node> weights) {
            return List.of(parts(o, inputs, states.get(0), weights).next);
        }

        /** As {@link #next}. */
        public Parts parts(Ops o, Node inputs, Node state, List<Node> weights) {
            Node bias = bias(weights, 0);
            Node given = recurrent(o, state, weights.get(0), bias);
            Node u = gates.of(o, o.add(gate(o, inputs, update, state), gate(o, given, update, state)));
            Node r = gates.of(o, o.add(gate(o, inputs, reset, state), gate(o, given, reset, state)));
            Node inner;
            if (resetsProduct) {
                inner = o.mul(r, gate(o, given, candidate, state));
            } else {
                long units = state.shape().dim(1);
                Node own = o.slice(weights.get(0), 0, candidate * units, (candidate + 1) * units);
                inner = recurrent(o, o.mul(r, state), own, bias == null ? null : gate(o, bias, candidate, state));
            }
            Node c = activation.of(o, o.add(gate(o, inputs, candidate, state), inner));
            return new Parts(r, u, c, o.add(o.mul(u, state), o.mul(o.sub(o.like(u, 1), u), c)));
        }
    }

    /** The places of the gates of a long short-term memory, and those of its peepholes among each other. */
    public record Places(int input, int forget, int candidate, int output, List<Integer> peepholes) {
        public Places {
            peepholes = List.copyOf(peepholes);
        }
    }

    /**
     * A long short-term memory, whose second state is its cell.
     *
     * @param hasPeepholes whether gates see the cell: the last weights [1, 3 * units] then
     * @param isCoupled whether what the input gate lets in is what is forgotten
     */
    public record LongShort(
            Places places,
            boolean hasPeepholes,
            boolean isCoupled,
            Activation gates,
            Activation activation,
            Activation outer)
            implements Cell {

        @Override
        public List<Node> next(Ops o, Node inputs, List<Node> states, List<Node> weights) {
            Node before = states.get(1);
            Node bias = bias(weights, hasPeepholes ? 1 : 0);
            Node sums = o.add(inputs, recurrent(o, states.get(0), weights.get(0), bias));
            Node peepholes = hasPeepholes ? weights.get(weights.size() - 1) : null;
            Node in = gate(o, sums, places.input, before, peepholes, 0);
            Node forget = isCoupled ? o.sub(o.like(in, 1), in) : gate(o, sums, places.forget, before, peepholes, 1);
            Node candidate = activation.of(o, RecurrentCells.gate(o, sums, places.candidate, before));
            Node cell = o.add(o.mul(forget, before), o.mul(in, candidate));
            Node out = gate(o, sums, places.output, cell, peepholes, 2);
            return List.of(o.mul(out, outer.of(o, cell)), cell);
        }

        private Node gate(Ops o, Node sums, int place, Node cell, @Nullable Node peepholes, int number) {
            Node sum = RecurrentCells.gate(o, sums, place, cell);
            if (peepholes != null) {
                Node own = RecurrentCells.gate(o, peepholes, places.peepholes.get(number), cell);
                sum = o.add(sum, o.mul(own, cell));
            }
            return gates.of(o, sum);
        }
    }
}
