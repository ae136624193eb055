/**
 * Random numbers that are functions of a seed and an index alone, the same on every platform and with every number of
 * threads.
 *
 * <p>May import the JDK only.
 */
@NullMarked
package org.curvature4j.internal.random;

import org.jspecify.annotations.NullMarked;
