/** Devices, their memory and their queues, above the driver. */
@NullMarked
package org.curvature4j.internal.gpu;

import org.jspecify.annotations.NullMarked;
