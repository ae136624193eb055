/**
 * What a user imports: functions of tensors and their exact derivatives, batched, and spectra.
 *
 * <p>No algorithm lives here; each type hands its work to the package that owns it.
 */
@NullMarked
package org.curvature4j;

import org.jspecify.annotations.NullMarked;
