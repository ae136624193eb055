package org.curvature4j.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Layers that have a loss: of rows, which sequences, images and volumes are taken apart into. */
final class OutputLayers {
    private OutputLayers() {}

    /** How values become rows and back. */
    private enum Rows {
        ROWS,
        STEPS_LAST,
        STEPS_FIRST,
        CHANNELS_FIRST,
        CHANNELS_LAST;

        Node of(LayerCall call, Node x) {
            Ops o = call.ops();
            return switch (this) {
                case ROWS -> x;
                case STEPS_LAST, STEPS_FIRST -> Preprocessors.rowsOfSteps(o, x, this == STEPS_LAST);
                case CHANNELS_FIRST, CHANNELS_LAST -> {
                    Node last = this == CHANNELS_FIRST
                            ? o.permute(x, channelsLast(x.shape().rank()))
                            : x;
                    long channels = last.shape().dim(last.shape().rank() - 1);
                    yield o.reshape(last, Shape.of(x.type().size() / Math.max(1, channels), channels));
                }
            };
        }

        /** Rows as the values that they were made of, which have another number of columns. */
        Node back(Ops o, Node rows, Node x) {
            return switch (this) {
                case ROWS -> rows;
                case STEPS_LAST, STEPS_FIRST ->
                    Preprocessors.sequencesOfRows(o, rows, x.shape().dim(0), this == STEPS_LAST);
                case CHANNELS_LAST -> o.reshape(rows, x.shape());
                case CHANNELS_FIRST -> {
                    List<Integer> order = channelsLast(x.shape().rank());
                    long[] sizes = order.stream().mapToLong(x.shape()::dim).toArray();
                    yield o.permute(
                            o.reshape(rows, Shape.of(sizes)),
                            channelsFirst(x.shape().rank()));
                }
            };
        }

        private static List<Integer> channelsLast(int rank) {
            return IntStream.range(0, rank)
                    .mapToObj(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1)
                    .toList();
        }

        private static List<Integer> channelsFirst(int rank) {
            return IntStream.range(0, rank)
                    .mapToObj(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1)
                    .toList();
        }

        /** What labels look like; -1 is any size. */
        long[] shape(int rank, long columns) {
            long[] shape = new long[rank];
            Arrays.fill(shape, -1);
            shape[this == STEPS_FIRST || this == CHANNELS_LAST ? rank - 1 : 1] = columns > 0 ? columns : -1;
            return shape;
        }
    }

    /**
     * The parts of an output layer.
     *
     * @param rows what the loss is of: rows before the activation function
     * @param values the layer's activations, of these rows and of what the layer is given
     * @param loss of these rows and labels, a mean over examples or, for networks without minibatches, a sum
     * @param labels their shape; -1 is any size
     */
    @SuppressWarnings("ArrayRecordComponent") // read only, and made once a layer
    record Parts(LayerRule rows, LayerRule values, Losses.Written loss, long[] labels) {}

    /** The parts of a layer; null for one that has no loss. */
    static @Nullable Parts of(Layer layer, boolean isMean) {
        Class<?> type = layer.getClass();
        if (layer instanceof OutputLayer output && type == OutputLayer.class) {
            return parts(output, output.getLossFn(), FeedForwardLayers.AFFINE, Rows.ROWS, 2, output.getNOut(), isMean);
        } else if (layer instanceof LossLayer loss && type == LossLayer.class) {
            return parts(loss, loss.getLossFn(), FeedForwardLayers.IDENTITY, Rows.ROWS, 2, loss.getNOut(), isMean);
        } else if (layer instanceof RnnOutputLayer output && type == RnnOutputLayer.class) {
            Rows rows = RecurrentLayers.isStepsLast(output.getRnnDataFormat()) ? Rows.STEPS_LAST : Rows.STEPS_FIRST;
            return parts(output, output.getLossFn(), FeedForwardLayers.AFFINE, rows, 3, output.getNOut(), isMean);
        } else if (layer instanceof RnnLossLayer loss && type == RnnLossLayer.class) {
            Rows rows = RecurrentLayers.isStepsLast(loss.getRnnDataFormat()) ? Rows.STEPS_LAST : Rows.STEPS_FIRST;
            return parts(loss, loss.getLossFn(), FeedForwardLayers.IDENTITY, rows, 3, loss.getNOut(), true);
        } else if (layer instanceof CnnLossLayer loss && type == CnnLossLayer.class) {
            Rows rows = loss.getFormat() == CNN2DFormat.NHWC ? Rows.CHANNELS_LAST : Rows.CHANNELS_FIRST;
            return parts(loss, loss.getLossFn(), FeedForwardLayers.IDENTITY, rows, 4, loss.getNOut(), true);
        } else if (layer instanceof Cnn3DLossLayer loss && type == Cnn3DLossLayer.class) {
            Rows rows =
                    loss.getDataFormat() == Convolution3D.DataFormat.NDHWC ? Rows.CHANNELS_LAST : Rows.CHANNELS_FIRST;
            return parts(loss, loss.getLossFn(), FeedForwardLayers.IDENTITY, rows, 5, loss.getNOut(), true);
        }
        return null;
    }

    private static Parts parts(
            BaseLayer layer,
            ILossFunction written,
            LayerRule product,
            Rows kind,
            int rank,
            long outputs,
            boolean isMean) {
        Losses.Written loss = Losses.of(written, layer.getActivationFn());
        LayerRule rows =
                LayerRule.smooth(call -> kind.of(call, call.ofRank(rank))).then(product);
        LayerRule values = Activation.of(layer.getActivationFn()).rule().bodied(call -> {
            Node activated = Activation.of(layer.getActivationFn())
                    .function()
                    .of(call.ops(), call.inputs().get(0));
            return kind.back(call.ops(), activated, call.inputs().get(1));
        });
        LayerRule total = loss.rule().bodied(call -> {
            Node labels = call.inputs().get(1);
            if (labels.shape().rank() != rank) {
                throw call.expected("labels of rank " + rank, labels.type());
            }
            Node sum = loss.rule().body().apply(call.with(call.inputs().get(0), kind.of(call, labels)));
            double examples = labels.shape().dim(0);
            return isMean ? call.ops().div(sum, call.ops().like(sum, examples)) : sum;
        });
        return new Parts(
                rows,
                values,
                new Losses.Written(loss.name(), total, loss.hasIndices()),
                kind.shape(rank, loss.hasIndices() ? 1 : outputs));
    }
}
