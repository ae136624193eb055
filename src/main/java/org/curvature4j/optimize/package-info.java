/**
 * Minimisers that use curvature, and gradient descent beside them: {@link org.curvature4j.optimize.Minimizer} on an
 * {@link org.curvature4j.optimize.Objective}.
 *
 * <p>The Hessian is an operator here, never assumed to be there as a whole except by dense Newton steps. May import
 * {@code operator}, {@code krylov}, {@code spectrum}, {@code host}, {@code io}, ND4J's arrays and Hipparchus.
 */
@NullMarked
package org.curvature4j.optimize;

import org.jspecify.annotations.NullMarked;
