package org.curvature4j.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimplifierTest {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE
    };

    static Stream<RuleCases.Case> cases() {
        return RuleCases.all().stream();
    }

    static Stream<Rule> rules() {
        return Simplifier.rules().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rewritesWhatItShouldAndNothingElse(RuleCases.Case rewrite) {
        Graph after = Simplifier.simplify(rewrite.graph(), List.of(rewrite.rule()));
        assertThat(RuleCases.show(after.outputs().get(0))).isEqualTo(rewrite.after());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheSame(RuleCases.Case rewrite) {
        Graph before = rewrite.graph();
        verify(before, Simplifier.simplify(before, List.of(rewrite.rule())), isOpenToRounding(rewrite.rule()));
        // Of all rules together some may be open to rounding.
        verify(before, Simplifier.simplify(before), true);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesNothingTheSecondTime(RuleCases.Case rewrite) {
        Graph once = Simplifier.simplify(rewrite.graph());
        assertThat(Simplifier.simplify(once)).hasToString(once.toString());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void hasACase(Rule rule) {
        assertThat(RuleCases.all())
                .as("a case where the rule applies")
                .anyMatch(rewrite -> rewrite.rule() == rule
                        && !RuleCases.show(rewrite.graph().outputs().get(0)).equals(rewrite.after()));
    }

    @Test
    void sharesEqualsAndDropsTheDead() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 2));
        builder.input("unused", TensorType.of(DType.FLOAT64));
        Node y = ops.mul(x, 1);
        Graph graph = builder.build(List.of(ops.add(ops.exp(x), ops.exp(y)), ops.neg(ops.neg(ops.exp(x)))));
        assertThat(Simplifier.simplify(graph))
                .hasToString(
                        """
                        %0: float64[2] = input x
                        %1: float64[] = input unused
                        %2: float64[2] = EXP %0
                        %3: float64[] = literal [2.0]
                        %4: float64[2] = MUL %2 %3
                        return %4 %2""");
    }

    @Test
    void namesARuleThatChangesTheType() {
        Rule guilty = new Rule() {
            @Override
            public String name() {
                return "GUILTY";
            }

            @Override
            public Node rewrite(Ops ops, Node node) {
                return node.op() == Elementwise.EXP ? ops.sum(node, List.of(0)) : null;
            }
        };
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 2));
        Graph graph = builder.build(List.of(builder.apply(Elementwise.EXP, x)));
        assertThatThrownBy(() -> Simplifier.simplify(graph, List.of(guilty)))
                .hasMessageContainingAll("rule GUILTY", "expected float64[2]", "got float64[1]", "EXP");
    }

    @Test
    void namesARuleThatComesToNoEnd() {
        Rule endless = new Rule() {
            @Override
            public String name() {
                return "ENDLESS";
            }

            @Override
            public Node rewrite(Ops ops, Node node) {
                return node.op() instanceof Leaf ? null : ops.neg(node);
            }
        };
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 2));
        Graph graph = builder.build(List.of(builder.apply(Elementwise.EXP, x)));
        assertThatThrownBy(() -> Simplifier.simplify(graph, List.of(endless))).hasMessageContaining("ENDLESS");
    }

    /** The Hessian of sum tanh(W x): what is left is W' diag(-2 y (1 - y^2)) W, as one would write it by hand. */
    @Test
    void shortensAHessian() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 2));
        Node weights = builder.literal(TensorType.of(DType.FLOAT64, 2, 2), 1, 2, 3, 4);
        Node hidden = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", weights, x));
        Graph net = builder.build(List.of(ops.sum(hidden, List.of(0))));
        Graph hessian = Derivatives.hessian(net);
        Graph shorter = Simplifier.simplify(hessian);
        assertThat(hessian.nodes().size()).isGreaterThan(shorter.nodes().size());
        assertThat(shorter)
                .hasToString(
                        """
                        %0: float64[2] = input x
                        %1: float64[2, 2] = literal [1.0, 2.0, 3.0, 4.0]
                        %2: float64[2] = EINSUM a,ba->b %0 %1
                        %3: float64[2] = TANH %2
                        %4: float64[] = literal [1.0]
                        %5: float64[2] = MUL %3 %3
                        %6: float64[2] = SUB %4 %5
                        %7: float64[2, 1] = RESHAPE [2, 1] %6
                        %8: float64[2, 2] = MUL %1 %7
                        %9: float64[2, 1] = RESHAPE [2, 1] %3
                        %10: float64[2, 2] = MUL %8 %9
                        %11: float64[] = literal [-2.0]
                        %12: float64[2, 2] = MUL %10 %11
                        %13: float64[2, 2] = EINSUM ab,ac->bc %1 %12
                        return %13""");
        verifyFinite(hessian, shorter);
    }

    private static void verifyFinite(Graph before, Graph after) {
        compare(before, after, new Random(1), new double[0], true);
    }

    /** Evaluates both on rows of random numbers, and of special ones unless those meet structural zeros. */
    private static void verify(Graph before, Graph after, boolean openToRounding) {
        double[] special =
                before.nodes().stream().anyMatch(SimplifierTest::hasStructuralZeros) ? new double[0] : SPECIAL;
        for (int seed = 0; seed < 20; seed++) {
            compare(before, after, new Random(seed), special, openToRounding);
        }
    }

    private static boolean hasStructuralZeros(Node node) {
        return (node.op() instanceof Leaf.Literal literal && literal.structural())
                || node.op() instanceof org.curvature4j.op.ShapeOp.Pad;
    }

    private static boolean isOpenToRounding(Rule rule) {
        return rule instanceof SumRule || rule instanceof ContractionRule || rule instanceof ZeroRule;
    }

    private static void compare(Graph before, Graph after, Random random, double[] special, boolean openToRounding) {
        List<Tensor> arguments = new ArrayList<>();
        for (Node input : before.inputs()) {
            arguments.add(sample(input.type(), random, special));
        }
        List<Tensor> expected = JavaKernels.evaluate(before, arguments);
        List<Tensor> actual = JavaKernels.evaluate(after, arguments);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).type()).isEqualTo(expected.get(i).type());
            for (int j = 0; j < expected.get(i).values().length; j++) {
                double want = expected.get(i).values()[j];
                double got = actual.get(i).values()[j];
                // The sign of a sum that is zero is open too.
                double tolerance = openToRounding && Double.isFinite(want) ? 1e-14 * (1 + Math.abs(want)) : 0;
                boolean close = Math.abs(got - want) <= tolerance && openToRounding;
                if (!close) {
                    assertThat(Double.toString(got)).isEqualTo(Double.toString(want));
                }
            }
        }
    }

    private static Tensor sample(TensorType type, Random random, double[] special) {
        double[] values = new double[Math.toIntExact(type.size())];
        for (int i = 0; i < values.length; i++) {
            double plain = random.nextGaussian();
            boolean takesSpecial = special.length > 0 && random.nextInt(3) == 0;
            values[i] = type.dtype().round(takesSpecial ? special[random.nextInt(special.length)] : plain);
        }
        return Tensor.of(type.withShape(Shape.of(type.shape().toArray())), values);
    }
}
