/**
 * The lesson "Jacobian and Hessian": its nets and functions as SameDiff graphs, each by a name that the command line
 * takes too ({@link org.curvature4j.internal.tutorial.Models}), and its demos and exercises, solved and written up
 * ({@link org.curvature4j.internal.tutorial.Demo}).
 *
 * <p>Every graph is float64 and takes a batch of points: its placeholder has a leading axis of any size, its examples
 * don't mix. All of them can be saved and loaded by SameDiff.
 *
 * <p>A demo or exercise is a class that computes, checks and draws, and gives a {@code Part}; its prose is the Markdown
 * file of its name among the resources, with places for the results.
 */
@NullMarked
package org.curvature4j.internal.tutorial;

import org.jspecify.annotations.NullMarked;
