/** What people read: lines of a report, words for numbers, progress. */
@NullMarked
package org.curvature4j.internal.cli.report;

import org.jspecify.annotations.NullMarked;
