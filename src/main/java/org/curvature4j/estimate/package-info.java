/**
 * Estimates of what can't be read off an operator that is known by its products alone: trace, diagonal, Frobenius norm,
 * each with its standard error.
 *
 * <p>{@link org.curvature4j.estimate.Hutchinson} is the plain average, for any quantity and few demands;
 * {@link org.curvature4j.estimate.XTrace} and {@link org.curvature4j.estimate.XDiag} take out the largest eigenvalues
 * first and get much further with the same products where eigenvalues decay;
 * {@link org.curvature4j.estimate.HutchPlusPlus} is their simpler forerunner. All are unbiased, and all compute
 * exactly, by products with unit vectors, where the budget allows as many products as the operator has rows.
 */
@NullMarked
package org.curvature4j.estimate;

import org.jspecify.annotations.NullMarked;
