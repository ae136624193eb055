/**
 * How files come to be: complete or not at all, by one program at a time, resumed after an interruption by a
 * {@link org.curvature4j.internal.io.Journal}; JSON manifests, and text of foreign origin made fit to be shown.
 *
 * <p>May import the JDK, Gson and {@link org.curvature4j.io.DataFileException}, by which every failure is told.
 */
@NullMarked
package org.curvature4j.internal.io;

import org.jspecify.annotations.NullMarked;
