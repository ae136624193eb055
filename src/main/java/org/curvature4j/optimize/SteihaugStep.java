package org.curvature4j.optimize;

import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;

/**
 * A step that makes the quadratic model g's + s'Hs/2 small within a radius, by conjugate gradients that end at the boundary
 * or follow negative curvature to it: T. Steihaug, "The conjugate gradient method and trust regions in large scale
 * optimization" (SIAM J. Numer. Anal. 20, 1983); Nocedal and Wright 2006, algorithm 7.2.
 *
 * @param step n numbers
 * @param fall by how much the model is lower there, positive
 * @param atBoundary whether the radius ended it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SteihaugStep(double[] step, double fall, boolean atBoundary) {
    /** So many products a step, however large n is. */
    private static final int MOST_PRODUCTS = 1000;

    /** @param tolerance norm of the model's gradient at which to stop */
    static SteihaugStep of(LinearOperator hessian, double[] gradient, double radius, double tolerance) {
        int n = gradient.length;
        double[] step = new double[n];
        double[] residual = gradient.clone();
        double[] direction = gradient.clone();
        Vectors.scale(-1, direction);
        double[] product = new double[n];
        double size = Vectors.dot(residual, residual);
        double fall = 0;
        int most = (int) Math.min(MOST_PRODUCTS, 10L + 2L * n);
        for (int k = 0; k < most && size > 0; k++) {
            hessian.apply(direction, product);
            double curvature = Vectors.dot(direction, product);
            double slope = Vectors.dot(residual, direction);
            double length = size / curvature;
            double limit = toBoundary(step, direction, radius);
            boolean outside = !(curvature > 0) || !(length < limit);
            double taken = outside ? limit : length;
            fall -= taken * slope + taken * taken * curvature / 2;
            Vectors.add(taken, direction, step);
            if (outside) {
                return new SteihaugStep(step, fall, true);
            }
            Vectors.add(taken, product, residual);
            double next = Vectors.dot(residual, residual);
            if (Math.sqrt(next) <= tolerance) {
                break;
            }
            Vectors.scale(next / size, direction);
            Vectors.add(-1, residual, direction);
            size = next;
        }
        return new SteihaugStep(step, fall, false);
    }

    /** The positive t at which step + t direction has the radius as its length, without cancellation. */
    private static double toBoundary(double[] step, double[] direction, double radius) {
        double length = Vectors.norm(direction);
        double along = Vectors.dot(step, direction) / length;
        double inside = Vectors.norm(step);
        double room = Math.max(0, (radius - inside) * (radius + inside));
        double root = Math.sqrt(along * along + room);
        return (along > 0 ? room / (along + root) : root - along) / length;
    }
}
