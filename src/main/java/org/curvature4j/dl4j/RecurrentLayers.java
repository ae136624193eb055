package org.curvature4j.dl4j;

import java.util.List;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.RecurrentCells;
import org.curvature4j.op.Ops;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/** Recurrent layers over sequences [examples, units, steps] (or units last), which begin at states of zeros. */
final class RecurrentLayers {
    /**
     * Deeplearning4j's gates lie side by side as candidate, forget, output, input; weights of the cell behind them as those
     * of forget, output, input.
     */
    private static final RecurrentCells.Places PLACES = new RecurrentCells.Places(3, 1, 0, 2, List.of(2, 0, 1));

    private static final int GATES = 4;

    private RecurrentLayers() {}

    static boolean isStepsLast(RNNFormat format) {
        return format != RNNFormat.NWC;
    }

    static LayerRule longShort(AbstractLSTM layer, boolean hasPeepholes) {
        return longShort(
                Activation.of(layer.getGateActivationFn()),
                Activation.of(layer.getActivationFn()),
                hasPeepholes,
                isStepsLast(layer.getRnnDataFormat()),
                false,
                "W",
                "RW",
                "b");
    }

    /** The sum of two with weights of the cell, one of which goes from the last step to the first. */
    @SuppressWarnings("deprecation") // saved networks have it
    static LayerRule bothWays(GravesBidirectionalLSTM layer) {
        Activation gates = Activation.of(layer.getGateActivationFn());
        Activation activation = Activation.of(layer.getActivationFn());
        boolean isStepsLast = isStepsLast(layer.getRnnDataFormat());
        LayerRule forward = longShort(gates, activation, true, isStepsLast, false, "WF", "RWF", "bF");
        LayerRule backward = longShort(gates, activation, true, isStepsLast, true, "WB", "RWB", "bB");
        return new LayerRule(forward.smoothness(), false, call -> call.ops()
                .add(forward.body().apply(call), backward.body().apply(call)));
    }

    private static LayerRule longShort(
            Activation gates,
            Activation activation,
            boolean hasPeepholes,
            boolean isStepsLast,
            boolean isReverse,
            String inputs,
            String recurrent,
            String bias) {
        RecurrentCells.Cell cell = new RecurrentCells.LongShort(
                PLACES, hasPeepholes, false, gates.function(), activation.function(), activation.function());
        LayerRule rule = LayerRule.smooth(call -> {
            Ops o = call.ops();
            Node own = call.parameter(recurrent);
            long units = own.shape().dim(0);
            Node square = transposed(o, o.slice(own, 1, 0, GATES * units));
            List<Node> weights = hasPeepholes
                    ? List.of(square, ofCell(o, o.slice(own, 1, GATES * units, GATES * units + 3)))
                    : List.of(square);
            return run(call, cell, inputs, call.parameter(bias), units, 2, weights, isStepsLast, isReverse);
        });
        return rule.with(gates.smoothness()).with(activation.smoothness());
    }

    /** The columns one after the other, as a row. */
    private static Node ofCell(Ops o, Node columns) {
        return RecurrentCells.row(o, transposed(o, columns));
    }

    static LayerRule simple(SimpleRnn layer) {
        if (layer.hasLayerNorm()) {
            throw new IllegalArgumentException(
                    "expected a SimpleRnn without layer normalisation, got one with it (which has no derivative at the"
                            + " first step, whose state is 0)");
        }
        Activation activation = Activation.of(layer.getActivationFn());
        boolean isStepsLast = isStepsLast(layer.getRnnDataFormat());
        RecurrentCells.Cell cell = RecurrentCells.simple(activation.function());
        return LayerRule.smooth(call -> {
                    Node own = call.parameter("RW");
                    return run(
                            call,
                            cell,
                            "W",
                            call.parameter("b"),
                            own.shape().dim(0),
                            1,
                            List.of(transposed(call.ops(), own)),
                            isStepsLast,
                            false);
                })
                .with(activation.smoothness());
    }

    private static Node transposed(Ops o, Node matrix) {
        return o.permute(matrix, List.of(1, 0));
    }

    private static Node run(
            LayerCall call,
            RecurrentCells.Cell cell,
            String inputs,
            Node bias,
            long units,
            int stateCount,
            List<Node> weights,
            boolean isStepsLast,
            boolean isReverse) {
        Ops o = call.ops();
        Node x = call.ofRank(3);
        Node sequence = o.permute(x, isStepsLast ? List.of(2, 0, 1) : List.of(1, 0, 2));
        Node zeros = o.scalar(x.dtype(), 0);
        Node state = o.broadcast(o.reshape(zeros, Shape.of(1, 1)), Shape.of(call.size(0), units));
        Node results = RecurrentCells.layer(
                        o,
                        sequence,
                        isReverse,
                        transposed(o, call.parameter(inputs)),
                        o.reshape(bias, Shape.of(bias.type().size())),
                        null,
                        stateCount == 1 ? List.of(state) : List.of(state, state),
                        weights,
                        cell)
                .get(0);
        return o.permute(results, isStepsLast ? List.of(1, 2, 0) : List.of(1, 0, 2));
    }

    /** One layer forwards and one backwards, put together; of single steps where the layers give those. */
    static LayerRule bidirectional(Bidirectional layer, LayerRule forward, LayerRule backward, RNNFormat format) {
        UnaryOperator<String> forwards = name -> "f" + name;
        UnaryOperator<String> backwards = name -> "b" + name;
        LayerRule first = forward.named(forwards);
        LayerRule second = backward.named(backwards);
        boolean isStepsLast = isStepsLast(format);
        Bidirectional.Mode mode = layer.getMode();
        return first.with(second.smoothness()).bodied(call -> {
            Ops o = call.ops();
            int steps = isStepsLast ? 2 : 1;
            Node there = first.body().apply(call);
            Node back = second.body().apply(call.with(Axes.reversed(o, call.ofRank(3), steps)));
            boolean isSequence = back.shape().rank() == 3;
            Node turned = isSequence ? Axes.reversed(o, back, steps) : back;
            return switch (mode) {
                case ADD -> o.add(there, turned);
                case MUL -> o.mul(there, turned);
                case AVERAGE -> o.mul(o.add(there, turned), 0.5);
                case CONCAT -> o.concat(List.of(there, turned), isSequence && !isStepsLast ? 2 : 1);
            };
        });
    }

    /** What a layer gives at the last step. */
    static LayerRule lastStep(LayerRule layer, RNNFormat format) {
        int axis = isStepsLast(format) ? 2 : 1;
        return layer.then(LayerRule.smooth(call -> Axes.at(call.ops(), call.ofRank(3), axis, call.size(axis) - 1)));
    }

    /** A layer of rows at each step. */
    static LayerRule eachStep(LayerRule layer, RNNFormat format) {
        boolean isStepsLast = isStepsLast(format);
        return layer.bodied(call -> {
            Ops o = call.ops();
            Node x = isStepsLast ? o.permute(call.ofRank(3), List.of(0, 2, 1)) : call.ofRank(3);
            long steps = x.shape().dim(1);
            Node rows = o.reshape(x, Shape.of(call.size(0) * steps, x.shape().dim(2)));
            Node results = layer.body().apply(call.with(rows));
            Node sequences = o.reshape(
                    results, Shape.of(call.size(0), steps, results.shape().dim(1)));
            return isStepsLast ? o.permute(sequences, List.of(0, 2, 1)) : sequences;
        });
    }
}
