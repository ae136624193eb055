package org.curvature4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
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
}
