/**
 * Programs: what an engine is to compute, in order, and where in a memory of its own kind each value lies.
 * Independent of language and memory.
 */
@NullMarked
package org.curvature4j.internal.engine.program;

import org.jspecify.annotations.NullMarked;
