package org.curvature4j.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.jspecify.annotations.Nullable;

/**
 * What a network is given: its configuration doesn't keep that, but what first takes an input tells its rank, and most
 * often how many numbers a row, channel or step has. Sizes that aren't told are -1.
 */
final class InputShapes {
    private final List<NetworkPart> parts;
    private final Map<String, long[]> told = new HashMap<>();

    /** @param parts each after those whose results it takes */
    InputShapes(List<NetworkPart> parts) {
        this.parts = parts;
        // From the last on, so that what takes a part's result has been asked before that part is.
        for (int i = parts.size() - 1; i >= 0; i--) {
            long[] shape = taken(parts.get(i));
            if (shape != null) {
                parts.get(i).inputs().forEach(input -> told.put(input, shape));
            }
        }
    }

    /** Whether only layers take it that choose rows of weights by it. */
    boolean areIndices(String input) {
        List<NetworkPart> takers =
                parts.stream().filter(part -> part.inputs().contains(input)).toList();
        return !takers.isEmpty()
                && takers.stream()
                        .allMatch(part -> inner(part.layer()) instanceof EmbeddingLayer
                                || inner(part.layer()) instanceof EmbeddingSequenceLayer);
    }

    /** The shape of an input; null where nothing tells its rank. */
    long @Nullable [] of(String input) {
        long[] shape = told.get(input);
        return shape == null ? null : shape.clone();
    }

    private long @Nullable [] taken(NetworkPart part) {
        Layer layer = inner(part.layer());
        GraphVertex vertex = part.vertex();
        if (layer == null) {
            return vertex == null ? null : taken(vertex, part.name());
        }
        if (part.preprocessor() != null) {
            return Preprocessors.inputShape(
                    part.preprocessor(),
                    isLast -> sequence(layer instanceof FeedForwardLayer own ? own.getNIn() : -1, isLast));
        }
        long[] own = own(layer);
        return own == null ? of(part.name()) : own;
    }

    /** What gives values of the shape of its own is asked for that; what changes sizes, for the rank. */
    private long @Nullable [] taken(GraphVertex vertex, String name) {
        if (vertex instanceof PreprocessorVertex own) {
            return Preprocessors.inputShape(own.getPreProcessor(), isLast -> sequence(-1, isLast));
        } else if (vertex instanceof L2Vertex) {
            return new long[] {-1, -1};
        }
        boolean keepsShape = vertex instanceof ElementWiseVertex
                || vertex instanceof ScaleVertex
                || vertex instanceof ShiftVertex
                || vertex instanceof StackVertex
                || vertex instanceof UnstackVertex
                || vertex instanceof L2NormalizeVertex;
        boolean keepsRank = vertex instanceof MergeVertex || vertex instanceof SubsetVertex;
        long[] next = keepsShape || keepsRank ? of(name) : null;
        if (next != null && keepsRank) {
            Arrays.fill(next, -1);
        }
        return next;
    }

    private static @Nullable Layer inner(@Nullable Layer layer) {
        Layer next = layer;
        while (true) {
            if (next instanceof FrozenLayer frozen) {
                next = frozen.getLayer();
            } else if (next instanceof BaseWrapperLayer wrapper && !(next instanceof TimeDistributed)) {
                next = wrapper.getUnderlying();
            } else {
                return next;
            }
        }
    }

    private static long @Nullable [] own(Layer layer) {
        long in = layer instanceof FeedForwardLayer own && own.getNIn() > 0 ? own.getNIn() : -1;
        if (layer instanceof EmbeddingLayer) {
            return new long[] {-1, 1};
        } else if (layer instanceof EmbeddingSequenceLayer own) {
            return new long[] {-1, own.isInferInputLength() ? -1 : own.getInputLength()};
        } else if (layer instanceof DenseLayer
                || layer instanceof OutputLayer
                || layer instanceof ElementWiseMultiplicationLayer
                || layer instanceof RepeatVector) {
            return new long[] {-1, in};
        } else if (layer instanceof PReLULayer own) {
            long[] shape = own.getInputShape();
            long[] all = new long[shape.length + 1];
            System.arraycopy(shape, 0, all, 1, shape.length);
            all[0] = -1;
            return all;
        }
        long[] sequence = sequence(layer, in);
        return sequence == null ? space(layer, in) : sequence;
    }

    private static long @Nullable [] sequence(Layer layer, long in) {
        if (layer instanceof BaseRecurrentLayer own) {
            return sequence(in, RecurrentLayers.isStepsLast(own.getRnnDataFormat()));
        } else if (layer instanceof Bidirectional own) {
            return sequence(own.getNIn(), RecurrentLayers.isStepsLast(own.getRNNDataFormat()));
        } else if (layer instanceof RnnOutputLayer own) {
            return sequence(in, RecurrentLayers.isStepsLast(own.getRnnDataFormat()));
        } else if (layer instanceof Convolution1DLayer own) {
            return sequence(in, RecurrentLayers.isStepsLast(own.getRnnDataFormat()));
        } else if (layer instanceof TimeDistributed own) {
            return sequence(
                    own.getUnderlying() instanceof FeedForwardLayer under ? under.getNIn() : -1,
                    RecurrentLayers.isStepsLast(own.getRnnDataFormat()));
        }
        boolean isOne = layer instanceof RnnLossLayer
                || layer instanceof Subsampling1DLayer
                || layer instanceof Upsampling1D
                || layer instanceof ZeroPadding1DLayer
                || layer instanceof Cropping1D;
        return isOne ? open(3) : null;
    }

    private static long @Nullable [] space(Layer layer, long in) {
        if (layer instanceof Convolution3D own) {
            return channels(5, in, own.getDataFormat() == Convolution3D.DataFormat.NDHWC);
        } else if (layer instanceof Deconvolution3D own) {
            return channels(5, in, own.getDataFormat() == Convolution3D.DataFormat.NDHWC);
        } else if (layer instanceof ConvolutionLayer own) {
            return channels(4, in, own.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        }
        boolean isVolume = layer instanceof Cnn3DLossLayer
                || layer instanceof Subsampling3DLayer
                || layer instanceof Upsampling3D
                || layer instanceof ZeroPadding3DLayer
                || layer instanceof Cropping3D;
        boolean isImage = layer instanceof CnnLossLayer
                || layer instanceof SubsamplingLayer
                || layer instanceof Upsampling2D
                || layer instanceof ZeroPaddingLayer
                || layer instanceof Cropping2D
                || layer instanceof SpaceToDepthLayer
                || layer instanceof LocalResponseNormalization;
        return isVolume ? open(5) : isImage ? open(4) : null;
    }

    private static long[] channels(int rank, long channels, boolean isLast) {
        long[] shape = open(rank);
        shape[isLast ? rank - 1 : 1] = channels;
        return shape;
    }

    private static long[] sequence(long size, boolean isStepsLast) {
        return channels(3, size, !isStepsLast);
    }

    private static long[] open(int rank) {
        long[] shape = new long[rank];
        Arrays.fill(shape, -1);
        return shape;
    }
}
