package org.curvature4j.curvature;

import org.curvature4j.internal.host.Resources;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.optimize.Objective;

/** A loss over data as an objective; its value and gradient are prepared once. */
final class LossObjective implements Objective {
    private final DataLoss loss;
    private final DataFunction value;
    private final DataFunction gradient;

    LossObjective(DataLoss loss) {
        this.loss = loss;
        this.value = loss.valueFunction();
        this.gradient = loss.gradientFunction();
        loss.hessian().close(); // refuses a loss that is random, once for all points
    }

    @Override
    public int size() {
        return loss.size();
    }

    @Override
    public double value(double[] point) {
        return value.apply(point)[0];
    }

    @Override
    public double[] gradient(double[] point) {
        return gradient.apply(point);
    }

    @Override
    public LinearOperator hessian(double[] point) {
        return loss.hessianAt(point);
    }

    @Override
    public void close() {
        Resources.of(value, gradient).close();
    }
}
