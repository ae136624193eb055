package org.curvature4j.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks of Deeplearning4j as SameDiff graphs, for derivatives of any order of their outputs and losses.
 *
 * <p>The functions are those of a network that isn't being trained: dropout and noise leave values as they are, and batches
 * are normalised by the statistics that training has gathered. All numbers are float64, whatever the network's width.
 *
 * <p>Of a graph's variables, inputs are placeholders: {@code input} of a {@code MultiLayerNetwork}, and their own names of a
 * {@code ComputationGraph}. Parameters are trainable variables with Deeplearning4j's names, such as {@code 0_W}; statistics
 * of batches and what frozen layers have are constants. Each layer's activations have the layer's name. Of an output layer
 * named {@code out}, {@code out_z} are rows of values before the activation function, and {@code labels} (with several outputs
 * {@code out_labels}) is the placeholder of what it is compared with. {@code loss} is the score: the sum of all losses, each a
 * mean over examples, and of the penalties for the size of parameters. A name that is taken already gets a number.
 *
 * <p>Functions of a graph are computed by this library alone, as those of ONNX models are; {@link
 * org.curvature4j.samediff.SameDiffExport#runnable} makes a graph that SameDiff runs and saves.
 */
public final class Dl4jNetwork {
    private static final String INPUT = "input";

    private Dl4jNetwork() {}

    /**
     * A network of layers as a new graph, owned by the caller. The network isn't changed, and what becomes of it later
     * doesn't change the graph.
     *
     * @param input what the network is given, where its first layers don't tell; one or none
     * @throws IllegalArgumentException where a layer, an activation function, a loss or what it is given isn't known here;
     *     the message names it
     */
    public static SameDiff graph(MultiLayerNetwork network, InputType... input) {
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        requireParameters(network.isInitCalled());
        List<NetworkPart> parts = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        String before = INPUT;
        Layer[] layers = network.getLayers();
        for (int i = 0; i < layers.length; i++) {
            NeuralNetConfiguration own = configuration.getConf(i).clone();
            String given = own.getLayer().getLayerName();
            String name = given == null || given.isEmpty() ? "layer" + i : given;
            // Deeplearning4j lets layers share a name.
            while (name.equals(INPUT) || taken.contains(name)) {
                name += "_" + i;
            }
            taken.add(name);
            parts.add(new NetworkPart(
                    name,
                    Integer.toString(i),
                    List.of(before),
                    own.getLayer(),
                    null,
                    configuration.getInputPreProcess(i),
                    parameters(layers[i]),
                    own.isMiniBatch(),
                    layers[i].getIterationCount(),
                    layers[i].getEpochCount()));
            before = name;
        }
        return build(parts, List.of(INPUT), List.of(before), input);
    }

    /**
     * As {@link #graph(MultiLayerNetwork, InputType...)}, of a graph of layers and vertices.
     *
     * @param inputs what the network is given, in the order of its inputs, where its first layers don't tell; one for each
     *     input, or none
     */
    public static SameDiff graph(ComputationGraph network, InputType... inputs) {
        requireParameters(network.getVertices() != null);
        ComputationGraphConfiguration configuration = network.getConfiguration();
        List<NetworkPart> parts = new ArrayList<>();
        for (int index : network.topologicalSortOrder()) {
            org.deeplearning4j.nn.graph.vertex.GraphVertex made = network.getVertices()[index];
            String name = made.getVertexName();
            GraphVertex written = configuration.getVertices().get(name);
            if (written != null) {
                parts.add(part(configuration, name, written.clone(), made.getLayer()));
            }
        }
        return build(parts, configuration.getNetworkInputs(), configuration.getNetworkOutputs(), inputs);
    }

    private static NetworkPart part(
            ComputationGraphConfiguration configuration, String name, GraphVertex written, @Nullable Layer made) {
        List<String> inputs = new ArrayList<>(configuration.getVertexInputs().getOrDefault(name, List.of()));
        GraphVertex inner = written instanceof FrozenVertex frozen ? frozen.getUnderlying() : written;
        if (inner instanceof DuplicateToTimeSeriesVertex duplicate) {
            inputs.add(duplicate.getInputName());
        }
        if (inner instanceof LayerVertex layer && made != null) {
            NeuralNetConfiguration own = layer.getLayerConf();
            return new NetworkPart(
                    name,
                    name,
                    inputs,
                    own.getLayer(),
                    null,
                    layer.getPreProcessor(),
                    parameters(made),
                    own.isMiniBatch(),
                    made.getIterationCount(),
                    made.getEpochCount());
        }
        return new NetworkPart(name, name, inputs, null, written, null, Map.of(), true, 0, 0);
    }

    private static void requireParameters(boolean areThere) {
        if (!areThere) {
            throw new IllegalArgumentException("network: expected one with parameters, got none (call init() first)");
        }
    }

    private static Map<String, INDArray> parameters(Layer layer) {
        Map<String, INDArray> table = layer.paramTable(false);
        return table == null ? Map.of() : new LinkedHashMap<>(table);
    }

    private static SameDiff build(
            List<NetworkPart> parts, List<String> inputs, List<String> outputs, InputType[] stated) {
        if (stated.length > 0 && stated.length != inputs.size()) {
            throw new IllegalArgumentException(
                    "input types: expected one for each of " + inputs + ", got " + stated.length);
        }
        Map<String, long[]> shapes = new HashMap<>();
        InputShapes told = new InputShapes(parts);
        for (int i = 0; i < inputs.size(); i++) {
            String input = inputs.get(i);
            long[] shape = stated.length > 0 ? stated[i].getShape(true) : told.of(input);
            if (shape == null) {
                throw new IllegalArgumentException(
                        "input '" + input
                                + "': expected layers that tell its shape, got none (state it: Dl4jNetwork.graph(network, InputType))");
            }
            shapes.put(input, shape);
        }
        return new NetworkGraph(parts, inputs, outputs).build(shapes, told);
    }
}
