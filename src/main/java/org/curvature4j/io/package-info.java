/**
 * Files: NumPy arrays ({@code .npy}) of any size, numeric tables ({@code .csv}), JSON manifests, and the points of an
 * experiment, read from a file or drawn from a counter-based generator.
 *
 * <p>Every file is written through {@link org.curvature4j.io.AtomicFile}: it appears complete or not at all. Whatever is
 * wrong with a file is a {@link org.curvature4j.io.DataFileException} whose message names the file, what was expected and
 * what was found.
 *
 * <p>Big files are read and written by position, in blocks, never mapped as a whole: a mapped page counts as resident
 * memory (ND4J's own limit counts it too), and a mapped file that somebody shortens takes the JVM down.
 *
 * <p>May import the JDK, ND4J and Gson; no other package of this project.
 */
@NullMarked
package org.curvature4j.io;

import org.jspecify.annotations.NullMarked;
