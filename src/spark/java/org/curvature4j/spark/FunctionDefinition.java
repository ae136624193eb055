package org.curvature4j.spark;

import java.io.Serializable;
import org.curvature4j.FunctionBuilder;

/**
 * Which function of a graph is meant; run on the driver and on each executor, so that what it uses has to be serializable.
 */
@FunctionalInterface
public interface FunctionDefinition extends Serializable {
    /** Calls the builder's methods, all but {@code build}. */
    void define(FunctionBuilder function);
}
