/**
 * Rows of numbers that stream in and out of a computation, and how far it has come: what a batch too large for memory
 * is read from, written to and followed by.
 */
@NullMarked
package org.curvature4j.stream;

import org.jspecify.annotations.NullMarked;
