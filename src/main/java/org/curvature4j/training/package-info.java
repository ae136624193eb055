/**
 * Small nets as SameDiff graphs and their training by SameDiff's own {@code fit}, so that there is a trained model to
 * look at within a minute.
 *
 * <p>Numbers follow from seeds: the same start on every platform, and the same weights after training wherever ND4J
 * computes the same bits (one machine, one ND4J library, ND4J's own threads at one, as the engines set them).
 */
@NullMarked
package org.curvature4j.training;

import org.jspecify.annotations.NullMarked;
