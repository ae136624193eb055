/**
 * What lies below everything that computes on batches: ND4J arrays as plain numbers on the host, how long memory lives,
 * and worker threads that take tiles in order.
 */
@NullMarked
package org.curvature4j.internal.host;

import org.jspecify.annotations.NullMarked;
