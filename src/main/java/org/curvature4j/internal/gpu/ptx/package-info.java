/** PTX, the driver's assembly language: made from Java methods and from tables. */
@NullMarked
package org.curvature4j.internal.gpu.ptx;

import org.jspecify.annotations.NullMarked;
