/** What people read: lines of a report, words for numbers, messages, progress. Knows no option and no subject. */
@NullMarked
package org.curvature4j.internal.cli.report;

import org.jspecify.annotations.NullMarked;
