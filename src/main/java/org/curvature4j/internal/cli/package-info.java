/**
 * The command line: each command parses its options, hands the work to the root package and prints what came of it, for
 * people or as one JSON object. No algorithms live here.
 *
 * <p>Commands check what can be checked before ND4J starts, so that help and wrong options are answered at once. Whatever
 * the user can get wrong ends in one message on the standard error stream, never in a stack trace.
 *
 * <p>May import every package, and picocli and progressbar, which no other package may.
 */
@NullMarked
package org.curvature4j.internal.cli;

import org.jspecify.annotations.NullMarked;
