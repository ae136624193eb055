/**
 * The intermediate representation: an immutable list of typed nodes with static shapes, the builder that interns them,
 * the checker and the printer.
 *
 * <p>Imports the JDK only. What an operation means (its derivative, its batching, its kernels) is told by the
 * implementations of {@link org.curvature4j.graph.Op} in {@code org.curvature4j.op}; nothing here knows any of them.
 */
@NullMarked
package org.curvature4j.graph;

import org.jspecify.annotations.NullMarked;
