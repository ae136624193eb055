package org.curvature4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ScriptEvaluator;
import org.curvature4j.fuzz.Campaign.Finding;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.fuzz.Item.Kind;
import org.curvature4j.fuzz.Item.Step;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpCall;
import org.curvature4j.samediff.Smoothness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks bite: planted faults are found, and shrink to what is at fault. */
class ShrinkerTest {
    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    private static Given given(String name, Kind kind, long... dims) {
        Shape shape = Shape.of(dims);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            values.add(0.37 * i - 0.81);
        }
        return new Given(name, kind, DataType.DOUBLE, shape, values);
    }

    /** Ten steps, of which only one can be at fault. */
    private static Program program() {
        return new Program(
                0,
                List.of(
                        given("x", Kind.VARIABLE, 2, 3),
                        given("y", Kind.FED, 3, 2),
                        given("z", Kind.CONSTANT, 2),
                        Step.of("a", "sd.math.square($0)", "x"),
                        Step.of("b", "sd.mmul($0, $1)", "a", "y"),
                        Step.of("c", "$0.add($1)", "b", "z"),
                        Step.of("d", "sd.math.tanh($0)", "c"),
                        Step.of("e", "sd.nn.softmax($0)", "d"),
                        Step.of("f", "sd.math.sin($0)", "e"),
                        Step.of("g", "$0.mul($1)", "f", "b"),
                        Step.of("h", "sd.sum($0, false, 1)", "g"),
                        Step.of("i", "sd.math.exp($0)", "h"),
                        Step.of("j", "$0.sub($1)", "i", "z")));
    }

    @Test
    void aSoundGraphPasses() {
        assertThat(Campaign.standard().finding(program())).isEmpty();
    }

    /** Right at first order, but its derivative is held constant. */
    private static List<Node> flatOneOrderUp(OpCall call) {
        Ops ops = call.ops();
        Node x = call.input(0);
        Node value = ops.apply(Elementwise.TANH, x);
        Node derivative = ops.stopGradient(ops.sub(ops.scalar(x.dtype(), 1), ops.square(value)));
        return List.of(ops.withPartials(value, List.of(x), List.of(derivative)));
    }

    @Test
    void aRuleThatIsWrongOneOrderUpIsFoundAndIsolated() {
        ImportRules wrong = ImportRules.standard().with("tanh", Smoothness.SMOOTH, ShrinkerTest::flatOneOrderUp);
        Finding finding =
                new Campaign(wrong, EngineRunner::evaluate).finding(program()).orElseThrow();
        assertThat(finding.check()).isEqualTo("Hessian = differences");
        assertIsolated(finding, "tanh");
    }

    private static void assertIsolated(Finding finding, String op) {
        assertThat(finding.program().steps()).as(finding.toString()).hasSize(1).allSatisfy(step -> assertThat(
                        step.code())
                .contains(op));
        assertThat(finding.program().given()).as(finding.toString()).hasSize(1).allSatisfy(leaf -> assertThat(
                        leaf.shape().size())
                .isEqualTo(1));
    }

    /** Loops that are a little off wherever there is a sine. */
    private static Optional<double[]> wrongSine(
            Engine engine, Graph graph, double[] points, List<INDArray> feeds, int threads, int tile) {
        Optional<double[]> results = EngineRunner.evaluate(engine, graph, points, feeds, threads, tile);
        boolean concerned =
                engine == Engine.LOOPS && graph.nodes().stream().anyMatch(node -> node.op() == Elementwise.SIN);
        results.filter(values -> concerned && values.length > 0).ifPresent(values -> values[0] += 1e-6);
        return results;
    }

    @Test
    void anEngineThatIsOffIsFoundAndIsolated() {
        Finding finding = new Campaign(ImportRules.standard(), ShrinkerTest::wrongSine)
                .finding(program())
                .orElseThrow();
        assertThat(finding.check()).isEqualTo("value by loops");
        assertIsolated(finding, "sin");
    }

    /** Results that depend on the size of a tile. */
    private static Optional<double[]> tileDependent(
            Engine engine, Graph graph, double[] points, List<INDArray> feeds, int threads, int tile) {
        Optional<double[]> results = EngineRunner.evaluate(engine, graph, points, feeds, threads, tile);
        results.filter(values -> tile == 2 && values.length > 0)
                .ifPresent(values -> values[0] = Math.nextUp(values[0]));
        return results;
    }

    @Test
    void otherBitsWithAnotherTileAreFound() {
        Finding finding = new Campaign(ImportRules.standard(), ShrinkerTest::tileDependent)
                .finding(program())
                .orElseThrow();
        assertThat(finding.what()).startsWith("two threads and tiles of two: [0] expected the bits of");
    }

    @Test
    void whatIsPrintedBuildsTheGraph() throws CompileException, java.lang.reflect.InvocationTargetException {
        Program program = program();
        ScriptEvaluator script = new ScriptEvaluator();
        script.setDefaultImports(Expressions.IMPORTS);
        script.setReturnType(SameDiff.class);
        script.cook(Printer.code(program) + "return sd;");
        SameDiff printed = (SameDiff) script.evaluate(new Object[0]);
        Built built = Built.of(program);
        assertThat(printed.summary()).isEqualTo(built.sameDiff().summary());
        Graph graph = built.imported(printed, built.variable("j"), ImportRules.standard());
        assertThat(graph).hasToString(built.graph("j", ImportRules.standard()).toString());
    }

    @Test
    void nothingIsJudgedAtAKinkOrOutsideTheDomain() {
        Differences kink = new Differences(x -> new double[] {Math.abs(x[0]), Math.max(x[0], x[1])}, new double[2]);
        assertThat(kink.contradiction(new double[] {7, 0, 7, 7}, false)).isEmpty();
        Differences edge = new Differences(x -> new double[] {Math.sqrt(x[0])}, new double[1]);
        assertThat(edge.contradiction(new double[] {7}, false)).isEmpty();
        assertThat(kink.judged() + edge.judged()).isZero();
        Differences smooth = new Differences(x -> new double[] {x[0] * x[1]}, new double[] {2, 3});
        assertThat(smooth.contradiction(new double[] {3, 2}, false)).isEmpty();
        assertThat(smooth.contradiction(new double[] {3, 2.00001}, false))
                .hasValueSatisfying(what -> assertThat(what).startsWith("d[0]/dx[1]"));
    }
}
