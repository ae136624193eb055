/**
 * Krylov methods for symmetric operators: extreme eigenpairs by restarted Lanczos iterations, and the density of the whole
 * spectrum by stochastic Lanczos quadrature. Both stand on the same Lanczos steps.
 *
 * <p>Everything is counted in products of the operator with a vector: they are what costs. May import the JDK, ND4J's
 * arrays, {@code host}, {@code io} (for random numbers), {@code operator} and {@code spectrum} (for the small dense
 * eigenproblems).
 */
@NullMarked
package org.curvature4j.krylov;

import org.jspecify.annotations.NullMarked;
