package org.curvature4j.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;

/** Vertices of graphs that aren't layers. */
final class Vertices {
    private Vertices() {}

    /** @throws IllegalArgumentException for one that isn't known here */
    static LayerRule of(GraphVertex written) {
        Class<?> type = written.getClass();
        if (written instanceof FrozenVertex frozen) {
            return of(frozen.getUnderlying());
        } else if (written instanceof ElementWiseVertex v) {
            return elementwise(v.getOp());
        } else if (written instanceof MergeVertex v && type == MergeVertex.class) {
            int axis = v.getMergeAxis();
            return LayerRule.smooth(call ->
                    call.inputs().size() == 1 ? call.input() : call.ops().concat(call.inputs(), axis));
        } else if (written instanceof ScaleVertex v) {
            double factor = v.getScaleFactor();
            return LayerRule.smooth(call -> call.ops().mul(call.input(), factor));
        } else if (written instanceof ShiftVertex v) {
            double summand = v.getShiftFactor();
            return LayerRule.smooth(
                    call -> call.ops().add(call.input(), call.ops().like(call.input(), summand)));
        } else if (written instanceof L2NormalizeVertex v) {
            return normalised(v.getDimension(), v.getEps());
        } else if (type == L2Vertex.class) {
            return LayerRule.smooth(Vertices::distance);
        } else if (written instanceof SubsetVertex v) {
            int from = v.getFrom();
            int to = v.getTo();
            return LayerRule.smooth(call -> call.ops().slice(call.input(), 1, from, to + 1L));
        } else if (type == StackVertex.class) {
            return LayerRule.smooth(Vertices::stacked);
        } else if (written instanceof UnstackVertex v) {
            int from = v.getFrom();
            int parts = v.getStackSize();
            return LayerRule.smooth(call -> {
                long size = call.size(0) / parts;
                return call.ops().slice(call.input(), 0, from * size, (from + 1) * size);
            });
        } else if (written instanceof ReshapeVertex v) {
            return reshaped(v.getReshapeOrder(), v.getNewShape());
        } else if (written instanceof PreprocessorVertex v) {
            return Preprocessors.of(v.getPreProcessor());
        } else if (type == PoolHelperVertex.class) {
            return SpaceLayers.crop(new int[] {1, 0, 1, 0}, 2);
        } else if (type == LastTimeStepVertex.class) {
            return LayerRule.smooth(call -> Axes.at(call.ops(), call.ofRank(3), 2, call.size(2) - 1));
        } else if (type == ReverseTimeSeriesVertex.class) {
            return LayerRule.smooth(call -> Axes.reversed(call.ops(), call.ofRank(3), 2));
        } else if (type == DuplicateToTimeSeriesVertex.class) {
            return LayerRule.smooth(Vertices::duplicated);
        }
        throw new IllegalArgumentException(
                "expected a layer, or a vertex of docs/models.md, got " + type.getSimpleName());
    }

    private static LayerRule elementwise(ElementWiseVertex.Op op) {
        LayerRule.Body body = call -> {
            Ops o = call.ops();
            List<Node> all = new ArrayList<>();
            Shape shape = joined(call.inputs());
            for (Node each : Broadcasting.align(o, call.inputs())) {
                all.add(o.broadcast(each, shape));
            }
            return switch (op) {
                case Add -> all.stream().reduce(o::add).orElseThrow();
                case Subtract -> {
                    if (all.size() != 2) {
                        throw call.expected("two inputs to subtract", all.size());
                    }
                    yield o.sub(all.get(0), all.get(1));
                }
                case Product -> all.stream().reduce(o::mul).orElseThrow();
                case Average -> o.div(all.stream().reduce(o::add).orElseThrow(), o.like(all.get(0), all.size()));
                case Max -> Reductions.largest(o, all);
            };
        };
        return op == ElementWiseVertex.Op.Max ? LayerRule.kinks(body) : LayerRule.smooth(body);
    }

    private static Shape joined(List<Node> nodes) {
        int rank = nodes.stream().mapToInt(node -> node.shape().rank()).max().orElseThrow();
        long[] sizes = new long[rank];
        Arrays.fill(sizes, 1);
        for (Node node : nodes) {
            int offset = rank - node.shape().rank();
            for (int axis = 0; axis < node.shape().rank(); axis++) {
                sizes[offset + axis] =
                        Math.max(sizes[offset + axis], node.shape().dim(axis));
            }
        }
        return Shape.of(sizes);
    }

    /** Each example divided by its norm, or by a least number where that is smaller. */
    private static LayerRule normalised(int[] stated, double least) {
        return LayerRule.kinks(call -> {
            Ops o = call.ops();
            Node x = call.input();
            int rank = x.shape().rank();
            List<Integer> axes = stated == null || stated.length == 0
                    ? IntStream.range(1, rank).boxed().toList()
                    : Arrays.stream(stated).boxed().toList();
            Node norm = Reductions.norm(o, x, axes);
            return o.div(x, o.broadcast(o.apply(Elementwise.MAX, norm, o.like(norm, least)), x.shape()));
        });
    }

    private static Node distance(LayerCall call) {
        Ops o = call.ops();
        Node difference = o.sub(call.inputs().get(0), call.inputs().get(1));
        List<Integer> axes =
                IntStream.range(1, difference.shape().rank()).boxed().toList();
        return o.reshape(
                Reductions.norm(o, difference, axes),
                Shape.of(difference.shape().dim(0), 1));
    }

    /** One after the other along the examples; shorter sequences end in zeros. */
    private static Node stacked(LayerCall call) {
        Ops o = call.ops();
        if (call.input().shape().rank() != 3) {
            return o.concat(call.inputs(), 0);
        }
        long longest = call.inputs().stream()
                .mapToLong(input -> input.shape().dim(2))
                .max()
                .orElseThrow();
        return o.concat(
                call.inputs().stream()
                        .map(input -> o.pad(input, 2, 0, longest - input.shape().dim(2), 0))
                        .toList(),
                0);
    }

    /** Row-major, or column-major: then as the transpose, row-major, of the transpose. */
    private static LayerRule reshaped(char order, int[] written) {
        long[] sizes = Arrays.stream(written).asLongStream().toArray();
        return LayerRule.smooth(call -> {
            Ops o = call.ops();
            Node x = call.input();
            Shape shape = Axes.completed(x.type().size(), sizes);
            if (order != 'f') {
                return o.reshape(x, shape);
            }
            long[] back = shape.toArray();
            long[] reversed = IntStream.range(0, back.length)
                    .mapToLong(i -> back[back.length - 1 - i])
                    .toArray();
            return turned(o, o.reshape(turned(o, x), Shape.of(reversed)));
        });
    }

    private static Node turned(Ops o, Node x) {
        int rank = x.shape().rank();
        return o.permute(x, IntStream.range(0, rank).mapToObj(i -> rank - 1 - i).toList());
    }

    /** Rows at as many steps as the second operand has. */
    private static Node duplicated(LayerCall call) {
        Node x = call.ofRank(2);
        long steps = call.inputs().get(1).shape().dim(2);
        long examples = call.size(0);
        long units = call.size(1);
        return call.ops()
                .broadcast(call.ops().reshape(x, Shape.of(examples, units, 1)), Shape.of(examples, units, steps));
    }
}
