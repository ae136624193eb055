/** A batch cut into tiles, rows in and out, worker threads; what a tile is computed by stands behind an interface. */
@NullMarked
package org.curvature4j.internal.engine.tile;

import org.jspecify.annotations.NullMarked;
