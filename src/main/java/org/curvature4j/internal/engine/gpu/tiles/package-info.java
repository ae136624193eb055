/** Tiles on a device: programs as kernels over arrays in its memory. */
@NullMarked
package org.curvature4j.internal.engine.gpu.tiles;

import org.jspecify.annotations.NullMarked;
