package org.curvature4j.internal.gpu;

/** A loaded kernel of one device. */
public record DeviceKernel(long function) {}
