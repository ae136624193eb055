package org.curvature4j.optimize;

import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;

/** An objective that counts what is asked of it, and refuses what can't be used. */
final class CountedObjective {
    private final Objective objective;
    private long gradients;
    private long products;

    CountedObjective(Objective objective) {
        this.objective = objective;
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
        double[] gradient = new double[size()];
        double value = objective.valueAndGradient(point, gradient);
        return new Iterate(point, value, gradient, Vectors.norm(gradient));
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
            requireFinite(product);
        }

        @Override
        public double[] toDense() {
            products += columns();
            double[] matrix = original.toDense();
            requireFinite(matrix);
            return matrix;
        }

        private void requireFinite(double[] numbers) {
            if (!Vectors.areFinite(numbers)) {
                throw new IllegalArgumentException("Hessian: expected finite numbers, got NaN or infinity from "
                        + original + " where value and gradient are finite");
            }
        }

        @Override
        public void close() {
            original.close();
        }
    }
}
