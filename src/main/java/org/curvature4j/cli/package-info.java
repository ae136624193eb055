/** The program {@code curvature}: where the JVM starts. What it does stands in {@code internal.cli}. */
@NullMarked
package org.curvature4j.cli;

import org.jspecify.annotations.NullMarked;
