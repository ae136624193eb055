package org.curvature4j.spark;

import java.util.UUID;
import org.curvature4j.TensorFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A function of points that executors have too: a graph, which is sent to each once, and what is meant of it. Make one and
 * use it often: executors keep what they prepared of the functions used last. Immutable.
 */
public final class SparkFunction {
    private final String id = UUID.randomUUID().toString();
    private final byte[] graph;
    private final FunctionDefinition definition;
    private final TensorFunction function;
    private final DataType type;

    private SparkFunction(byte[] graph, FunctionDefinition definition) {
        this.graph = graph;
        this.definition = definition;
        // As executors do, so that what they would refuse is refused here.
        SameDiff loaded = SavedGraph.load(graph);
        this.function = build(loaded, definition);
        this.type = type(loaded, function);
    }

    /**
     * A function of a graph's placeholders or variables, as {@link TensorFunction#of}.
     *
     * @param graph not modified; its variables are taken over as they are now
     */
    public static SparkFunction of(SameDiff graph, String output, String... withRespectTo) {
        String[] point = withRespectTo.clone();
        return of(graph, function -> function.output(output).withRespectTo(point));
    }

    /**
     * A function with data beside points, shapes, components, feeds or rules of one's own.
     *
     * @param graph not modified; its variables are taken over as they are now
     * @param definition sees a copy of the graph, here and on executors
     * @throws IllegalArgumentException where names, shapes or operations don't allow it, saying why; among others a graph
     *     with operations that SameDiff can't load again
     */
    public static SparkFunction of(SameDiff graph, FunctionDefinition definition) {
        return new SparkFunction(SavedGraph.bytes(graph), definition);
    }

    /** The function on the driver, with its sizes and names. */
    public TensorFunction function() {
        return function;
    }

    String id() {
        return id;
    }

    byte[] graph() {
        return graph;
    }

    FunctionDefinition definition() {
        return definition;
    }

    /** The type of points and results. */
    DataType type() {
        return type;
    }

    static TensorFunction build(SameDiff graph, FunctionDefinition definition) {
        var builder = TensorFunction.builder(graph);
        definition.define(builder);
        return builder.build();
    }

    private static DataType type(SameDiff graph, TensorFunction function) {
        return graph.getVariable(function.blocks().get(0).name()).dataType() == DataType.FLOAT
                ? DataType.FLOAT
                : DataType.DOUBLE;
    }

    @Override
    public String toString() {
        return "on Spark: " + function;
    }
}
