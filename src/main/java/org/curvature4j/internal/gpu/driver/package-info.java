/** NVIDIA's driver, as this project sees it. */
@NullMarked
package org.curvature4j.internal.gpu.driver;

import org.jspecify.annotations.NullMarked;
