package org.curvature4j.internal.tutorial;

import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A function as a graph.
 *
 * @param sd the graph, float64; the caller may change its variables
 * @param input the name of its placeholder of shape [-1, n]
 * @param output the name of its result of shape [-1, m]
 * @param description what it computes, one line for people
 */
public record ModelGraph(SameDiff sd, String input, String output, String description) {}
