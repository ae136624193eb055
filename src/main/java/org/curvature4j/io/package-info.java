/**
 * Files: NumPy arrays ({@code .npy}) of any size, numeric tables ({@code .csv}), saved graphs, and the points of an
 * experiment, read from a file or drawn from a counter-based generator.
 *
 * <p>Every file appears under its name complete or not at all, or, where a long run is to survive an interruption, beside its
 * name. Whatever is wrong with a file is a {@link org.curvature4j.io.DataFileException} whose message names the file, what
 * was expected and what was found.
 *
 * <p>Big files are read and written by position, in blocks, and not mapped: mapped pages count as the program's resident
 * memory, one mapping holds 2 GiB at most and lives until the garbage collector finds it, and a mapped file that somebody
 * shortens fails where no message can be given.
 *
 * <p>May import the JDK, ND4J, Gson, fastcsv and what lies below it.
 */
@NullMarked
package org.curvature4j.io;

import org.jspecify.annotations.NullMarked;
