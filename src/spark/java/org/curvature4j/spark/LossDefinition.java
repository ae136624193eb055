package org.curvature4j.spark;

import java.io.Serializable;
import org.curvature4j.curvature.DataLossBuilder;

/**
 * What more there is to say of a loss; run on the driver and on each executor, so that what it uses has to be serializable.
 */
@FunctionalInterface
public interface LossDefinition extends Serializable {
    /** Calls the builder's methods, all but those that give data and {@code build}. */
    void define(DataLossBuilder loss);
}
