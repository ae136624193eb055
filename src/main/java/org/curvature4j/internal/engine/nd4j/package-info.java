/**
 * Programs of tensors as ND4J operations made once, for tiles, for single large points and for products with many
 * vectors.
 */
@NullMarked
package org.curvature4j.internal.engine.nd4j;

import org.jspecify.annotations.NullMarked;
