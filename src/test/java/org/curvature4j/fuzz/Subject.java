package org.curvature4j.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.KinkPoints;
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.ImportRules;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program with its function, the function's derivatives, and what evaluates them. */
final class Subject {
    /** What computes a graph at some points by an engine; empty where the engine refuses it. */
    interface Runner {
        Optional<double[]> evaluate(
                Engine engine, Graph graph, double[] points, List<INDArray> feeds, int threads, int tile);
    }

    final Program program;
    final ImportRules rules;
    final Runner runner;
    final Built built;
    final double[] point;
    private final List<Tensor> fed;

    /** The function of one vector to all elements of the output. */
    final Supplier<Graph> value = once(this::function);
    /** A weighted sum of them. */
    final Supplier<Graph> loss = once(this::weighted);

    final Supplier<Graph> jacobian = once(() -> Derivatives.jacobian(value().get(), DerivativeMode.AUTO));
    final Supplier<Graph> gradient = once(() -> Derivatives.gradient(loss.get()));
    final Supplier<Graph> hessian = once(() -> Derivatives.jacobian(gradient.get(), DerivativeMode.FORWARD));
    final Supplier<Graph> third = once(() -> Derivatives.jacobian(hessian.get(), DerivativeMode.FORWARD));

    Subject(Program program, ImportRules rules, Runner runner) {
        this.program = program;
        this.rules = rules;
        this.runner = runner;
        this.built = Built.of(program);
        this.point = built.varying().stream()
                .flatMapToDouble(given -> DoubleStream.of(given.numbers()))
                .toArray();
        this.fed = built.fed().stream().map(Built::tensor).toList();
    }

    private Supplier<Graph> value() {
        return value;
    }

    private Graph function() {
        return ofPoint(built.graph(program.output().name(), rules));
    }

    Graph ofPoint(Graph imported) {
        return Flatten.of(imported, built.varying().size());
    }

    private Graph weighted() {
        Graph function = value.get();
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < function.inputs().size(); i++) {
            inputs.add(builder.input(
                    function.inputName(i), function.inputs().get(i).type()));
        }
        Node output = builder.inline(function, inputs).get(0);
        double[] weights = new double[Math.toIntExact(output.type().size())];
        Arrays.setAll(weights, i -> 0.5 + 0.37 * (i % 5) - 0.11 * (i % 7));
        return builder.build(List.of(ops.sum(ops.mul(output, builder.literal(output.type(), weights)), List.of(0))));
    }

    /** A graph of the point, what is fed, and perhaps more, by plain Java. */
    double[] evaluate(Graph graph, double[] at, double[]... more) {
        List<Tensor> arguments = new ArrayList<>();
        arguments.add(Tensor.of(graph.inputs().get(0).type(), at));
        arguments.addAll(fed);
        for (double[] extra : more) {
            arguments.add(Tensor.of(TensorType.of(DType.FLOAT64, extra.length), extra));
        }
        return JavaKernels.evaluate(graph, arguments).get(0).values();
    }

    double[] evaluate(Graph graph) {
        return evaluate(graph, point);
    }

    /** The point and two others, one after the other. */
    double[] points() {
        return DoubleStream.of(1, 0.875, 1.25)
                .flatMap(factor -> Arrays.stream(point).map(x -> x * factor))
                .toArray();
    }

    double[] point(int row) {
        return Arrays.copyOfRange(points(), row * point.length, (row + 1) * point.length);
    }

    /** By plain Java, point by point. */
    double[] loop(Graph graph) {
        return IntStream.range(0, 3)
                .mapToObj(row -> evaluate(graph, point(row)))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    Optional<double[]> by(Engine engine, Graph graph, int threads, int tile) {
        List<INDArray> feeds = built.fed().stream().map(Given::array).toList();
        return runner.evaluate(engine, graph, points(), feeds, threads, tile);
    }

    /** The first element of the output, as users take it over. */
    TensorFunction ofFirstElement() {
        FunctionBuilder builder = TensorFunction.builder(built.sameDiff())
                .output(built.variable(program.output().name()))
                .rules(rules)
                .component(0);
        built.varying().forEach(given -> builder.withRespectTo(given.name()));
        built.fed().forEach(given -> builder.feed(given.name(), given.array()));
        return builder.build();
    }

    /** Whether an operation has a kink at the point, which the library then names. */
    boolean isOnKink() {
        Graph indicators = KinkPoints.of(value.get()).indicators();
        return indicators != null && DoubleStream.of(evaluate(indicators)).anyMatch(hit -> hit != 0);
    }

    /** Whether the graph applies an operation of ND4J's name. */
    boolean applies(String op) {
        return built.sameDiff().getOps().values().stream()
                .anyMatch(operation -> operation.getOp().opName().equals(op));
    }

    private static Supplier<Graph> once(Supplier<Graph> made) {
        Graph[] known = new Graph[1];
        return () -> {
            if (known[0] == null) {
                known[0] = made.get();
            }
            return known[0];
        };
    }
}
