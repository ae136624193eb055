/** Programs of tensors as loops over Java arrays, a tile of the batch at a time. */
@NullMarked
package org.curvature4j.internal.engine.loops;

import org.jspecify.annotations.NullMarked;
