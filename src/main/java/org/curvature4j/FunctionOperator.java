package org.curvature4j;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.VectorFunction;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.operator.LinearOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix of derivatives at one point, known by its products. What doesn't depend on the vector is computed once and kept; that
 * is native memory or a GPU's, which closing frees.
 */
final class FunctionOperator extends LinearOperator {
    private final String name;
    private final VectorFunction product;
    private final @Nullable VectorFunction adjointProduct;

    private FunctionOperator(
            String name, VectorFunction product, @Nullable VectorFunction adjointProduct, long rows, long columns) {
        super(Math.toIntExact(rows), Math.toIntExact(columns), adjointProduct == null);
        this.name = name;
        this.product = product;
        this.adjointProduct = adjointProduct;
    }

    /**
     * A symmetric matrix.
     *
     * @param row the point, and what goes with it
     * @param product a graph of the function's inputs, further ones, and the vector
     * @param further values of the further ones
     */
    static LinearOperator symmetric(
            String name, TensorFunction function, INDArray[] row, Graph product, List<INDArray> further) {
        long n = function.inputSize();
        return new FunctionOperator(name, at(function, row, product, further), null, n, n);
    }

    /**
     * A matrix of any shape.
     *
     * @param row the point, and what goes with it
     * @param product a graph of the function's inputs and the vector
     * @param adjointProduct the same of the matrix transposed
     */
    static LinearOperator rectangular(
            String name, TensorFunction function, INDArray[] row, Graph product, Graph adjointProduct) {
        VectorFunction forward = at(function, row, product, List.of());
        try {
            VectorFunction reverse = at(function, row, adjointProduct, List.of());
            return new FunctionOperator(name, forward, reverse, function.outputSize(), function.inputSize());
        } catch (RuntimeException e) {
            Resources.of(forward).closeAfter(e);
            throw e;
        }
    }

    private static VectorFunction at(TensorFunction function, INDArray[] row, Graph product, List<INDArray> further) {
        List<INDArray> fed = function.feedValues();
        List<INDArray> copies = RowLayout.ofPoints(function).copies(row);
        try {
            List<INDArray> others = new ArrayList<>(copies);
            others.addAll(fed);
            others.addAll(further);
            return VectorFunction.of(
                    Simplifier.simplify(product),
                    product.inputs().size() - 1,
                    others,
                    Backend.get().settings());
        } finally {
            copies.forEach(INDArray::close);
        }
    }

    @Override
    protected void multiply(double[] vector, double[] result) {
        product.evaluate(vector, result);
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] result) {
        (adjointProduct == null ? product : adjointProduct).evaluate(vector, result);
    }

    @Override
    public void close() {
        (adjointProduct == null ? Resources.of(product) : Resources.of(product, adjointProduct)).close();
    }

    @Override
    public String toString() {
        return name + " [" + rows() + ", " + columns() + "]" + product.why();
    }
}
