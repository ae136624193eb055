package org.curvature4j.optimize;

import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/** An objective that counts what is asked of it, and refuses what can't be used. */
final class CountedObjective {
    private final Objective objective;
    private final boolean withHessians;
    private long gradients;
    private long products;

    /**
     * @param withHessians whether each point's Hessian is computed together with its value and gradient
     */
    CountedObjective(Objective objective, boolean withHessians) {
        this.objective = objective;
        this.withHessians = withHessians;
    }

    int size() {
        return objective.size();
    }

    long gradients() {
        return gradients;
    }

    long products() {
        return products;
    }

    double value(double[] point) {
        return objective.value(point);
    }

    Iterate at(double[] point) {
        gradients++;
        int n = size();
        double[] gradient = new double[n];
        double @Nullable [] hessian = withHessians ? new double[Math.multiplyExact(n, n)] : null;
        double value;
        if (hessian == null) {
            value = objective.valueAndGradient(point, gradient);
        } else {
            value = objective.valueGradientAndHessian(point, gradient, hessian);
        }
        return new Iterate(point, value, gradient, Vectors.norm(gradient), hessian);
    }

    /** The whole Hessian at a point, of finite numbers; counted here, where it is needed. */
    double[] hessian(Iterate at) {
        double[] computed = at.hessian();
        if (computed != null) {
            products += size();
            requireFinite(computed, "the objective");
            return computed;
        }
        try (LinearOperator operator = hessian(at.point())) {
            return operator.toDense();
        }
    }

    private static void requireFinite(double[] numbers, Object source) {
        if (!Vectors.areFinite(numbers)) {
            throw new IllegalArgumentException("Hessian: expected finite numbers, got NaN or infinity from " + source
                    + " where value and gradient are finite");
        }
    }

    /** The Hessian, whose products are counted and finite; to be closed. */
    LinearOperator hessian(double[] point) {
        LinearOperator hessian = objective.hessian(point);
        if (hessian.columns() != size() || !hessian.isSymmetric()) {
            hessian.close();
            throw new IllegalArgumentException(
                    "Hessian: expected a symmetric operator of " + size() + " rows, got " + hessian);
        }
        return new Counted(hessian);
    }

    private final class Counted extends LinearOperator {
        private final LinearOperator original;

        Counted(LinearOperator original) {
            super(original.rows(), original.columns(), true);
            this.original = original;
        }

        @Override
        protected void multiply(double[] vector, double[] product) {
            products++;
            original.apply(vector, product);
            requireFinite(product, original);
        }

        @Override
        public double[] toDense() {
            products += columns();
            double[] matrix = original.toDense();
            requireFinite(matrix, original);
            return matrix;
        }

        @Override
        public void close() {
            original.close();
        }
    }
}
