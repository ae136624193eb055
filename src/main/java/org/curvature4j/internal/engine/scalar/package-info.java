/** Functions of one point taken apart into scalar expressions, whatever language they are then spelled in. */
@NullMarked
package org.curvature4j.internal.engine.scalar;

import org.jspecify.annotations.NullMarked;
