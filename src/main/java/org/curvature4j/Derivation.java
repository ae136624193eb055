package org.curvature4j;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
    private static final Set<Quantity> OF_ONE_RESULT = Set.of(Quantity.GRADIENT, Quantity.LAPLACIAN, Quantity.HESSIAN);

    Derivation {
        for (Quantity quantity : quantities) {
            if (OF_ONE_RESULT.contains(quantity) && of.outputSize() != 1) {
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
            case LAPLACIAN -> point.withShape(Shape.SCALAR);
            case HESSIAN -> point.withShape(Shape.of(point.size(), point.size()));
        };
    }

    /** Whether a Jacobian is computed by columns. */
    boolean isForward() {
        return mode.isForward(of.inputSize(), of.outputSize());
    }

    /** As a graph, composed of the modes of differentiation. */
    Graph graph() {
        return graph(false);
    }

    /** As {@link #graph()}, second derivatives by the chain rule of second order. */
    Graph structured() {
        return graph(true);
    }

    private Graph graph(boolean structured) {
        List<Graph> graphs =
                quantities.stream().map(quantity -> graph(quantity, structured)).toList();
        return graphs.size() == 1 ? graphs.get(0) : Flatten.joined(graphs);
    }

    private Graph graph(Quantity quantity, boolean structured) {
        Graph graph = of.graph();
        return switch (quantity) {
            case VALUE -> graph;
            case GRADIENT -> Derivatives.gradient(graph);
            case JACOBIAN -> Derivatives.jacobian(graph, mode);
            case LAPLACIAN -> structured ? Derivatives.structuredLaplacian(graph) : Derivatives.laplacian(graph);
            case HESSIAN -> structured ? Derivatives.structuredHessian(graph) : Derivatives.hessian(graph);
        };
    }

    /** What it is, for people. */
    String words() {
        return quantities.stream().sorted().map(Quantity::words).collect(Collectors.joining(", ")) + " of " + of.name();
    }
}
