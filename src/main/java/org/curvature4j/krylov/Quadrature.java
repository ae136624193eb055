package org.curvature4j.krylov;

import java.util.function.DoubleUnaryOperator;

/** The Gauss quadrature of one probe: Ritz values as nodes, ascending, and weights that add up to 1. */
final class Quadrature {
    private final double[] nodes;
    private final double[] weights;

    private Quadrature(double[] nodes, double[] weights) {
        this.nodes = nodes;
        this.weights = weights;
    }

    /**
     * Of Ritz pairs of a tridiagonal matrix: the weights are the squares of its eigenvectors' first components (Golub,
     * Meurant: Matrices, Moments and Quadrature, 1994, section 3).
     */
    static Quadrature of(RitzPairs pairs) {
        double[] weights = new double[pairs.order()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = pairs.component(k, 0) * pairs.component(k, 0);
        }
        return new Quadrature(pairs.values(), weights);
    }

    /** The Ritz values, the array itself. */
    double[] nodes() {
        return nodes;
    }

    /** The weights, the array itself. */
    double[] weights() {
        return weights;
    }

    double integral(DoubleUnaryOperator function) {
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * function.applyAsDouble(nodes[i]);
        }
        return sum;
    }
}
