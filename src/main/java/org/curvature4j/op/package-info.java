/**
 * The primitives, by family. A primitive lives in one place, with everything that the system must know of it: how types
 * flow through it, its derivative, its batching, what depends on what, and the kernels that compute it.
 *
 * <p>The set is closed: a derivative rule is written in primitives, so that any order of differentiation and any nesting
 * of batches needs no further code. To add an attribute-free elementwise operation, add one constant to
 * {@link org.curvature4j.op.Elementwise}; any other is one record in its family's file. Imports {@code graph} only: a
 * backend is reached through {@link org.curvature4j.op.Kernels}.
 */
@NullMarked
package org.curvature4j.op;

import org.jspecify.annotations.NullMarked;
