package org.curvature4j.dl4j;

import java.util.function.UnaryOperator;
import org.curvature4j.graph.Node;
import org.curvature4j.samediff.Smoothness;

/**
 * What a layer or vertex computes.
 *
 * @param countsExamples whether it has to know how many examples the network is given
 */
record LayerRule(Smoothness smoothness, boolean countsExamples, Body body) {

    /** The value, of operands whose shapes are known. */
    @FunctionalInterface
    interface Body {
        Node apply(LayerCall call);
    }

    static LayerRule smooth(Body body) {
        return new LayerRule(Smoothness.SMOOTH, false, body);
    }

    static LayerRule kinks(Body body) {
        return new LayerRule(Smoothness.KINKS, false, body);
    }

    /** The same, as rough as something else that it is made of. */
    LayerRule with(Smoothness part) {
        return new LayerRule(rougher(part), countsExamples, body);
    }

    /** Another body, made of this one. */
    LayerRule bodied(Body other) {
        return new LayerRule(smoothness, countsExamples, other);
    }

    /** Of a reshaping that moves examples among the rows. */
    LayerRule countingExamples() {
        return new LayerRule(smoothness, true, body);
    }

    /** Another one on what this gives. */
    LayerRule then(LayerRule next) {
        return new LayerRule(
                rougher(next.smoothness),
                countsExamples || next.countsExamples,
                call -> next.body.apply(call.with(body.apply(call))));
    }

    LayerRule then(Activation activation) {
        return then(activation.rule());
    }

    /** The same on parameters that have other names. */
    LayerRule named(UnaryOperator<String> names) {
        return new LayerRule(smoothness, countsExamples, call -> body.apply(call.named(names)));
    }

    private Smoothness rougher(Smoothness other) {
        return smoothness.compareTo(other) >= 0 ? smoothness : other;
    }
}
