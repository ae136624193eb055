package org.curvature4j.dl4j;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
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
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.util.TimeSeriesUtils;

/** Which layers are known, and by which rules: by their very class, since a subclass of a user's may compute anything. */
final class LayerRules {
    private static final Map<Class<?>, Function<Layer, LayerRule>> RULES = new HashMap<>();

    static {
        addRows();
        addImages();
        addSequences();
        addWrappers();
    }

    private LayerRules() {}

    /** @throws IllegalArgumentException for a layer that isn't known here */
    static LayerRule of(Layer layer) {
        Function<Layer, LayerRule> rule = RULES.get(layer.getClass());
        if (rule == null) {
            throw new IllegalArgumentException("expected a layer of docs/models.md, got "
                    + layer.getClass().getSimpleName() + Refusals.reason(layer));
        }
        return rule.apply(layer);
    }

    private static <L extends Layer> void add(Class<L> type, Function<L, LayerRule> rule) {
        RULES.put(type, layer -> rule.apply(type.cast(layer)));
    }

    /** With the layer's activation function on what the rule gives. */
    private static <L extends BaseLayer> void activated(Class<L> type, Function<L, LayerRule> rule) {
        add(type, layer -> rule.apply(layer).then(Activation.of(layer.getActivationFn())));
    }

    private static void addRows() {
        activated(DenseLayer.class, FeedForwardLayers::dense);
        activated(EmbeddingLayer.class, layer -> FeedForwardLayers.EMBEDDING);
        activated(EmbeddingSequenceLayer.class, FeedForwardLayers::embeddings);
        activated(ElementWiseMultiplicationLayer.class, layer -> FeedForwardLayers.ELEMENTWISE);
        add(ActivationLayer.class, layer -> Activation.of(layer.getActivationFn())
                .rule());
        add(DropoutLayer.class, layer -> FeedForwardLayers.IDENTITY);
        add(BatchNormalization.class, FeedForwardLayers::batchNormalization);
        add(LocalResponseNormalization.class, FeedForwardLayers::localResponse);
        add(PReLULayer.class, layer -> FeedForwardLayers.SLOPES);
        add(RepeatVector.class, FeedForwardLayers::repeated);
    }

    private static void addImages() {
        activated(ConvolutionLayer.class, ConvolutionLayers::images);
        activated(Convolution2D.class, ConvolutionLayers::images);
        activated(Convolution1DLayer.class, ConvolutionLayers::sequences);
        activated(Convolution1D.class, ConvolutionLayers::sequences);
        activated(Convolution3D.class, ConvolutionLayers::volumes);
        activated(Deconvolution2D.class, ConvolutionLayers::transposedImages);
        activated(Deconvolution3D.class, ConvolutionLayers::transposedVolumes);
        activated(DepthwiseConvolution2D.class, ConvolutionLayers::depthwise);
        activated(SeparableConvolution2D.class, ConvolutionLayers::separable);
        add(SubsamplingLayer.class, SpaceLayers::pool);
        add(Pooling2D.class, SpaceLayers::pool);
        add(Subsampling1DLayer.class, SpaceLayers::poolSequences);
        add(Pooling1D.class, SpaceLayers::poolSequences);
        add(Subsampling3DLayer.class, SpaceLayers::poolVolumes);
        add(Upsampling1D.class, SpaceLayers::enlargeSequences);
        add(Upsampling2D.class, SpaceLayers::enlarge);
        add(Upsampling3D.class, SpaceLayers::enlargeVolumes);
        add(ZeroPadding1DLayer.class, layer -> SpaceLayers.pad(layer.getPadding(), 2));
        add(
                ZeroPaddingLayer.class,
                layer -> SpaceLayers.pad(layer.getPadding(), SpaceLayers.first(layer.getDataFormat())));
        add(ZeroPadding3DLayer.class, layer -> SpaceLayers.pad(layer.getPadding(), 2));
        add(Cropping1D.class, layer -> SpaceLayers.crop(layer.getCropping(), 2));
        add(Cropping2D.class, layer -> SpaceLayers.crop(layer.getCropping(), SpaceLayers.first(layer.getDataFormat())));
        add(Cropping3D.class, layer -> SpaceLayers.crop(layer.getCropping(), 2));
        add(SpaceToDepthLayer.class, SpaceLayers::toDepth);
        add(GlobalPoolingLayer.class, SpaceLayers::poolAll);
    }

    @SuppressWarnings("deprecation") // saved networks have GravesBidirectionalLSTM and GravesLSTM
    private static void addSequences() {
        add(LSTM.class, layer -> RecurrentLayers.longShort(layer, false));
        add(GravesLSTM.class, layer -> RecurrentLayers.longShort(layer, true));
        add(GravesBidirectionalLSTM.class, RecurrentLayers::bothWays);
        add(SimpleRnn.class, RecurrentLayers::simple);
    }

    private static void addWrappers() {
        add(FrozenLayer.class, layer -> of(layer.getLayer()));
        add(FrozenLayerWithBackprop.class, layer -> of(layer.getUnderlying()));
        add(
                TimeDistributed.class,
                layer -> RecurrentLayers.eachStep(of(layer.getUnderlying()), layer.getRnnDataFormat()));
        add(
                LastTimeStep.class,
                layer -> RecurrentLayers.lastStep(
                        of(layer.getUnderlying()), TimeSeriesUtils.getFormatFromRnnLayer(layer.getUnderlying())));
        add(
                Bidirectional.class,
                layer -> RecurrentLayers.bidirectional(
                        layer, of(layer.getFwd()), of(layer.getBwd()), layer.getRNNDataFormat()));
    }
}
