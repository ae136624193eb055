package org.curvature4j.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpAttributes;
import org.jspecify.annotations.Nullable;

/**
 * One layer or vertex, as rules see it.
 *
 * @param parameters by Deeplearning4j's names of them inside a layer
 * @param examples how many the network is given; 0 for a rule that doesn't ask
 */
record LayerCall(Ops ops, List<Node> inputs, Map<String, Node> parameters, long examples, UnaryOperator<String> names) {

    LayerCall(Ops ops, List<Node> inputs, Map<String, Node> parameters, long examples) {
        this(ops, inputs, parameters, examples, UnaryOperator.identity());
    }

    /** The same, given something else. */
    LayerCall with(Node... others) {
        return new LayerCall(ops, List.of(others), parameters, examples, names);
    }

    /** The same, whose parameters have other names. */
    LayerCall named(UnaryOperator<String> inner) {
        return new LayerCall(ops, inputs, parameters, examples, name -> names.apply(inner.apply(name)));
    }

    Node input() {
        return inputs.get(0);
    }

    long size(int axis) {
        return input().shape().dim(axis);
    }

    /** What it is given, of a rank. */
    Node ofRank(int rank) {
        if (input().shape().rank() != rank) {
            throw expected("values of rank " + rank, input().type());
        }
        return input();
    }

    /** A parameter that the layer has. */
    Node parameter(String name) {
        Node found = optional(name);
        if (found == null) {
            throw expected("a parameter " + names.apply(name), "none");
        }
        return found;
    }

    /** A parameter; null where the layer was made without it. */
    @Nullable
    Node optional(String name) {
        return parameters.get(names.apply(name));
    }

    /** A parameter as a vector along an axis of what it is added to or multiplied with. */
    static Node along(Ops o, Node vector, int axis, int rank) {
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        shape[axis] = vector.type().size();
        return o.reshape(vector, Shape.of(shape));
    }

    /** What an operation of ND4J's makes of operands: layers are made of these. */
    Node nd4j(String op, List<Node> operands, long... integers) {
        return ImportRules.standard()
                .apply(ops, op, operands, OpAttributes.of(integers))
                .get(0);
    }

    /** An error in this library's wording; which layer it is, is put before it. */
    IllegalArgumentException expected(String expected, Object got) {
        return new IllegalArgumentException("expected " + expected + ", got " + got);
    }
}
