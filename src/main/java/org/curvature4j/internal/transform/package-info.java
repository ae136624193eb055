/**
 * The transforms, each from graph to graph, so that they compose in any order: forward and reverse differentiation,
 * batching, the derivatives made of them, simplification, and the analysis of what depends on what.
 *
 * <p>They know no operation: what an operation's derivative is, the operation tells. Imports {@code graph} and
 * {@code op}.
 */
@NullMarked
package org.curvature4j.internal.transform;

import org.jspecify.annotations.NullMarked;
