package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.fused.FusedRunner;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.internal.transform.Work;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the two forms of a Hessian the one is taken that is less work for the engine that computes it. */
class LeastWorkTest {
    private static final Pattern COMPUTATIONS = Pattern.compile(": (\\d+) computations a point");

    @BeforeAll
    static void start() {
        Backend.get();
    }

    private static TensorFunction function(String model) {
        ModelGraph graph = Models.byName(model, 7);
        return TensorFunction.builder(graph.sd())
                .output(graph.output())
                .component(0)
                .withRespectTo(graph.input())
                .build();
    }

    private static List<Graph> forms(TensorFunction function) {
        return List.of(
                Simplifier.simplify(Derivatives.hessian(function.graph())),
                Simplifier.simplify(Derivatives.structuredHessian(function.graph())));
    }

    private static long computations(PreparedFunction prepared) {
        Matcher matcher = COMPUTATIONS.matcher(prepared.describe());
        assertThat(matcher.find()).as(prepared.describe()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monkey-saddle",
                "rosenbrock",
                "chain-rule",
                "quadratic",
                "two-two-one",
                "mlp:5-6-1:relu",
                "tanh",
                "mlp:2-3-1",
                "mlp:3-8-1",
                "mlp:4-8-1",
                "mlp:8-16-1",
                "mlp:3-4-4-2",
                "mlp:6-12-3"
            })
    void fusedCodeHasTheLeast(String model) {
        TensorFunction function = function(model);
        int n = Math.toIntExact(function.inputSize());
        double least = forms(function).stream()
                .map(form -> FusedRunner.work(form, n))
                .flatMapToDouble(OptionalDouble::stream)
                .min()
                .orElseThrow();
        try (Hessian hessian = Hessian.of(function)) {
            assertThat(forms(function).stream()
                            .filter(form -> FusedRunner.work(form, n).equals(OptionalDouble.of(least)))
                            .map(form -> FusedRunner.computations(form, n)))
                    .contains(computations(hessian));
        }
    }

    @ParameterizedTest
    @CsvSource({"mlp:4-8-1, 254", "mlp:8-16-1, 1452"})
    void computesNoMoreThanItNeeds(String model, long most) {
        try (Hessian hessian = Hessian.of(function(model))) {
            assertThat(computations(hessian)).isLessThanOrEqualTo(most);
        }
    }

    /** The forms take different memory, by which the description tells them apart. */
    @ParameterizedTest
    @ValueSource(strings = {"mlp:8-32-32-1", "mlp:16-32-1", "mlp:32-32-32-1", "mlp:40-16-16-2"})
    void loopsHaveTheLeast(String model) {
        List<Graph> forms = forms(function(model));
        String chosen = EngineRunner.description(Engine.LOOPS, forms);
        double[] work = forms.stream()
                .mapToDouble(form -> Work.ofTile(Simplifier.simplify(Vmap.of(form, List.of(true), 64))))
                .toArray();
        int least = work[0] <= work[1] ? 0 : 1;
        assertThat(DoubleStream.of(work).distinct().count()).isEqualTo(2);
        assertThat(chosen).isEqualTo(EngineRunner.description(Engine.LOOPS, List.of(forms.get(least))));
        assertThat(chosen).isNotEqualTo(EngineRunner.description(Engine.LOOPS, List.of(forms.get(1 - least))));
    }

    /** One operation without scalar code in one of the forms leaves the other. */
    @Test
    void takesWhatCanBeFused() {
        TensorFunction function = function("mlp:3-8-1");
        Graph small = forms(function).get(0);
        Graph large = forms(function("mlp:40-16-16-2")).get(0);
        assertThat(FusedRunner.work(large, 40)).isEmpty();
        assertThat(EngineRunner.description(Engine.FUSED, List.of(large, small)))
                .isEqualTo(EngineRunner.description(Engine.FUSED, List.of(small)));
    }
}
