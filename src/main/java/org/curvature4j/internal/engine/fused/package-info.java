/**
 * Small functions as generated Java code: a graph turned into scalar expressions at one point, compiled, run over the
 * batch.
 */
@NullMarked
package org.curvature4j.internal.engine.fused;

import org.jspecify.annotations.NullMarked;
