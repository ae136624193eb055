/**
 * Data that losses are taken over: features and targets as arrays whose first axis counts examples, read from files or
 * shipped with the project (the UCI handwritten digits), and what hands them to a graph's placeholders in minibatches.
 *
 * <p>Nothing here modifies a caller's array, and every shuffle and split is a function of its seed alone, the same on
 * all platforms.
 */
@NullMarked
package org.curvature4j.data;

import org.jspecify.annotations.NullMarked;
