/** What the machine and the user give an engine: settings, the processor or the device, versions. */
@NullMarked
package org.curvature4j.internal.engine.backend;

import org.jspecify.annotations.NullMarked;
