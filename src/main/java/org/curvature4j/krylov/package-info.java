/**
 * Krylov methods for symmetric operators: extreme eigenpairs by restarted Lanczos iterations, and the density of the
 * whole spectrum by stochastic Lanczos quadrature. Both stand on the same Lanczos steps.
 *
 * <p>Everything is counted in products of the operator with a vector: they are what costs.
 */
@NullMarked
package org.curvature4j.krylov;

import org.jspecify.annotations.NullMarked;
