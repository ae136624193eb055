/**
 * The native library of linear algebra: which one is there, whether its kernels are right on this processor, how many
 * threads it takes.
 *
 * <p>{@link org.curvature4j.internal.blas.OpenBlas} is to be asked before the first call of the library, by whoever
 * calls it.
 */
@NullMarked
package org.curvature4j.internal.blas;

import org.jspecify.annotations.NullMarked;
