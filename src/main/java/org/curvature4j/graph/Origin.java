package org.curvature4j.graph;

/**
 * Where a node comes from: an operation of the model that a graph was taken over from. Only for words; no result depends on
 * it.
 *
 * @param operation its name in the model
 * @param variable what it computes there
 * @param smooth whether the operation has no kinks and steps, so that comparisons inside of it don't show
 */
public record Origin(String operation, String variable, boolean smooth) {
    /** The operation and the variable, for people. */
    public String words() {
        return operation + (variable.isEmpty() ? "" : " -> " + variable);
    }
}
