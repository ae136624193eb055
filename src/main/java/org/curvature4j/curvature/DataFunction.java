package org.curvature4j.curvature;

import org.curvature4j.internal.text.Arguments;

/**
 * A function of a model's parameters, summed over data: a loss or its gradient. Safe for several threads, one call at a time;
 * owns native memory until it is closed.
 */
public final class DataFunction implements AutoCloseable {
    private final BatchSum sum;
    private final int parameters;
    private final int results;

    DataFunction(BatchSum sum, int parameters, int results) {
        this.sum = sum;
        this.parameters = parameters;
        this.results = results;
    }

    /**
     * The function at a point.
     *
     * @param point the parameters; not modified
     * @return a new array
     */
    public double[] apply(double[] point) {
        Arguments.refuseIf(point.length != parameters, "point", parameters + " parameters", point.length);
        double[] result = new double[results];
        sum.evaluate(point, result);
        return result;
    }

    /** Where it is computed, as {@link DataOperator#describe}. */
    public String describe() {
        return sum.describe();
    }

    @Override
    public void close() {
        sum.close();
    }

    @Override
    public String toString() {
        return (results == 1 ? "loss over data: [" : "gradient over data: [") + parameters + "] -> [" + results + "]";
    }
}
