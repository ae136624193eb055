package org.curvature4j;

import java.util.function.UnaryOperator;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;

/**
 * How a function follows from another. Engines have shorter ways to some derivatives than their graphs, and a graph may be
 * too large to make where such a way is taken.
 *
 * @param mode of a Jacobian
 */
record Derivation(Quantity quantity, TensorFunction of, Derivatives.Mode mode) {
    Derivation(Quantity quantity, TensorFunction of) {
        this(quantity, of, Derivatives.Mode.AUTO);
    }

    Derivation {
        if ((quantity == Quantity.GRADIENT || quantity == Quantity.HESSIAN) && of.outputSize() != 1) {
            throw new IllegalArgumentException((quantity == Quantity.HESSIAN ? "Hessian" : "gradient")
                    + ": expected a function with one result, got " + of.outputShape()
                    + " (pick a component of the output, or ask for the Jacobian)");
        }
    }

    /** The type of a result. */
    TensorType result() {
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
        return switch (quantity) {
            case VALUE -> of.graph();
            case GRADIENT -> Derivatives.gradient(of.graph());
            case JACOBIAN -> Derivatives.jacobian(of.graph(), mode);
            case HESSIAN -> hessian.apply(of.graph());
        };
    }

    String words() {
        return switch (quantity) {
            case VALUE -> of.name();
            case GRADIENT -> "gradient of " + of.name();
            case JACOBIAN -> "Jacobian of " + of.name();
            case HESSIAN -> "Hessian of " + of.name();
        };
    }
}
