package org.curvature4j.dl4j;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.jspecify.annotations.Nullable;

/**
 * What stands between layers of different kinds. Rows of images are the images row-major, whatever the layout; rows of
 * sequences are those of all examples' first steps, then of all second ones.
 */
final class Preprocessors {
    private Preprocessors() {}

    static LayerRule of(@Nullable InputPreProcessor written) {
        if (written == null) {
            return FeedForwardLayers.IDENTITY;
        } else if (written instanceof FeedForwardToCnnPreProcessor p) {
            return to(p.getNumChannels(), p.getInputHeight(), p.getInputWidth());
        } else if (written instanceof FeedForwardToCnn3DPreProcessor p) {
            return p.isNCDHW()
                    ? to(p.getNumChannels(), p.getInputDepth(), p.getInputHeight(), p.getInputWidth())
                    : to(p.getInputDepth(), p.getInputHeight(), p.getInputWidth(), p.getNumChannels());
        } else if (written instanceof CnnToFeedForwardPreProcessor
                || written instanceof Cnn3DToFeedForwardPreProcessor) {
            return rows();
        } else if (written instanceof RnnToFeedForwardPreProcessor p) {
            return fromSequences(RecurrentLayers.isStepsLast(p.getRnnDataFormat()));
        } else if (written instanceof FeedForwardToRnnPreProcessor p) {
            return toSequences(RecurrentLayers.isStepsLast(p.getRnnDataFormat()));
        } else if (written instanceof RnnToCnnPreProcessor p) {
            return fromSequences(RecurrentLayers.isStepsLast(p.getRnnDataFormat()))
                    .then(to(p.getNumChannels(), p.getInputHeight(), p.getInputWidth()));
        } else if (written instanceof CnnToRnnPreProcessor p) {
            return rows().then(toSequences(RecurrentLayers.isStepsLast(p.getRnnDataFormat())));
        } else if (written instanceof ComposableInputPreProcessor p) {
            LayerRule all = FeedForwardLayers.IDENTITY;
            for (InputPreProcessor each : p.getInputPreProcessors()) {
                all = all.then(of(each));
            }
            return all;
        }
        throw new IllegalArgumentException("preprocessor: expected one of Deeplearning4j's own, got "
                + written.getClass().getSimpleName());
    }

    /** Rows of as many numbers as an example has. */
    static LayerRule rows() {
        return LayerRule.smooth(call -> {
            Node x = call.input();
            return x.shape().rank() == 2
                    ? x
                    : call.ops().reshape(x, Shape.of(call.size(0), x.type().size() / Math.max(1, call.size(0))));
        });
    }

    /** Rows as tensors of some sizes; what has their rank is left as it is. */
    private static LayerRule to(long... sizes) {
        return LayerRule.smooth(call -> {
            Node x = call.input();
            if (x.shape().rank() == sizes.length + 1) {
                return x;
            }
            long numbers = LongStream.of(sizes).reduce(1, Math::multiplyExact);
            if (x.shape().rank() != 2 || call.size(1) != numbers) {
                throw call.expected("rows of " + numbers + " numbers", x.type());
            }
            return call.ops()
                    .reshape(
                            x,
                            Shape.of(LongStream.concat(LongStream.of(call.size(0)), LongStream.of(sizes))
                                    .toArray()));
        });
    }

    /** Sequences as rows; what are rows already is left as it is. */
    static LayerRule fromSequences(boolean isStepsLast) {
        return LayerRule.smooth(call ->
                call.input().shape().rank() == 2 ? call.input() : rowsOfSteps(call.ops(), call.ofRank(3), isStepsLast));
    }

    static Node rowsOfSteps(Ops o, Node x, boolean isStepsLast) {
        Node steps = o.permute(x, isStepsLast ? List.of(2, 0, 1) : List.of(1, 0, 2));
        Shape shape = steps.shape();
        return o.reshape(steps, Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2)));
    }

    static LayerRule toSequences(boolean isStepsLast) {
        return LayerRule.smooth(call -> {
                    call.ofRank(2);
                    if (call.examples() == 0 || call.size(0) % call.examples() != 0) {
                        throw call.expected(
                                "a multiple of " + call.examples() + " rows, one a step and example",
                                call.input().type());
                    }
                    return sequencesOfRows(call.ops(), call.input(), call.examples(), isStepsLast);
                })
                .countingExamples();
    }

    static Node sequencesOfRows(Ops o, Node rows, long examples, boolean isStepsLast) {
        Shape shape = rows.shape();
        Node steps = o.reshape(rows, Shape.of(shape.dim(0) / examples, examples, shape.dim(1)));
        return o.permute(steps, isStepsLast ? List.of(1, 2, 0) : List.of(1, 0, 2));
    }

    /** What a network has to be given for one of these; null where that isn't stated. */
    static long @Nullable [] inputShape(InputPreProcessor written, Function<Boolean, long[]> sequences) {
        if (written instanceof FeedForwardToCnnPreProcessor p) {
            return new long[] {-1, p.getNumChannels() * p.getInputHeight() * p.getInputWidth()};
        } else if (written instanceof FeedForwardToCnn3DPreProcessor p) {
            return new long[] {
                -1, (long) p.getNumChannels() * p.getInputDepth() * p.getInputHeight() * p.getInputWidth()
            };
        } else if (written instanceof CnnToFeedForwardPreProcessor p) {
            return SpaceLayers.first(p.getFormat()) == 2
                    ? new long[] {-1, p.getNumChannels(), p.getInputHeight(), p.getInputWidth()}
                    : new long[] {-1, p.getInputHeight(), p.getInputWidth(), p.getNumChannels()};
        } else if (written instanceof Cnn3DToFeedForwardPreProcessor p) {
            return p.isNCDHW()
                    ? new long[] {-1, p.getNumChannels(), p.getInputDepth(), p.getInputHeight(), p.getInputWidth()}
                    : new long[] {-1, p.getInputDepth(), p.getInputHeight(), p.getInputWidth(), p.getNumChannels()};
        } else if (written instanceof CnnToRnnPreProcessor p) {
            return new long[] {-1, p.getNumChannels(), p.getInputHeight(), p.getInputWidth()};
        } else if (written instanceof RnnToFeedForwardPreProcessor p) {
            return sequences.apply(RecurrentLayers.isStepsLast(p.getRnnDataFormat()));
        } else if (written instanceof RnnToCnnPreProcessor p) {
            long numbers = (long) p.getNumChannels() * p.getInputHeight() * p.getInputWidth();
            return RecurrentLayers.isStepsLast(p.getRnnDataFormat())
                    ? new long[] {-1, numbers, -1}
                    : new long[] {-1, -1, numbers};
        }
        return null;
    }
}
