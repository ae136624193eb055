package org.curvature4j.dl4j;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer or vertex of a network.
 *
 * @param prefix of its parameters' names
 * @param inputs names of network inputs or other parts, in order
 * @param layer null for a vertex that isn't a layer
 * @param vertex null for a layer
 * @param preprocessor of what a layer is given; may be null
 * @param parameters by Deeplearning4j's names inside the layer
 * @param isMean whether a loss is divided by the number of examples
 * @param iteration at which coefficients of penalties are taken, as is the epoch
 */
record NetworkPart(
        String name,
        String prefix,
        List<String> inputs,
        @Nullable Layer layer,
        @Nullable GraphVertex vertex,
        @Nullable InputPreProcessor preprocessor,
        Map<String, INDArray> parameters,
        boolean isMean,
        int iteration,
        int epoch) {

    /** The kind, for reports and messages. */
    String title() {
        return Objects.requireNonNull(layer == null ? vertex : layer).getClass().getSimpleName();
    }

    /** What it computes; of a layer with a loss, see {@link OutputLayers}. */
    LayerRule rule() {
        return layer == null
                ? Vertices.of(Objects.requireNonNull(vertex))
                : Preprocessors.of(preprocessor).then(LayerRules.of(layer));
    }

    /** Whether training leaves its parameters as they are. */
    boolean isFrozen() {
        return layer instanceof FrozenLayer
                || layer instanceof FrozenLayerWithBackprop
                || vertex instanceof FrozenVertex;
    }
}
