package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.curvature4j.DerivativeCheck;
import org.curvature4j.DerivativeMode;
import org.curvature4j.TensorFunction;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Loops and branches of SameDiff's against what SameDiff computes, and their derivatives. */
class LoopImportTest {
    private static final INDArray POINT = Nd4j.createFromArray(0.3, -0.8, 1.1);

    private static SameDiff graph() {
        SameDiff sd = SameDiff.create();
        sd.placeHolder("x", DataType.DOUBLE, 3);
        sd.var("w", Nd4j.createFromArray(0.5, 0.4, 0.3));
        return sd;
    }

    /** Some graphs of this test. */
    static List<SameDiff> graphs() {
        return List.of(looped(2), branching(true));
    }

    private static Graph imported(SameDiff sd) {
        return SameDiffImport.graph(sd, List.of("y"), Map.of("x", Shape.of(3)), ImportRules.standard());
    }

    private static void agrees(SameDiff sd, INDArray point) {
        double expected = sd.output(Map.of("x", point), "y").get("y").getDouble(0);
        TensorFunction function = TensorFunction.of(sd, "y", "x");
        assertThat(function.values(point.reshape(1, 3)).getDouble(0)).isCloseTo(expected, within(1e-14));
        DerivativeCheck.of(function).at(point.reshape(1, 3)).toOrder(3).require();
    }

    private static SameDiff looped(int steps) {
        SameDiff sd = graph();
        SDVariable counter = sd.constant("i", Nd4j.scalar(0));
        SDVariable[] last = sd.whileLoop(
                new SDVariable[] {counter, sd.getVariable("x"), sd.getVariable("x")},
                (s, v) -> v[0].lt(steps),
                (s, v) -> new SDVariable[] {
                    v[0].add(1),
                    s.math.sin(v[1].mul(sd.getVariable("w"))),
                    v[2].add(v[1]).mul(0.5)
                });
        last[1].add(last[2]).sum().rename("y");
        return sd;
    }

    @Test
    void aLoopIsOneOperation() {
        SameDiff sd = looped(7);
        assertThat(imported(sd).toString()).containsOnlyOnce("SCAN 7 steps, 2 states, 0 scanned");
        agrees(sd, POINT);
        assertThat(imported(looped(500)).nodes()).hasSameSizeAs(imported(sd).nodes());
    }

    @Test
    void aLoopWithoutStepsIsItsFirstStates() {
        SameDiff sd = looped(0);
        assertThat(imported(sd).toString()).doesNotContain("SCAN");
        agrees(sd, POINT);
    }

    @Test
    void readsLoopsFromFiles(@TempDir Path folder) {
        File file = folder.resolve("loop.fb").toFile();
        SameDiff sd = looped(4);
        sd.save(file, true);
        // SameDiff itself gives no value for a loop that it has loaded.
        assertThat(imported(SameDiff.load(file, true))).isEqualTo(imported(sd));
    }

    @Test
    void theCounterIsASequenceToTheBody() {
        SameDiff sd = graph();
        SDVariable counter = sd.constant("i", Nd4j.scalar(1.0));
        SDVariable[] last =
                sd.whileLoop(new SDVariable[] {counter, sd.getVariable("x")}, (s, v) -> v[0].lte(3), (s, v) ->
                        new SDVariable[] {v[0].add(0.5), s.math.sin(v[1].mul(v[0]))});
        last[1].mul(last[0]).sum().rename("y");
        assertThat(imported(sd).toString()).contains("SCAN 5 steps, 1 states, 1 scanned");
        agrees(sd, POINT);
    }

    @Test
    void refusesALoopWhoseStepsDependOnTheInput() {
        SameDiff sd = graph();
        SDVariable[] last = sd.whileLoop(
                "grow",
                new SDVariable[] {sd.getVariable("x")},
                (s, v) -> v[0].sum().lt(10),
                (s, v) -> new SDVariable[] {v[0].mul(2)});
        last[0].sum().rename("y");
        assertThatThrownBy(() -> imported(sd))
                .hasMessageContainingAll(
                        "loop 'grow'", "expected a number of steps that is known at import", "depends on 'x'");
    }

    @Test
    void refusesALoopWithoutEnd() {
        SameDiff sd = graph();
        SDVariable[] last = sd.whileLoop(
                new SDVariable[] {sd.constant("i", Nd4j.scalar(0)), sd.getVariable("x")},
                (s, v) -> v[0].gte(0),
                (s, v) -> new SDVariable[] {v[0].mul(1), v[1].mul(2)});
        last[1].sum().rename("y");
        assertThatThrownBy(() -> imported(sd)).hasMessageContaining("got more than 100000");
    }

    @Test
    void listsWhatItHasNoRuleForInsideToo() {
        SameDiff sd = graph();
        SDVariable[] last = sd.whileLoop(
                new SDVariable[] {sd.constant("i", Nd4j.scalar(0)), sd.getVariable("x")},
                (s, v) -> v[0].lt(2),
                (s, v) -> new SDVariable[] {v[0].add(1), v[1].add(s.random.normal(0, 1, DataType.DOUBLE, 3))});
        last[1].sum().rename("y");
        assertThatThrownBy(() -> imported(sd)).isInstanceOf(UnsupportedOpsException.class);
    }

    private static SDVariable inLoops(SameDiff sd, SDVariable x, int depth) {
        return depth == 0
                ? sd.math.sin(x)
                : sd.whileLoop(
                                new SDVariable[] {sd.constant("n" + depth, Nd4j.scalar(0)), x},
                                (s, v) -> v[0].lt(2),
                                (s, v) -> new SDVariable[] {v[0].add(1), inLoops(s, v[1], depth - 1)})[1];
    }

    @Test
    void loopsMayLieInLoopsButNotWithoutEnd() {
        SameDiff sd = graph();
        inLoops(sd, sd.getVariable("x"), 2).sum().rename("y");
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            expected += Math.sin(Math.sin(Math.sin(Math.sin(POINT.getDouble(i)))));
        }
        double value =
                TensorFunction.of(sd, "y", "x").values(POINT.reshape(1, 3)).getDouble(0);
        assertThat(value).isCloseTo(expected, within(1e-14));
        SameDiff deep = graph();
        inLoops(deep, deep.getVariable("x"), 8).sum().rename("y");
        assertThatThrownBy(() -> imported(deep)).hasMessageContaining("loops: expected at most 6 inside each other");
    }

    private static SameDiff branching(boolean constant) {
        SameDiff sd = graph();
        SDVariable x = sd.getVariable("x");
        SDVariable chosen = sd.ifCond(
                s -> constant ? s.constant(Nd4j.scalar(1.0)).gt(0.5) : x.sum().gt(0.5),
                s -> s.math.sin(x).mul(2),
                s -> s.math.square(x));
        chosen.sum().rename("y");
        return sd;
    }

    @Test
    void takesTheBranchOfAConstantCondition() {
        SameDiff sd = branching(true);
        assertThat(imported(sd).toString()).contains("SIN").doesNotContain("SELECT");
        agrees(sd, POINT);
    }

    @Test
    void computesBothBranchesOfAnother() {
        SameDiff sd = branching(false);
        assertThat(imported(sd).toString()).contains("SIN", "SELECT");
        agrees(sd, POINT);
        agrees(sd, POINT.neg());
    }

    /** At 0 a root has an infinite derivative, and below no value. */
    @Test
    void aBranchThatIsNotTakenReachesNothing() {
        SameDiff sd = graph();
        SDVariable x = sd.getVariable("x");
        sd.ifCond(s -> x.sum().gt(0.5), s -> s.math.sqrt(x), s -> s.math.square(x))
                .sum()
                .rename("y");
        TensorFunction function = TensorFunction.of(sd, "y", "x");
        INDArray point = Nd4j.createFromArray(0.0, -3, 1);
        assertThat(function.values(point.reshape(1, 3)).getDouble(0)).isEqualTo(10);
        for (DerivativeMode mode : DerivativeMode.values()) {
            double[] jacobian = function.jacobian(mode).call(point).data().asDouble();
            assertThat(jacobian).containsExactly(0, -6, 2);
        }
    }

    @Test
    void aBranchMayLieInALoop() {
        SameDiff sd = graph();
        SDVariable[] last = sd.whileLoop(
                new SDVariable[] {sd.constant("i", Nd4j.scalar(0)), sd.getVariable("x")},
                (s, v) -> v[0].lt(4),
                (s, v) -> new SDVariable[] {
                    v[0].add(1), s.ifCond(t -> v[0].lt(2), t -> t.math.sin(v[1]), t -> v[1].mul(3))
                });
        last[1].sum().rename("y");
        TensorFunction function = TensorFunction.of(sd, "y", "x");
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            expected += 9 * Math.sin(Math.sin(POINT.getDouble(i)));
        }
        assertThat(function.values(POINT.reshape(1, 3)).getDouble(0)).isCloseTo(expected, within(1e-14));
    }
}
