package org.curvature4j.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;

/** Layers of rows: products with weights, rows chosen by index, and normalisations. */
final class FeedForwardLayers {
    private static final String WEIGHTS = "W";
    private static final String BIAS = "b";
    private static final String GAIN = "g";

    private FeedForwardLayers() {}

    static final LayerRule IDENTITY = LayerRule.smooth(LayerCall::input);

    /** x W + b of rows x. */
    static final LayerRule AFFINE = LayerRule.smooth(call -> biased(call, product(call), 1));

    /** Slopes below 0 of each element's own, or shared along axes. */
    static final LayerRule SLOPES =
            LayerRule.kinks(call -> call.nd4j("prelu", List.of(call.input(), call.parameter(WEIGHTS))));

    /** x w + b, element by element. */
    static final LayerRule ELEMENTWISE = LayerRule.smooth(call -> {
        Node x = call.ofRank(2);
        Node weights = LayerCall.along(call.ops(), call.parameter(WEIGHTS), 1, 2);
        return biased(call, call.ops().mul(x, weights), 1);
    });

    /** With the product normalised over the row before the bias, where the layer says so. */
    static LayerRule dense(DenseLayer layer) {
        if (!layer.hasLayerNorm()) {
            return AFFINE;
        }
        return LayerRule.smooth(
                call -> biased(call, call.nd4j("layer_norm", List.of(product(call), vector(call, GAIN)), 1), 1));
    }

    private static Node vector(LayerCall call, String name) {
        Node parameter = call.parameter(name);
        return call.ops().reshape(parameter, Shape.of(parameter.type().size()));
    }

    private static Node product(LayerCall call) {
        Node x = call.ofRank(2);
        Node weights = call.parameter(WEIGHTS);
        if (x.shape().dim(1) != weights.shape().dim(0)) {
            throw call.expected("rows of " + weights.shape().dim(0) + " numbers", x.type());
        }
        return call.ops().einsum("ij,jk->ik", x, weights);
    }

    /** Adds the bias, if there is one. */
    static Node biased(LayerCall call, Node x, int axis) {
        Node bias = call.optional(BIAS);
        return bias == null
                ? x
                : call.ops()
                        .add(
                                x,
                                LayerCall.along(
                                        call.ops(), bias, axis, x.shape().rank()));
    }

    /** The row of the weights for each index; rows [examples, 1] of indices. */
    static final LayerRule EMBEDDING = LayerRule.smooth(call -> {
        Node indices =
                call.ops().reshape(call.input(), Shape.of(call.input().type().size()));
        return biased(call, rows(call, indices), 1);
    });

    /** The same for each step of sequences [examples, steps], or with an axis of 1 between. */
    static LayerRule embeddings(EmbeddingSequenceLayer layer) {
        boolean isStepsLast = layer.getOutputFormat() != RNNFormat.NWC;
        return LayerRule.smooth(call -> {
            Ops o = call.ops();
            Node x = call.input();
            int rank = x.shape().rank();
            if (rank != 2 && (rank != 3 || call.size(1) != 1)) {
                throw call.expected("indices [examples, steps]", x.type());
            }
            long steps = call.size(rank - 1);
            Node chosen = rows(call, o.reshape(x, Shape.of(call.size(0) * steps)));
            long units = chosen.shape().dim(1);
            Node sequences = o.reshape(chosen, Shape.of(call.size(0), steps, units));
            return biased(call, isStepsLast ? o.permute(sequences, List.of(0, 2, 1)) : sequences, isStepsLast ? 1 : 2);
        });
    }

    private static Node rows(LayerCall call, Node indices) {
        Node places = call.ops().cast(indices, DType.INT64);
        return call.nd4j("gather", List.of(call.parameter(WEIGHTS), places), 0);
    }

    /** By the statistics that training has gathered. */
    static LayerRule batchNormalization(BatchNormalization layer) {
        boolean isChannelsLast = layer.getCnn2DFormat() == CNN2DFormat.NHWC;
        double epsilon = layer.getEps();
        // What Deeplearning4j leaves out where either is usual.
        boolean scales = layer.isLockGammaBeta() && layer.getGamma() != 1 && layer.getBeta() != 0;
        double gamma = layer.getGamma();
        double beta = layer.getBeta();
        return LayerRule.smooth(call -> {
            Ops o = call.ops();
            Node x = call.input();
            int rank = x.shape().rank();
            int axis = rank == 4 && isChannelsLast ? 3 : 1;
            Node deviations = call.optional("log10stdev");
            Node variance = deviations == null ? call.parameter("var") : o.exp(o.mul(deviations, 2 * Math.log(10)));
            Node root = o.sqrt(o.add(variance, o.like(variance, epsilon)));
            Node mean = LayerCall.along(o, call.parameter("mean"), axis, rank);
            Node standard = o.div(o.sub(x, mean), LayerCall.along(o, root, axis, rank));
            if (call.optional("gamma") == null) {
                return scales ? o.add(o.mul(standard, gamma), o.like(x, beta)) : standard;
            }
            Node scaled = o.mul(standard, LayerCall.along(o, call.parameter("gamma"), axis, rank));
            return o.add(scaled, LayerCall.along(o, call.parameter("beta"), axis, rank));
        });
    }

    /** Krizhevsky et al. 2012, section 3.3: over neighbouring channels, as many on both sides as half of n. */
    static LayerRule localResponse(LocalResponseNormalization layer) {
        int axis = layer.getDataFormat() == CNN2DFormat.NHWC ? 3 : 1;
        int half = (int) layer.getN() / 2;
        double alpha = layer.getAlpha();
        double beta = layer.getBeta();
        double k = layer.getK();
        return LayerRule.smooth(call -> {
            Ops o = call.ops();
            Node x = call.ofRank(4);
            long channels = call.size(axis);
            Node padded = o.pad(o.square(x), axis, half, half, 0);
            List<Node> neighbours = new ArrayList<>();
            for (int i = 0; i <= 2 * half; i++) {
                neighbours.add(o.slice(padded, axis, i, i + channels));
            }
            Node sum = neighbours.stream().reduce(o::add).orElseThrow();
            return o.mul(x, o.pow(o.add(o.mul(sum, alpha), o.like(x, k)), -beta));
        });
    }

    /** Each row as every step of a sequence. */
    static LayerRule repeated(RepeatVector layer) {
        boolean isStepsLast = layer.getDataFormat() != RNNFormat.NWC;
        long steps = layer.getN();
        return LayerRule.smooth(call -> {
            Ops o = call.ops();
            call.ofRank(2);
            long examples = call.size(0);
            long units = call.size(1);
            Node once =
                    o.reshape(call.input(), isStepsLast ? Shape.of(examples, units, 1) : Shape.of(examples, 1, units));
            return o.broadcast(once, isStepsLast ? Shape.of(examples, units, steps) : Shape.of(examples, steps, units));
        });
    }
}
