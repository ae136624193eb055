package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Labels;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** Losses of classes on axis 1 by labels, with an optional weight for each class. */
final class LossRules {
    private static final String LABELS = "labels known when loading or computed";

    private LossRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("NegativeLogLikelihoodLoss", SMOOTH, LABELS, OnnxRule.single(call -> loss(call, call.input(0))));
        rules.add("SoftmaxCrossEntropyLoss", SMOOTH, LABELS, call -> {
            Node logs = Reductions.logSoftmax(call.ops(), call.input(0), call.axis(1, call.rank(0)));
            return List.of(loss(call, logs), logs);
        });
    }

    private static Node loss(OnnxCall call, Node logs) {
        Ops o = call.ops();
        Node labels = call.input(1);
        Node isIgnored = null;
        if (call.attributes().has("ignore_index")) {
            double ignored = call.attributes().integer("ignore_index", 0);
            isIgnored = o.apply(Comparison.EQ, labels, o.like(labels, ignored));
            labels = o.select(isIgnored, o.like(labels, 0), labels);
        }
        if (labels.shape().rank() != logs.shape().rank() - 1) {
            throw call.expected("labels for " + logs.type(), labels.type());
        }
        Node losses = orZero(o, isIgnored, o.neg(Labels.chosen(o, logs, 1, labels)));
        Node given = call.optional(2);
        Node weights = given == null ? null : weights(o, isIgnored, given, logs.shape(), labels);
        Node weighted = weights == null ? losses : o.mul(losses, weights);
        String reduction = call.attributes().text("reduction", "mean");
        return switch (reduction) {
            case "none" -> weighted;
            case "sum" -> total(o, weighted);
            case "mean" -> {
                Node counts = weights == null ? orZero(o, isIgnored, o.ones(losses.type())) : weights;
                yield o.div(total(o, weighted), total(o, o.broadcast(counts, losses.shape())));
            }
            default -> throw call.expected("reduction none, sum or mean", reduction);
        };
    }

    private static Node weights(Ops o, @Nullable Node isIgnored, Node weights, Shape shape, Node labels) {
        Node everywhere = o.broadcast(Broadcasting.along(o, weights, 1, shape.rank()), shape);
        return orZero(o, isIgnored, Labels.chosen(o, everywhere, 1, labels));
    }

    private static Node orZero(Ops o, @Nullable Node isIgnored, Node x) {
        return isIgnored == null ? x : o.select(isIgnored, o.like(x, 0), x);
    }

    private static Node total(Ops o, Node x) {
        return o.reshape(o.sum(x, o.allAxes(x)), Shape.SCALAR);
    }
}
