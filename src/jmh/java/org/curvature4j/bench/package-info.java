/**
 * The benchmarks: the workloads, computed by this library and by others in alternation, and the table of results.
 */
@NullMarked
package org.curvature4j.bench;

import org.jspecify.annotations.NullMarked;
