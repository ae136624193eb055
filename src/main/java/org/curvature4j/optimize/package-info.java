/**
 * Minimisers that use curvature, and gradient descent beside them: {@link org.curvature4j.optimize.Minimizer} on an
 * {@link org.curvature4j.optimize.Objective}.
 *
 * <p>The Hessian is an operator here, never assumed to be there as a whole except by dense Newton steps.
 */
@NullMarked
package org.curvature4j.optimize;

import org.jspecify.annotations.NullMarked;
