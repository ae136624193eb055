package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.custom.Lgamma;
import org.nd4j.linalg.factory.Nd4j;

class ImportRulesTest {
    /** pi^2 / 6, the second derivative of log Gamma at 1; Abramowitz and Stegun 6.4.2. */
    private static final double TRIGAMMA_AT_ONE = Math.PI * Math.PI / 6;

    private static final double EULER = 0.5772156649015329;

    /** An operation without a rule here: y = log Gamma(x). */
    private static SameDiff graphOfLogGamma() {
        SameDiff sd = SameDiff.create();
        new Lgamma(sd, sd.placeHolder("x", DataType.DOUBLE)).outputVariable().rename("y");
        return sd;
    }

    private static Graph importing(SameDiff sd, ImportRules rules) {
        return SameDiffImport.graph(sd, List.of("y"), Map.of("x", Shape.SCALAR), rules);
    }

    /** The value and each derivative is a kernel of ND4J's; its derivative, in turn, is stated by the next one. */
    private static List<Node> logGamma(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        Node second = o.builder().literal(x.type(), TRIGAMMA_AT_ONE);
        Node first = o.withPartials(o.apply(new Custom.Kernel("digamma"), x), List.of(x), List.of(second));
        return List.of(o.withPartials(o.apply(new Custom.Kernel("lgamma"), x), List.of(x), List.of(first)));
    }

    @Test
    void anOperationIsAddedFromOutside() {
        assertThatThrownBy(() -> importing(graphOfLogGamma(), new ImportRules(Map.of(), Map.of())))
                .isInstanceOf(UnsupportedOpsException.class)
                .hasMessageContaining("lgamma -> y: no rule");
        ImportRules rules = ImportRules.standard().with("lgamma", Smoothness.SMOOTH, ImportRulesTest::logGamma);
        Graph graph = importing(graphOfLogGamma(), rules);
        Graph gradient = Derivatives.gradient(graph);
        assertThat(at(graph, 5)).isCloseTo(Math.log(24), within(1e-14));
        assertThat(at(gradient, 1)).isCloseTo(-EULER, within(1e-14));
        assertThat(at(Derivatives.gradient(gradient), 1)).isCloseTo(TRIGAMMA_AT_ONE, within(1e-14));
    }

    private static double at(Graph graph, double x) {
        return ImportChecks.run(graph, List.of(Nd4j.scalar(x))).get(0).getDouble(0);
    }

    @Test
    void aKernelWithoutADerivativeIsRefusedWhereOneIsAsked() {
        ImportRules rules = ImportRules.standard()
                .with(
                        "lgamma",
                        Smoothness.SMOOTH,
                        call -> List.of(call.ops().apply(new Custom.Kernel("lgamma"), call.input(0))));
        Graph graph = importing(graphOfLogGamma(), rules);
        assertThat(at(graph, 5)).isCloseTo(Math.log(24), within(1e-14));
        assertThatThrownBy(() -> Derivatives.gradient(graph)).hasMessageContaining("give its partial derivatives");
    }

    @Test
    void addingARuleLeavesTheStandardOnesAlone() {
        ImportRules more = ImportRules.standard().with("exp", Smoothness.STEP, call -> call.inputs());
        assertThat(more.find("exp").smoothness()).isEqualTo(Smoothness.STEP);
        assertThat(ImportRules.standard().find("exp").smoothness()).isEqualTo(Smoothness.SMOOTH);
        assertThat(more.entries()).hasSameSizeAs(ImportRules.standard().entries());
    }

    @Test
    void aRuleThatGivesTooLittleIsNamed() {
        ImportRules rules = ImportRules.standard().with("lgamma", Smoothness.SMOOTH, call -> List.of());
        assertThatThrownBy(() -> importing(graphOfLogGamma(), rules))
                .hasMessage("lgamma -> 'y' of 'x' float64[]: expected 1 outputs from its rule, got 0");
    }

    @Test
    void gradientsOfNd4jAreRefusedWithTheReason() {
        assertThat(ImportRules.standard().reasonAgainst("matmul_bp")).contains("differentiate that here");
        assertThat(ImportRules.standard().reasonAgainst("While")).startsWith("control flow");
        assertThat(ImportRules.standard().reasonAgainst("lu")).startsWith("its order of rows");
    }

    @Test
    void everyRuleIsUsedInATable() {
        Set<String> used = new HashSet<>();
        ImportTables.all().forEach(row -> {
            Sample sample = new Sample();
            assertThat(row.build().apply(sample)).isNotEmpty();
            collect(sample, used);
        });
        ImportedValuesTest.graphs().forEach(build -> {
            Sample sample = new Sample();
            assertThat(build.apply(sample)).isNotNull();
            collect(sample, used);
        });
        Stream.concat(LoopImportTest.graphs().stream(), RecurrentImportTest.graphs().stream())
                .forEach(sd -> sd.getOps()
                        .values()
                        .forEach(operation -> used.add(operation.getOp().opName())));
        assertThat(ImportRules.standard().entries())
                .extracting(ImportRules.Entry::op)
                .filteredOn(op -> !used.contains(op))
                .isEmpty();
    }

    private static void collect(Sample sample, Set<String> used) {
        sample.sd
                .getOps()
                .values()
                .forEach(operation -> used.add(operation.getOp().opName()));
    }

    @Test
    void anOperationHasOneRuleOrOneReason() {
        RuleTable table = new RuleTable();
        table.add("ruled", Smoothness.SMOOTH, call -> List.of());
        table.refuse("a reason", "refused");
        for (String op : List.of("ruled", "refused", "")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> table.refuse("another", op))
                    .withMessageContaining("'" + op + "'");
        }
    }
}
