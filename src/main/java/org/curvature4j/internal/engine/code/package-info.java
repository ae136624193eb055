/** Java code of the elementary functions, and the loops compiled from it. Knows operations, and no engine. */
@NullMarked
package org.curvature4j.internal.engine.code;

import org.jspecify.annotations.NullMarked;
