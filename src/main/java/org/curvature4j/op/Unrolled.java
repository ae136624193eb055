package org.curvature4j.op;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;

/** A scan by the kernels of its body, once for each step: what a backend without loops computes. */
final class Unrolled {
    private final Kernels kernels;
    private final Scan scan;
    private final List<Value> operands;

    private Unrolled(Kernels kernels, Scan scan, List<Value> operands) {
        this.kernels = kernels;
        this.scan = scan;
        this.operands = operands;
    }

    static Value of(Kernels kernels, Scan scan, List<Value> operands) {
        return new Unrolled(kernels, scan, operands).value();
    }

    private Value value() {
        int steps = Math.toIntExact(scan.length());
        List<Value> states = operands.subList(0, scan.states());
        Value[][] outputs = new Value[scan.body().outputs().size() - scan.states()][steps];
        for (int time = 0; time < steps; time++) {
            int step = (int) scan.step(time);
            List<Value> results = step(states, step);
            states = results.subList(0, scan.states());
            for (int i = 0; i < outputs.length; i++) {
                outputs[i][step] = results.get(scan.states() + i);
            }
        }
        List<Value> all = new ArrayList<>(states);
        for (Value[] slices : outputs) {
            all.addAll(List.of(slices));
        }
        List<Value> parts = all.stream()
                .filter(part -> part.type().size() > 0)
                .map(part -> reshape(part, Shape.of(part.type().size())))
                .toList();
        return parts.size() == 1 ? parts.get(0) : kernels.concat(parts, 0);
    }

    /** The results of the body. */
    private List<Value> step(List<Value> states, int step) {
        Graph body = scan.body();
        Map<Node, Value> known = new HashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            Value operand = i < scan.states() ? states.get(i) : operands.get(i);
            known.put(body.inputs().get(i), scan.isScanned(i) ? slice(operand, step) : operand);
        }
        for (Node node : body.nodes()) {
            if (node.op() instanceof Leaf.Literal literal) {
                known.put(node, kernels.literal(literal));
            } else if (node.op() instanceof Primitive primitive) {
                List<Value> arguments = node.operands().stream().map(known::get).toList();
                known.put(node, primitive.compute(kernels, node, arguments));
            }
        }
        return body.outputs().stream()
                .map(output -> requireNonNull(known.get(output)))
                .toList();
    }

    private Value slice(Value stacked, long step) {
        Shape whole = stacked.type().shape();
        Shape sizes = whole.with(0, 1);
        Shape shape = Packing.afterFirst(whole);
        TensorType type = stacked.type().withShape(shape);
        if (type.size() == 0) {
            return kernels.constant(type, 0);
        }
        List<Long> starts = new ArrayList<>(java.util.Collections.nCopies(whole.rank(), 0L));
        starts.set(0, step);
        return reshape(kernels.slice(stacked, starts, sizes), shape);
    }

    private Value reshape(Value x, Shape shape) {
        return x.type().shape().equals(shape) ? x : kernels.reshape(x, shape);
    }
}
