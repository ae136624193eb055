/** Long runs: streaming, files written by rename, manifests, resuming. */
@NullMarked
package org.curvature4j.internal.cli.run;

import org.jspecify.annotations.NullMarked;
