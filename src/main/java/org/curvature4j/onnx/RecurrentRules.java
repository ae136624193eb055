package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Activations;
import org.curvature4j.internal.composition.RecurrentCells;
import org.curvature4j.internal.composition.RecurrentCells.Activation;

/** Recurrent layers, by the equations of the ONNX standard. A loop, however long the sequence. */
final class RecurrentRules {
    private static final String NOTE = "kinks where its activations have them";

    /** Gates input, output, forget, candidate; peepholes input, output, forget. */
    private static final RecurrentCells.Places LSTM = new RecurrentCells.Places(0, 2, 3, 1, List.of(0, 2, 1));

    private RecurrentRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("RNN", SMOOTH, NOTE, RecurrentRules::simple);
        rules.add("GRU", SMOOTH, NOTE, RecurrentRules::gated);
        rules.add("LSTM", SMOOTH, NOTE, RecurrentRules::longShort);
    }

    /** Of what is held within the operator's bound, if it has one. */
    private static Activation held(OnnxCall call, RecurrentActivation activation) {
        double bound = call.attributes().number("clip", 0);
        return bound > 0 ? (o, x) -> activation.of(o, Activations.clip(o, x, -bound, bound)) : activation::of;
    }

    private static List<Node> simple(OnnxCall call) {
        Recurrence recurrence = new Recurrence(call, 1);
        return recurrence.run(
                List.of(5),
                null,
                direction -> RecurrentCells.simple(
                        held(call, recurrence.activations(direction, "Tanh").get(0))));
    }

    private static List<Node> gated(OnnxCall call) {
        Recurrence recurrence = new Recurrence(call, 3);
        boolean resetsProduct = call.attributes().flag("linear_before_reset", false);
        return recurrence.run(List.of(5), null, direction -> {
            List<RecurrentActivation> f = recurrence.activations(direction, "Sigmoid", "Tanh");
            return new RecurrentCells.Gated(0, 1, 2, resetsProduct, held(call, f.get(0)), held(call, f.get(1)));
        });
    }

    private static List<Node> longShort(OnnxCall call) {
        Recurrence recurrence = new Recurrence(call, 4);
        boolean isCoupled = call.attributes().flag("input_forget", false);
        return recurrence.run(List.of(5, 6), 7, direction -> {
            List<RecurrentActivation> f = recurrence.activations(direction, "Sigmoid", "Tanh", "Tanh");
            return new RecurrentCells.LongShort(
                    LSTM, call.has(7), isCoupled, held(call, f.get(0)), held(call, f.get(1)), f.get(2)::of);
        });
    }
}
