/**
 * Linear operators: matrices that are known by their products with vectors, and what is made of them: sums, multiples,
 * products, adjoints, restrictions.
 *
 * <p>Every algorithm without a matrix ({@code krylov}, {@code estimate}, {@code optimize}) takes a
 * {@link org.curvature4j.operator.LinearOperator} and sees nothing behind it. Vectors are Java arrays of float64,
 * whatever the function computes in.
 */
@NullMarked
package org.curvature4j.operator;

import org.jspecify.annotations.NullMarked;
