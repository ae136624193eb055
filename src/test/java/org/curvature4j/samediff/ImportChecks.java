package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.op.Ops;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every imported operation must fulfil. */
final class ImportChecks {
    private static final double SINGLE = 5e-6;

    private ImportChecks() {}

    /** The imported operation computes what ND4J computes, and its derivatives are those of what it computes. */
    static void check(ImportCase row) {
        Sample sample = new Sample();
        Graph graph = checkValue(row, sample, row.tolerance());
        if (row.order() > 0) {
            checkDerivatives(row, graph, sample);
        }
    }

    static void checkValue(ImportCase row) {
        checkValue(row, new Sample(), row.tolerance());
    }

    /** The same with single precision variables: ours have the type that ND4J's have. */
    static void checkSingle(ImportCase row) {
        checkValue(row, new Sample(DataType.FLOAT), Math.max(row.tolerance(), SINGLE));
    }

    private static Graph checkValue(ImportCase row, Sample sample, double tolerance) {
        SDVariable[] outputs = row.build().apply(sample);
        List<String> names = Arrays.stream(outputs).map(SDVariable::name).toList();
        Map<String, INDArray> expected = sample.sd.output(Map.of(), names);
        Graph graph = sample.graph(names);
        List<INDArray> actual = run(graph, sample.values.values());
        for (int i = 0; i < names.size(); i++) {
            INDArray wanted = expected.get(names.get(i));
            assertClose(row + " " + names.get(i), actual.get(i), wanted, tolerance);
            assertThat(actual.get(i).dataType()).as(row.name()).isEqualTo(wanted.dataType());
            assertThat(actual.get(i).shape()).as(row.name()).isEqualTo(wanted.shape());
        }
        return graph;
    }

    static List<INDArray> run(Graph graph, Iterable<INDArray> arguments) {
        List<INDArray> list = new ArrayList<>();
        arguments.forEach(list::add);
        try (TensorPlan plan = TensorPlan.of(graph)) {
            return plan.call(list);
        }
    }

    private static void checkDerivatives(ImportCase row, Graph graph, Sample sample) {
        for (int input = 0; input < graph.inputs().size(); input++) {
            Graph loss = weighted(graph, input);
            List<INDArray> arguments = new ArrayList<>(sample.values.values());
            arguments.add(0, arguments.remove(input));
            Graph gradient = Derivatives.gradient(loss);
            String what = row + " by input " + input;
            assertClose(what + ", gradient", run(gradient, arguments).get(0), differences(loss, arguments), 1e-7);
            if (row.order() > 1) {
                assertClose(
                        what + ", Hessian",
                        run(Derivatives.jacobian(gradient, DerivativeMode.FORWARD), arguments)
                                .get(0),
                        differences(gradient, arguments),
                        1e-6);
            }
        }
    }

    /** The outputs' weighted sum, as a function whose first input is the given one. */
    private static Graph weighted(Graph graph, int first) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Integer> order = new ArrayList<>();
        order.add(first);
        for (int i = 0; i < graph.inputs().size(); i++) {
            if (i != first) {
                order.add(i);
            }
        }
        Node[] inputs = new Node[order.size()];
        for (int position : order) {
            inputs[position] = builder.input(
                    graph.inputName(position), graph.inputs().get(position).type());
        }
        Node sum = null;
        for (Node output : builder.inline(graph, List.of(inputs))) {
            double[] weights = new double[(int) output.type().size()];
            Arrays.setAll(weights, i -> 0.5 + 0.37 * (i % 5) - 0.11 * (i % 7));
            Node product = ops.mul(output, builder.literal(output.type(), weights));
            Node total = ops.reshape(ops.sum(product, ops.allAxes(product)), org.curvature4j.graph.Shape.SCALAR);
            sum = ops.plus(sum, total);
        }
        return builder.build(List.of(sum));
    }

    /** Central differences by the first argument: the output's shape, then the argument's. */
    private static INDArray differences(Graph graph, List<INDArray> arguments) {
        double step = 1e-5;
        INDArray x = arguments.get(0);
        long size = graph.outputs().get(0).type().size();
        INDArray columns = Nd4j.create(DataType.DOUBLE, x.length(), size);
        try (TensorPlan plan = TensorPlan.of(graph)) {
            for (int i = 0; i < x.length(); i++) {
                INDArray above = at(plan, arguments, i, step);
                INDArray below = at(plan, arguments, i, -step);
                columns.putRow(i, above.sub(below).div(2 * step).reshape(size));
            }
        }
        return columns.transpose();
    }

    private static INDArray at(TensorPlan plan, List<INDArray> arguments, int element, double step) {
        List<INDArray> moved = new ArrayList<>(arguments);
        INDArray x = moved.get(0).dup('c');
        INDArray flat = x.reshape(x.length());
        flat.putScalar(element, flat.getDouble(element) + step);
        moved.set(0, x);
        return plan.call(moved).get(0);
    }

    /** Elements agree to a tolerance relative to the largest, shapes exactly where both have one. */
    static void assertClose(String what, INDArray actual, INDArray expected, double tolerance) {
        double[] got = elements(actual);
        double[] wanted = elements(expected);
        assertThat(got).as(what).hasSameSizeAs(wanted);
        double scale = Arrays.stream(wanted)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        for (int i = 0; i < got.length; i++) {
            boolean same = Double.compare(got[i], wanted[i]) == 0
                    || Math.abs(got[i] - wanted[i]) <= tolerance * Math.max(1, scale);
            assertThat(same)
                    .as("%s [%d]: expected %s, got %s", what, i, wanted[i], got[i])
                    .isTrue();
        }
    }

    static double[] elements(INDArray array) {
        return array.isEmpty()
                ? new double[0]
                : array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
}
