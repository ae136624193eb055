/**
 * The bridge to SameDiff, ND4J's graphs: import to {@link org.curvature4j.graph.Graph} and export from it.
 *
 * <p>Import is one rule an operation, in tables by family ({@code ElementwiseRules}, {@code ReductionRules} ...); a rule
 * writes the operation's value in primitives, and derivatives of every order follow. {@link
 * org.curvature4j.samediff.OpAttributes} alone knows where ND4J keeps an operation's arguments. Imports {@code graph},
 * {@code op} and ND4J.
 */
@NullMarked
package org.curvature4j.samediff;

import org.jspecify.annotations.NullMarked;
