/**
 * The engines: a graph compiled for a tile of the batch, run over all of it by several threads. These packages own
 * native memory and the start of ND4J.
 *
 * <p>May import {@code graph}, {@code op} and ND4J.
 */
@NullMarked
package org.curvature4j.internal.engine;

import org.jspecify.annotations.NullMarked;
