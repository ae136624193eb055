/**
 * How tangents, cotangents, batches and dependences go through a graph, operation by operation. Knows no operation but by
 * what {@link org.curvature4j.graph.Op} says of all of them, so that the transforms of whole graphs stand on it as well as an
 * operation that has a graph inside, whose rules are these walks through that graph.
 *
 * <p>Imports {@code graph} only.
 */
@NullMarked
package org.curvature4j.internal.walk;

import org.jspecify.annotations.NullMarked;
