/** What shells and their users get of the command line besides the program: completion of words, and manual pages. */
@NullMarked
package org.curvature4j.internal.cli.shell;

import org.jspecify.annotations.NullMarked;
