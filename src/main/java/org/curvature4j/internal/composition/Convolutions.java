package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;

/**
 * Convolutions of values [batch, channels, spatial ...] with weights [groups, taps, input channels, output channels] of
 * each group, and their transposes. Small ones lay out all windows for one contraction; large ones add a product for
 * each tap, which takes no more memory than the result.
 */
public final class Convolutions {
    private Convolutions() {}

    /** [batch, groups * output channels, outputs ...]. */
    public static Node of(Ops o, Windows windows, Node x, Node weights) {
        Group group = new Group(weights);
        long batch = x.shape().dim(0);
        Node result;
        if (windows.areFew(batch, x.shape().dim(1))) {
            result = ofLaidOut(o, windows.of(o, x, 0), weights);
        } else {
            List<Node> parts = Taps.all(o, x, windows, 0);
            Node sum = null;
            for (int tap = 0; tap < parts.size(); tap++) {
                Node flat = flat(o, parts.get(tap), windows);
                Node product = group.product(o, group.split(o, flat, "p"), "p", tap(o, weights, tap), "", "p");
                sum = sum == null ? product : o.add(sum, product);
            }
            result = Objects.requireNonNull(sum);
        }
        return o.reshape(result, windows.outputs(batch, group.groups * group.outputs));
    }

    /** [batch, groups * output channels, positions] of windows laid out as [batch, channels, taps, positions]. */
    public static Node ofLaidOut(Ops o, Node windows, Node weights) {
        Group group = new Group(weights);
        Shape shape = windows.shape();
        Node product = group.product(o, group.split(o, windows, "kp"), "kp", weights, "k", "p");
        return o.reshape(product, Shape.of(shape.dim(0), group.groups * group.outputs, shape.dim(3)));
    }

    /** The transpose: values are what windows give, and the result has the windows' elements. */
    public static Node transpose(Ops o, Windows windows, Node x, Node weights) {
        Group group = new Group(weights);
        long batch = x.shape().dim(0);
        long channels = group.groups * group.outputs;
        Node split = group.split(o, flat(o, x, windows), "p");
        if (windows.areFew(batch, channels)) {
            Node product = group.product(o, split, "p", weights, "k", "kp");
            return windows.transpose(
                    o, o.reshape(product, Shape.of(batch, channels, windows.taps(), windows.positions())));
        }
        List<Node> parts = new ArrayList<>();
        for (int tap = 0; tap < windows.taps(); tap++) {
            Node product = group.product(o, split, "p", tap(o, weights, tap), "", "p");
            parts.add(o.reshape(product, windows.outputs(batch, channels)));
        }
        return Taps.spread(o, parts, windows);
    }

    private static Node flat(Ops o, Node x, Windows windows) {
        return o.reshape(x, Shape.of(x.shape().dim(0), x.shape().dim(1), windows.positions()));
    }

    private static Node tap(Ops o, Node weights, int tap) {
        Shape shape = weights.shape();
        return o.reshape(o.slice(weights, 1, tap, tap + 1L), Shape.of(shape.dim(0), shape.dim(2), shape.dim(3)));
    }

    /** Sizes, and the letters of the axes that aren't 1: an axis of size 1 would only stand in the way of a product. */
    private static final class Group {
        final long groups;
        final long inputs;
        final long outputs;

        Group(Node weights) {
            groups = weights.shape().dim(0);
            inputs = weights.shape().dim(2);
            outputs = weights.shape().dim(3);
        }

        /** [batch, channels, rest ...] with the axes of groups and of the channels of each. */
        Node split(Ops o, Node x, String rest) {
            Shape shape = Shape.of(x.shape().dim(0));
            shape = groups == 1 ? shape : shape.append(groups);
            shape = inputs == 1 ? shape : shape.append(inputs);
            for (int axis = 0; axis < rest.length(); axis++) {
                shape = shape.append(x.shape().dim(2 + axis));
            }
            return o.reshape(x, shape);
        }

        Node product(Ops o, Node x, String rest, Node weights, String taps, String result) {
            String g = groups == 1 ? "" : "g";
            String c = inputs == 1 ? "" : "c";
            Shape shape = groups == 1 ? Shape.SCALAR : Shape.of(groups);
            shape = taps.isEmpty() ? shape : shape.append(weights.shape().dim(1));
            shape = inputs == 1 ? shape : shape.append(inputs);
            Node compact = o.reshape(weights, shape.append(outputs));
            return o.einsum("n" + g + c + rest + "," + g + taps + c + "f->n" + g + "f" + result, x, compact);
        }
    }
}
