package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.op.Ops;

/** Recurrent layers, by the equations of the ONNX standard. A loop, however long the sequence. */
final class RecurrentRules {
    private static final String NOTE = "kinks where its activations have them";

    private RecurrentRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("RNN", SMOOTH, NOTE, RecurrentRules::simple);
        rules.add("GRU", SMOOTH, NOTE, RecurrentRules::gated);
        rules.add("LSTM", SMOOTH, NOTE, RecurrentRules::longShort);
    }

    /** Held within the operator's bound, if it has one, before an activation. */
    private static Node held(Ops o, OnnxCall call, Node x) {
        double bound = call.attributes().number("clip", 0);
        return bound > 0 ? Activations.clip(o, x, -bound, bound) : x;
    }

    /** The recurrent biases of a direction as a row; none where there are none. */
    private static List<Node> biases(OnnxCall call, Recurrence recurrence, int direction) {
        Node bias = recurrence.recurrentBias(direction);
        return bias == null
                ? List.of()
                : List.of(call.ops().reshape(bias, Shape.of(1, bias.type().size())));
    }

    /** What the states give to the gates. */
    private static Node recurrent(Ops o, Node hidden, List<Node> weights) {
        Node product = o.einsum("bh,gh->bg", hidden, weights.get(0));
        return weights.size() > 1 ? o.add(product, weights.get(1)) : product;
    }

    private static List<Node> simple(OnnxCall call) {
        Recurrence recurrence = new Recurrence(call, 1);
        return recurrence.run(List.of(5), direction -> biases(call, recurrence, direction), direction -> {
            List<RecurrentActivation> f = recurrence.activations(direction, "Tanh");
            return (o, gates, states, weights) ->
                    List.of(f.get(0).of(o, held(o, call, o.add(gates, recurrent(o, states.get(0), weights)))));
        });
    }

    /** Gates: update, reset, hidden. */
    private static List<Node> gated(OnnxCall call) {
        Recurrence recurrence = new Recurrence(call, 3);
        boolean linearFirst = call.attributes().flag("linear_before_reset", false);
        return recurrence.run(List.of(5), direction -> biases(call, recurrence, direction), direction -> {
            List<RecurrentActivation> f = recurrence.activations(direction, "Sigmoid", "Tanh");
            return (o, gates, states, weights) -> {
                Node before = states.get(0);
                Node state = recurrent(o, before, weights);
                Node update = f.get(0)
                        .of(o, held(o, call, o.add(recurrence.gate(o, gates, 0), recurrence.gate(o, state, 0))));
                Node reset = f.get(0)
                        .of(o, held(o, call, o.add(recurrence.gate(o, gates, 1), recurrence.gate(o, state, 1))));
                Node inner = linearFirst
                        ? o.mul(reset, recurrence.gate(o, state, 2))
                        : afterReset(o, recurrence, o.mul(reset, before), weights);
                Node hidden = f.get(1).of(o, held(o, call, o.add(recurrence.gate(o, gates, 2), inner)));
                return List.of(o.add(o.mul(o.sub(o.like(update, 1), update), hidden), o.mul(update, before)));
            };
        });
    }

    private static Node afterReset(Ops o, Recurrence recurrence, Node reset, List<Node> weights) {
        long hidden = recurrence.hidden();
        Node product = o.einsum("bh,gh->bg", reset, o.slice(weights.get(0), 0, 2 * hidden, 3 * hidden));
        return weights.size() > 1 ? o.add(product, recurrence.gate(o, weights.get(1), 2)) : product;
    }

    /** Gates: input, output, forget, cell. Peepholes: input, output, forget. */
    private static List<Node> longShort(OnnxCall call) {
        Recurrence recurrence = new Recurrence(call, 4);
        boolean coupled = call.attributes().flag("input_forget", false);
        boolean biased = call.has(3);
        Recurrence.Others others = direction -> {
            List<Node> all = new ArrayList<>(biases(call, recurrence, direction));
            Node peepholes = recurrence.part(7, direction);
            if (peepholes != null) {
                all.add(call.ops()
                        .reshape(peepholes, Shape.of(1, peepholes.type().size())));
            }
            return all;
        };
        return recurrence.run(List.of(5, 6), others, direction -> {
            List<RecurrentActivation> f = recurrence.activations(direction, "Sigmoid", "Tanh", "Tanh");
            return (o, gates, states, weights) -> {
                Node sum = o.add(gates, recurrent(o, states.get(0), weights.subList(0, biased ? 2 : 1)));
                Node peepholes = weights.size() > (biased ? 2 : 1) ? weights.get(weights.size() - 1) : null;
                Peephole peephole = (gate, cell) -> {
                    Node own = recurrence.gate(o, sum, gate);
                    Node all = peepholes == null ? own : o.add(own, o.mul(recurrence.gate(o, peepholes, gate), cell));
                    return f.get(0).of(o, held(o, call, all));
                };
                Node before = states.get(1);
                Node input = peephole.of(0, before);
                Node forget = coupled ? o.sub(o.like(input, 1), input) : peephole.of(2, before);
                Node candidate = f.get(1).of(o, held(o, call, recurrence.gate(o, sum, 3)));
                Node cell = o.add(o.mul(forget, before), o.mul(input, candidate));
                Node output = peephole.of(1, cell);
                return List.of(o.mul(output, f.get(2).of(o, cell)), cell);
            };
        });
    }

    /** A gate that sees the cell. */
    private interface Peephole {
        Node of(int gate, Node cell);
    }
}
