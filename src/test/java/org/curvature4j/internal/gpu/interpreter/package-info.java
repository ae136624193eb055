/** A device of arithmetic only: PTX run in this process, more strictly than by a GPU. */
@NullMarked
package org.curvature4j.internal.gpu.interpreter;

import org.jspecify.annotations.NullMarked;
