/**
 * Curvature of losses over data, as linear operators: Hessian, Gauss-Newton, Fisher, Jacobian, of a SameDiff graph in
 * its parameters, summed over minibatches. {@link org.curvature4j.curvature.DataLoss} makes them.
 *
 * <p>Derivatives come from {@code transform} alone. An operator's product is a graph of its own, made here of jvp, vjp
 * and Hessian-vector products; an engine runs it batch by batch.
 */
@NullMarked
package org.curvature4j.curvature;

import org.jspecify.annotations.NullMarked;
