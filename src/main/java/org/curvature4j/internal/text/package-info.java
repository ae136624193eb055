/** Numbers and counts as people read them, the same in reports, figures and pages, and in every locale. */
@NullMarked
package org.curvature4j.internal.text;

import org.jspecify.annotations.NullMarked;
