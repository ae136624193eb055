/** What a command is about: the model, its data, the points, directions and matrices. */
@NullMarked
package org.curvature4j.internal.cli.subject;

import org.jspecify.annotations.NullMarked;
