package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Steps;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent layers as scans over time: long short-term memory (Hochreiter and Schmidhuber 1997, with forget gates of Gers et
 * al. 2000 and peepholes of Gers and Schmidhuber 2000) and gated recurrent units (Cho et al. 2014).
 */
final class RecurrentRules {
    private static final String LIMITS =
            "activations tanh, sigmoid, relu and softplus; without lengths of the sequences and without clipping";
    private static final int EXTRA_DIM = 4;
    private static final int TIME_SECOND_SIDE = 3;

    private RecurrentRules() {}

    static void addTo(RuleTable table) {
        table.add("lstmLayer", KINKS, LIMITS, call -> new Lstm(call).results());
        table.add("gru", SMOOTH, RecurrentRules::gru);
        table.add("gruCell", SMOOTH, RecurrentRules::gruCell);
    }

    /** A layer of ND4J's, by its arguments: format, direction, activations of gates, cell and output; then eight flags. */
    private static final class Lstm {
        private final OpCall call;
        private final Ops o;
        private final Node sequence;
        private final int format;
        private final int direction;
        private final List<Node> rest;

        Lstm(OpCall call) {
            this.call = call;
            this.o = call.ops();
            this.format = (int) call.integer(0);
            this.direction = (int) call.integer(1);
            if (call.flag(1, false)) {
                throw call.expected("sequences of one length", "lengths (cut the sequences)");
            } else if (call.number(0, 0) != 0) {
                throw call.expected("a cell that isn't clipped", "a clip of " + call.number(0));
            } else if (direction == EXTRA_DIM && format != 0 && format != TIME_SECOND_SIDE) {
                throw call.expected("time first where both directions have an axis", "format " + format);
            }
            // Steps first, then the batch, then features.
            this.sequence = switch (format) {
                case 1 -> o.permute(call.input(0), List.of(1, 0, 2));
                case 2 -> o.permute(call.input(0), List.of(2, 0, 1));
                default -> call.input(0);
            };
            this.rest = new ArrayList<>(call.inputs().subList(1, call.inputCount()));
        }

        List<Node> results() {
            List<List<Node>> sides = new ArrayList<>();
            boolean both = direction >= 2;
            for (int side = 0; side < (both ? 2 : 1); side++) {
                sides.add(side(both, side, direction == 1 || side == 1));
            }
            List<Node> results = new ArrayList<>();
            if (call.flag(5, false)) {
                results.add(sequences(sides.stream().map(side -> side.get(2)).toList()));
            }
            for (int last = 0; last < 2; last++) {
                int state = last;
                if (call.flag(6 + last, false)) {
                    List<Node> ends =
                            sides.stream().map(side -> side.get(state)).toList();
                    results.add(both ? Axes.stack(o, ends, 0) : ends.get(0));
                }
            }
            return results;
        }

        /** What a layer in one direction takes of each operand. */
        private Node part(Node operand, boolean both, int side) {
            return both ? Axes.at(o, operand, 0, side) : operand;
        }

        /** The last output, the last cell, all outputs. */
        private List<Node> side(boolean both, int side, boolean reverse) {
            int next = 2;
            Node weights = part(rest.get(0), both, side);
            Node recurrent = part(rest.get(1), both, side);
            Node bias = call.flag(0, false) ? part(rest.get(next++), both, side) : null;
            Shape state = Shape.of(sequence.shape().dim(1), recurrent.shape().dim(0));
            TensorType type = sequence.type().withShape(state);
            Node zero = o.builder().literal(type, 0);
            Node output = call.flag(2, false) ? part(rest.get(next++), both, side) : zero;
            Node cell = call.flag(3, false) ? part(rest.get(next++), both, side) : zero;
            Node peepholes = call.flag(4, false) ? part(rest.get(next), both, side) : null;
            Node inputs = o.einsum("tni,ig->tng", sequence, weights);
            if (bias != null) {
                inputs =
                        o.add(inputs, o.reshape(bias, Shape.of(1, 1, bias.type().size())));
            }
            List<Node> unchanging = new ArrayList<>(List.of(recurrent));
            if (peepholes != null) {
                unchanging.add(peepholes);
            }
            return Steps.run(
                    o,
                    sequence.shape().dim(0),
                    reverse,
                    List.of(output, cell),
                    List.of(inputs),
                    unchanging,
                    this::step);
        }

        private List<Node> step(Ops b, List<Node> states, List<Node> slices, List<Node> unchanging) {
            Node cell = states.get(1);
            long units = cell.shape().dim(1);
            Node peepholes = unchanging.size() > 1 ? unchanging.get(1) : null;
            Node sums = b.add(slices.get(0), b.einsum("nh,hg->ng", states.get(0), unchanging.get(0)));
            Node in = activation(b, 2, peep(b, gate(b, sums, 0, units), cell, peepholes, 0));
            Node forget = activation(b, 2, peep(b, gate(b, sums, 1, units), cell, peepholes, 1));
            Node candidate = activation(b, 3, gate(b, sums, 2, units));
            Node next = b.add(b.mul(forget, cell), b.mul(in, candidate));
            Node out = activation(b, 2, peep(b, gate(b, sums, 3, units), next, peepholes, 2));
            Node result = b.mul(out, activation(b, 4, next));
            return List.of(result, next, result);
        }

        private static Node peep(Ops b, Node sum, Node cell, @Nullable Node peepholes, int part) {
            if (peepholes == null) {
                return sum;
            }
            long units = cell.shape().dim(1);
            Node weights = b.slice(peepholes, 0, part * units, (part + 1) * units);
            return b.add(sum, b.mul(cell, b.reshape(weights, Shape.of(1, units))));
        }

        private Node activation(Ops b, int argument, Node x) {
            return switch ((int) call.integer(argument)) {
                case 0 -> b.apply(Elementwise.TANH, x);
                case 1 -> b.apply(Elementwise.MAX, x, b.like(x, 0));
                case 2 -> b.sigmoid(x);
                case 10 -> b.apply(Elementwise.SOFTPLUS, x);
                default ->
                    throw call.expected("tanh, sigmoid, relu or softplus", "activation " + call.integer(argument));
            };
        }

        private Node sequences(List<Node> sides) {
            Node joined =
                    switch (direction) {
                        case 2 -> o.add(sides.get(0), sides.get(1));
                        case 3 -> o.concat(sides, 2);
                        case EXTRA_DIM -> Axes.stack(o, sides, 1);
                        default -> sides.get(0);
                    };
            return switch (format) {
                case 1 -> o.permute(joined, List.of(1, 0, 2));
                case 2 -> o.permute(joined, List.of(1, 2, 0));
                default -> joined;
            };
        }
    }

    /** One of the parts of the sums of gates, which lie side by side. */
    private static Node gate(Ops b, Node sums, long part, long units) {
        return b.slice(sums, 1, part * units, (part + 1) * units);
    }

    /** Sequence [steps, batch, features], first state [batch, units], weights of the input and of the state, biases: reset, update, new. */
    private static List<Node> gru(OpCall call) {
        Ops o = call.ops();
        Node bias = call.input(4);
        Node inputs = o.add(
                o.einsum("tni,ig->tng", call.input(0), call.input(2)),
                o.reshape(bias, Shape.of(1, 1, bias.type().size())));
        long steps = call.input(0).shape().dim(0);
        List<Node> states = List.of(call.input(1));
        List<Node> weights = List.of(call.input(3));
        return Steps.run(o, steps, false, states, List.of(inputs), weights, RecurrentRules::gruStep)
                .subList(1, 2);
    }

    private static List<Node> gruStep(Ops b, List<Node> states, List<Node> slices, List<Node> weights) {
        Node state = states.get(0);
        Node sums = slices.get(0);
        long units = state.shape().dim(1);
        // ND4J resets the product with the state, where Cho et al. reset the state.
        Node products = b.einsum("nh,hg->ng", state, weights.get(0));
        Node both = b.sigmoid(b.add(b.slice(sums, 1, 0, 2 * units), b.slice(products, 1, 0, 2 * units)));
        Node reset = gate(b, both, 0, units);
        Node update = gate(b, both, 1, units);
        Node candidate =
                b.apply(Elementwise.TANH, b.add(gate(b, sums, 2, units), b.mul(reset, gate(b, products, 2, units))));
        Node next = mixed(b, update, state, candidate);
        return List.of(next, next);
    }

    private static Node mixed(Ops b, Node update, Node state, Node candidate) {
        return b.add(b.mul(update, state), b.mul(b.sub(b.like(update, 1), update), candidate));
    }

    /** One step: input, state, weights [features + units, 2 units] of reset and update, of the new state, and biases. */
    private static List<Node> gruCell(OpCall call) {
        Ops o = call.ops();
        Node state = call.input(1);
        long units = state.shape().dim(1);
        Node joined = o.concat(List.of(call.input(0), state), 1);
        Node both = o.sigmoid(layer(o, joined, call.input(2), call.input(4)));
        Node reset = gate(o, both, 0, units);
        Node update = gate(o, both, 1, units);
        Node again = o.concat(List.of(call.input(0), o.mul(reset, state)), 1);
        Node candidate = o.apply(Elementwise.TANH, layer(o, again, call.input(3), call.input(5)));
        return List.of(reset, update, candidate, mixed(o, update, state, candidate));
    }

    private static Node layer(Ops o, Node x, Node weights, Node bias) {
        return o.add(
                o.einsum("ni,ig->ng", x, weights),
                o.reshape(bias, Shape.of(1, bias.type().size())));
    }
}
