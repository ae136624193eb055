/**
 * Pages of results that need nothing but themselves: HTML with its script, its style and its numbers inside, which asks the
 * network for nothing, and can't. Knows text, maps and lists alone.
 */
@NullMarked
package org.curvature4j.internal.page;

import org.jspecify.annotations.NullMarked;
