package org.curvature4j;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;

/**
 * How a function follows from another. Engines have shorter ways to some derivatives than their graphs, and a graph may be
 * too large to make where such a way is taken.
 *
 * @param quantities one, or several that are computed together: then the result is theirs flattened, one after the other
 * @param mode of a Jacobian
 */
record Derivation(List<Quantity> quantities, TensorFunction of, DerivativeMode mode) {

    Derivation {
        for (Quantity quantity : quantities) {
            if ((quantity == Quantity.GRADIENT || quantity == Quantity.HESSIAN) && of.outputSize() != 1) {
                throw new IllegalArgumentException(quantity.words() + ": expected a function with one result, got "
                        + of.outputShape() + " (pick a component of the output, or ask for the Jacobian)");
            }
        }
    }

    static Derivation of(Quantity quantity, TensorFunction of, DerivativeMode mode) {
        return new Derivation(List.of(quantity), of, mode);
    }

    /** Several, the Hessian first: engines make symmetric what a result begins with. */
    static Derivation together(Set<Quantity> quantities, TensorFunction of) {
        return new Derivation(
                quantities.stream().sorted(Comparator.reverseOrder()).toList(), of, DerivativeMode.AUTO);
    }

    boolean has(Quantity quantity) {
        return quantities.contains(quantity);
    }

    /** The type of a result. */
    TensorType result() {
        return quantities.size() == 1
                ? result(quantities.get(0))
                : of.pointType()
                        .withShape(Shape.of(quantities.stream()
                                .mapToLong(quantity -> result(quantity).size())
                                .sum()));
    }

    /** The type of one of the quantities. */
    TensorType result(Quantity quantity) {
        TensorType point = of.pointType();
        Shape values = of.outputShape();
        return switch (quantity) {
            case VALUE -> point.withShape(values);
            case GRADIENT -> point;
            case JACOBIAN -> point.withShape(values.append(point.size()));
            case HESSIAN -> point.withShape(Shape.of(point.size(), point.size()));
        };
    }

    /** Whether a Jacobian is computed by columns. */
    boolean isForward() {
        return mode.isForward(of.inputSize(), of.outputSize());
    }

    /** As a graph, composed of the modes of differentiation. */
    Graph graph() {
        return graph(Derivatives::hessian);
    }

    /** As {@link #graph()}, with a way to the Hessian. */
    Graph graph(UnaryOperator<Graph> hessian) {
        List<Graph> graphs =
                quantities.stream().map(quantity -> graph(quantity, hessian)).toList();
        return graphs.size() == 1 ? graphs.get(0) : Flatten.joined(graphs);
    }

    private Graph graph(Quantity quantity, UnaryOperator<Graph> hessian) {
        return switch (quantity) {
            case VALUE -> of.graph();
            case GRADIENT -> Derivatives.gradient(of.graph());
            case JACOBIAN -> Derivatives.jacobian(of.graph(), mode);
            case HESSIAN -> hessian.apply(of.graph());
        };
    }

    /** What it is, for people. */
    String words() {
        return quantities.stream().sorted().map(Quantity::words).collect(Collectors.joining(", ")) + " of " + of.name();
    }
}
