/**
 * Curvature on Apache Spark: derivatives and spectra as columns of data frames, and losses over partitioned data whose
 * operators are used on the driver as those of one machine are. {@link org.curvature4j.spark.CurvatureSpark} is where to
 * begin.
 *
 * <p>Built by the profile {@code spark} alone; nothing else here knows of Spark.
 */
@NullMarked
package org.curvature4j.spark;

import org.jspecify.annotations.NullMarked;
