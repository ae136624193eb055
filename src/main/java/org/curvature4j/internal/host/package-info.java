/**
 * What lies below everything that computes on batches: ND4J arrays as plain numbers on the host, how long memory lives, and
 * worker threads that take tiles in order.
 *
 * <p>May import the JDK, ND4J and {@link org.curvature4j.stream} only.
 */
@NullMarked
package org.curvature4j.internal.host;

import org.jspecify.annotations.NullMarked;
