package org.curvature4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Test;

/** JShell, notebooks and debuggers print what a call gives: every type that users get says what it is. */
class ToStringTest {
    /** What is between caller and library: read from, written to, or configured in one expression and never looked at. */
    private static final List<String> UNSEEN = List.of(
            "DataLossBuilder", "FunctionBuilder", "EigenBlock", "Basis", "HeapSpace", "VectorSpace", "SymmetricBlockSolver");

    @Test
    void everyTypeThatUsersGetSaysWhatItIs() throws Exception {
        List<String> silent = PublicClasses.all().stream()
                .filter(ToStringTest::isSeen)
                .filter(type -> !printsItself(type))
                .map(Class::getName)
                .toList();

        assertThat(silent)
                .as("types without a toString(), or records of arrays and callbacks without one")
                .isEmpty();
    }

    private static boolean isSeen(Class<?> type) {
        return !type.isInterface()
                && !type.isEnum()
                && !Throwable.class.isAssignableFrom(type)
                && !UNSEEN.contains(type.getSimpleName())
                && !List.of("org.curvature4j.graph", "org.curvature4j.op", "org.curvature4j.notebook")
                        .contains(type.getPackageName())
                && Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> Modifier.isPublic(method.getModifiers())
                                && !Modifier.isStatic(method.getModifiers()));
    }

    private static boolean printsItself(Class<?> type) {
        try {
            Class<?> declaring = type.getMethod("toString").getDeclaringClass();
            return declaring != Object.class && (!type.isRecord() || isPlain(type));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
