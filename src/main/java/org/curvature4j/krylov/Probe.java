package org.curvature4j.krylov;

/**
 * What one random vector v of norm 1 told of an operator.
 *
 * @param whole the quadrature of all steps
 * @param partial that of the first three quarters of them; the same after a breakdown
 * @param firstMoment v'Av, as measured
 * @param norm that of Av, as measured
 * @param products steps taken
 */
record Probe(Quadrature whole, Quadrature partial, double firstMoment, double norm, int products) {

    /** How far the quadrature's first two moments are from those measured, relative to the norm and its square. */
    double momentError() {
        if (norm == 0) {
            return whole.integral(Math::abs);
        }
        double first = whole.integral(node -> node / norm) - firstMoment / norm;
        double second = whole.integral(node -> (node / norm) * (node / norm)) - 1;
        return Math.max(Math.abs(first), Math.abs(second));
    }
}
