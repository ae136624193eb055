/** Functions computed by NVIDIA GPUs, through PTX that is generated for them. */
@NullMarked
package org.curvature4j.internal.engine.gpu;

import org.jspecify.annotations.NullMarked;
