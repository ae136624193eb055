package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.walk.Batching;

/** A scan over a batch: a scan of its body over a batch, in which states that no batched value reaches have none. */
final class ScanBatch {
    private final Scan scan;
    private final long size;
    private final List<Boolean> batched;

    private ScanBatch(Scan scan, List<Boolean> batched, long size) {
        this.scan = scan;
        this.batched = new ArrayList<>(batched);
        this.size = size;
    }

    static Node of(Scan scan, Ops ops, List<Node> operands, List<Boolean> batched, long size) {
        return new ScanBatch(scan, batched, size).apply(ops, operands);
    }

    private Node apply(Ops ops, List<Node> operands) {
        Step step = new Step();
        while (step.reachesMoreStates()) {
            step = new Step();
        }
        List<Node> arguments = new ArrayList<>(operands);
        for (int i = 0; i < scan.states(); i++) {
            boolean isBatched = operands.get(i).shape().rank()
                    > scan.body().inputs().get(i).shape().rank();
            if (batched.get(i) && !isBatched) {
                arguments.set(i, ops.batch(operands.get(i), size));
            }
        }
        Scan made = new Scan(step.body(), scan.states(), scan.scanned(), scan.length(), scan.reverse());
        return step.vector(ops, made, ops.builder().apply(made, arguments));
    }

    /** The body over a batch, with states as far as it is known that the batch reaches them. */
    private final class Step {
        private final GraphBuilder builder = new GraphBuilder();
        private final Batching results;

        Step() {
            Graph body = scan.body();
            List<Node> inputs = IntStream.range(0, batched.size())
                    .mapToObj(i -> {
                        TensorType type = body.inputs().get(i).type();
                        Shape shape = batched.get(i) ? type.shape().append(size) : type.shape();
                        return builder.input(body.inputName(i), type.withShape(shape));
                    })
                    .toList();
            this.results = Batching.of(builder, body, inputs, batched, size);
        }

        boolean reachesMoreStates() {
            boolean more = false;
            for (int i = 0; i < scan.states(); i++) {
                if (results.batched().get(i) && !batched.get(i)) {
                    batched.set(i, true);
                    more = true;
                }
            }
            return more;
        }

        private boolean isBatched(int result) {
            return result < scan.states()
                    ? batched.get(result)
                    : results.batched().get(result);
        }

        Graph body() {
            Ops ops = new Ops(builder);
            List<Node> outputs = new ArrayList<>();
            for (int i = 0; i < results.outputs().size(); i++) {
                Node result = results.outputs().get(i);
                boolean lacks = isBatched(i) && !results.batched().get(i);
                outputs.add(lacks ? ops.batch(result, size) : result);
            }
            return builder.build(outputs);
        }

        /** The result as a vector with the batch last. */
        Node vector(Ops ops, Scan made, Node packed) {
            List<Shape> shapes = Packing.of(scan).shapes();
            List<Node> parts = Packing.of(made).parts(ops, packed);
            List<Node> rows = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                Shape flat = Shape.of(shapes.get(i).size());
                rows.add(
                        isBatched(i)
                                ? ops.reshape(parts.get(i), flat.append(size))
                                : ops.batch(ops.reshape(parts.get(i), flat), size));
            }
            return ops.concat(rows, 0);
        }
    }
}
