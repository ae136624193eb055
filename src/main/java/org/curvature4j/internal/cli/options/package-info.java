/** Groups of options and the conversion of their values, with their names in messages. */
@NullMarked
package org.curvature4j.internal.cli.options;

import org.jspecify.annotations.NullMarked;
