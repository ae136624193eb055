/**
 * What lies below everything that computes on batches: ND4J arrays as plain numbers on the host, worker threads that
 * take tiles in order, and the interfaces by which rows of numbers stream in and out.
 *
 * <p>May import the JDK and ND4J only.
 */
@NullMarked
package org.curvature4j.host;

import org.jspecify.annotations.NullMarked;
