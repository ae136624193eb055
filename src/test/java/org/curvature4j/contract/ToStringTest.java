package org.curvature4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.curvature4j.estimate.Budget;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.plot.Convergence;
import org.curvature4j.plot.EigenvalueGrid;
import org.curvature4j.plot.LeadingEigenvalues;
import org.curvature4j.plot.PlaneField;
import org.curvature4j.plot.PlaneMark;
import org.curvature4j.plot.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JShell, notebooks and debuggers print what a call gives: every type that users get says what it is. */
class ToStringTest {
    /** What nobody holds to look at: builders in one expression, sinks, and the workings of algorithms and rules. */
    private static final Set<String> UNSEEN = Set.of(
            "Basis",
            "DataLossBuilder",
            "EigenBlock",
            "FunctionBuilder",
            "HeapSpace",
            "JacobianSink",
            "NpyWriter",
            "OpAttributes",
            "OpCall",
            "SpectraSink",
            "SymmetricBlockSolver",
            "Training",
            "VectorSpace");

    private static final Set<String> UNSEEN_PACKAGES =
            Set.of("org.curvature4j.graph", "org.curvature4j.op", "org.curvature4j.notebook");

    private static final double[] AXIS = {-1, 1};

    static List<Class<?>> seen() {
        return PublicClasses.all().stream()
                .filter(type -> !type.isInterface() && !type.isEnum() && !Throwable.class.isAssignableFrom(type))
                .filter(type -> !UNSEEN.contains(type.getSimpleName()))
                .filter(type -> !UNSEEN_PACKAGES.contains(type.getPackageName()))
                .filter(type -> PublicClasses.members(type)
                        .anyMatch(member -> member instanceof java.lang.reflect.Method
                                && !Modifier.isStatic(member.getModifiers())))
                .toList();
    }

    @Test
    void thereAreMany() {
        assertThat(seen()).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("seen")
    void saysWhatItIs(Class<?> type) throws Exception {
        assertThat(type.getMethod("toString").getDeclaringClass())
                .as("what toString() of " + type + " is inherited from")
                .isNotEqualTo(Object.class);
    }

    /** Records print their components, of which arrays and callbacks would print an address. */
    @Test
    void recordsOfArraysAndCallbacksDoToo() {
        assertThat(List.<Object>of(
                        Budget.of(3),
                        DensityOptions.standard(),
                        MinimizerOptions.usual(),
                        new Convergence("Newton", new double[] {1, 0.5}),
                        new LeadingEigenvalues("last", new double[] {1}, new double[] {2}),
                        new PlaneField("f", "value", AXIS, AXIS, new double[4], false),
                        new PlaneMark("minimum", PlaneMark.Style.POINTS, AXIS, AXIS),
                        new Slice("fastest", 1, 0, 0, AXIS, AXIS, AXIS),
                        new EigenvalueGrid(AXIS, AXIS, new double[8], 0)))
                .extracting(Object::toString)
                .containsExactly(
                        "at most 3 products, seed 0",
                        DensityOptions.standard().probes() + " probes of "
                                + DensityOptions.standard().steps() + " steps, seed 0, at most "
                                + DensityOptions.standard().threads() + " threads",
                        "to a gradient of 1e-08, at most "
                                + MinimizerOptions.usual().mostIterations() + " iterations",
                        "Newton: gradient norms of 1 iterations",
                        "last: 1 eigenvalues of two matrices",
                        "f: value at 2 * 2 points",
                        "minimum: 2 points",
                        "fastest direction: 2 steps, eigenvalue 1, slope 0",
                        "2 eigenvalues at each of 2 * 2 points");
    }
}
