package org.curvature4j.spark;

import org.curvature4j.operator.LinearOperator;
import org.curvature4j.optimize.Objective;

/** A loss on Spark as an objective: one job for a value, a gradient, both, or a product. */
record SparkObjective(SparkLoss loss) implements Objective {
    @Override
    public int size() {
        return loss.size();
    }

    @Override
    public double value(double[] point) {
        return loss.value(point);
    }

    @Override
    public double[] gradient(double[] point) {
        return loss.gradient(point);
    }

    @Override
    public double valueAndGradient(double[] point, double[] gradient) {
        double[] both = loss.valueAndGradient(point);
        System.arraycopy(both, 0, gradient, 0, gradient.length);
        return both[gradient.length];
    }

    @Override
    public LinearOperator hessian(double[] point) {
        return loss.hessian(point);
    }
}
