package org.curvature4j.krylov;

import org.curvature4j.spectrum.EigenBlock;
import org.curvature4j.spectrum.SymmetricBlockSolver;
import org.nd4j.linalg.api.buffer.DataType;

/** Eigenpairs of an operator's projection on a Krylov space, values ascending. */
final class RitzPairs {
    private final int order;
    private final double[] values;
    private final double[] vectors;
    private final double coupling;

    private RitzPairs(int order, double[] values, double[] vectors, double coupling) {
        this.order = order;
        this.values = values;
        this.vectors = vectors;
        this.coupling = coupling;
    }

    /**
     * Solves a projection.
     *
     * @param projection symmetric, row-major, its leading part of {@code order} rows; not modified
     * @param stride numbers in a row of it
     * @param coupling the norm of what the last product has outside the space
     */
    static RitzPairs of(double[] projection, int stride, int order, double coupling) {
        EigenBlock block = new EigenBlock(order, 1, true);
        for (int row = 0; row < order; row++) {
            System.arraycopy(projection, row * stride, block.matrices(), row * order, order);
        }
        try (SymmetricBlockSolver solver =
                new SymmetricBlockSolver(block, DataType.DOUBLE, index -> "operator's projection")) {
            solver.solve(1, 0);
        }
        double[] vectors = java.util.Objects.requireNonNull(block.vectors());
        return new RitzPairs(order, block.values(), vectors, coupling);
    }

    int order() {
        return order;
    }

    double value(int index) {
        return values[index];
    }

    /** All Ritz values, ascending, the array itself. */
    double[] values() {
        return values;
    }

    /** What a vector of the Krylov space contributes to a Ritz vector. */
    double component(int index, int vector) {
        return vectors[index * order + vector];
    }

    /** The norm of A x - theta x, which lies along the one vector that the products have outside the space. */
    double residual(int index) {
        return coupling * Math.abs(component(index, order - 1));
    }

    /** The components of some Ritz vectors, one vector after the other. */
    double[] rows(int... indices) {
        double[] rows = new double[indices.length * order];
        for (int k = 0; k < indices.length; k++) {
            System.arraycopy(vectors, indices[k] * order, rows, k * order, order);
        }
        return rows;
    }
}
