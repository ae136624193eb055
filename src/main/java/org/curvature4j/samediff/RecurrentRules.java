package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.RecurrentCells;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Recurrent layers of ND4J's, by their arguments. */
final class RecurrentRules {
    private static final String LIMITS =
            "activations tanh, sigmoid, relu and softplus; without lengths of the sequences and without clipping";
    /** Gates input, forget, candidate, output; peepholes input, forget, output. */
    private static final RecurrentCells.Places PLACES = new RecurrentCells.Places(0, 1, 2, 3, List.of(0, 1, 2));

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
                results.add(sequences(sides.stream().map(side -> side.get(0)).toList()));
            }
            for (int last = 1; last <= 2; last++) {
                int state = last;
                if (call.flag(5 + last, false)) {
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

        /** All outputs, the last output, the last cell. */
        private List<Node> side(boolean both, int side, boolean reverse) {
            int next = 2;
            Node weights = part(rest.get(0), both, side);
            Node recurrent = part(rest.get(1), both, side);
            Node bias = call.flag(0, false) ? part(rest.get(next++), both, side) : null;
            Shape state = Shape.of(sequence.shape().dim(1), recurrent.shape().dim(0));
            Node zero = o.builder().literal(sequence.type().withShape(state), 0);
            Node output = call.flag(2, false) ? part(rest.get(next++), both, side) : zero;
            Node cell = call.flag(3, false) ? part(rest.get(next++), both, side) : zero;
            boolean hasPeepholes = call.flag(4, false);
            List<Node> unchanging = new ArrayList<>(List.of(transposed(o, recurrent)));
            if (hasPeepholes) {
                unchanging.add(RecurrentCells.row(o, part(rest.get(next), both, side)));
            }
            return RecurrentCells.layer(
                    o,
                    sequence,
                    reverse,
                    transposed(o, weights),
                    bias,
                    null,
                    List.of(output, cell),
                    unchanging,
                    new RecurrentCells.LongShort(
                            PLACES, hasPeepholes, false, activation(2), activation(3), activation(4)));
        }

        private RecurrentCells.Activation activation(int argument) {
            return switch ((int) call.integer(argument)) {
                case 0 -> RecurrentRules::tanh;
                case 1 -> (b, x) -> b.apply(Elementwise.MAX, x, b.like(x, 0));
                case 2 -> Ops::sigmoid;
                case 10 -> (b, x) -> b.apply(Elementwise.SOFTPLUS, x);
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

    private static Node tanh(Ops o, Node x) {
        return o.apply(Elementwise.TANH, x);
    }

    private static Node transposed(Ops o, Node matrix) {
        return o.permute(matrix, List.of(1, 0));
    }

    /** Sequence [steps, batch, features], first state [batch, units], weights of the input and of the state, biases. */
    private static List<Node> gru(OpCall call) {
        Ops o = call.ops();
        return RecurrentCells.layer(
                        o,
                        call.input(0),
                        false,
                        transposed(o, call.input(2)),
                        call.input(4),
                        null,
                        List.of(call.input(1)),
                        List.of(transposed(o, call.input(3))),
                        unit(true))
                .subList(0, 1);
    }

    /** Gates reset, update, candidate. A layer of ND4J's resets the product with the state, its cell the state. */
    private static RecurrentCells.Gated unit(boolean resetsProduct) {
        return new RecurrentCells.Gated(1, 0, 2, resetsProduct, Ops::sigmoid, RecurrentRules::tanh);
    }

    /** One step: input, state, weights [features + units, 2 units] of reset and update, of the new state, and biases. */
    private static List<Node> gruCell(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        Node weights = o.concat(List.of(call.input(2), call.input(3)), 1);
        Node bias = o.concat(List.of(call.input(4), call.input(5)), 0);
        long features = x.shape().dim(1);
        Node own = o.slice(weights, 0, features, weights.shape().dim(0));
        Node inputs = o.add(o.einsum("ni,ig->ng", x, o.slice(weights, 0, 0, features)), RecurrentCells.row(o, bias));
        RecurrentCells.Gated.Parts parts = unit(false).parts(o, inputs, call.input(1), List.of(transposed(o, own)));
        return List.of(parts.reset(), parts.update(), parts.candidate(), parts.next());
    }
}
