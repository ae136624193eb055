package org.curvature4j.internal.engine.gpu.tiles;

/**
 * A vector of {@link DeviceVectors}.
 *
 * @param first the element of their memory at which it begins
 */
public record DeviceVector(long first) {}
