package org.curvature4j.internal.engine.nd4j;

import org.curvature4j.graph.Graph;
import org.nd4j.autodiff.samediff.SameDiff;

/** From a graph to SameDiff's own: placeholders with the inputs' names, and one variable for the output. */
@FunctionalInterface
public interface GraphExport {
    /** Exports a graph of one output, under this name. */
    SameDiff export(Graph graph, String output);
}
