package org.curvature4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.contract.ArrayVariants.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every public method that takes an ND4J array, tried with arrays of every element type, layout and odd shape: the result is
 * that for the same numbers in a plain float64 array, or the array is refused in words; and it isn't modified.
 */
class ArrayContractTest {

    static Stream<ArrayCall> calls() {
        return Stream.of(FunctionCalls.all(), MatrixCalls.all(), DataCalls.all(), EngineCalls.all())
                .flatMap(calls -> calls.stream());
    }

    /** A new method that takes arrays has to be called here too; what is internal may be. */
    @Test
    void everyMethodIsTried() {
        Set<String> found = PublicClasses.all().stream()
                .flatMap(PublicClasses::members)
                .filter(ArrayContractTest::takesArrays)
                .map(PublicClasses::signature)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tried = calls().map(ArrayCall::signature).collect(Collectors.toCollection(TreeSet::new));
        assertThat(tried).containsAll(found);
    }

    private static boolean takesArrays(Executable member) {
        return Arrays.stream(member.getGenericParameterTypes())
                .anyMatch(type -> type.getTypeName().contains(INDArray.class.getName()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void givesTheSameOrRefuses(ArrayCall call) {
        for (Variant variant : ArrayVariants.of(call.shape())) {
            Object expected = variant.plain() == null ? null : outcome(call, variant.plain());
            INDArray before = variant.array().dup();
            Object actual = outcome(call, variant.array());
            if (!call.written()) {
                assertThat(variant.array().equals(before))
                        .as("%s of %s unmodified", call, variant)
                        .isTrue();
            }
            if (!(actual instanceof Refusal)) {
                assertThat(expected).as("%s of %s", call, variant).isNotNull().isNotInstanceOf(Refusal.class);
                boolean narrow = variant.array().dataType() == DataType.FLOAT;
                assertSame(call + " of " + variant, Numbers.of(actual), Numbers.of(expected), narrow ? 1e-5 : 0);
            }
        }
    }

    private static void assertSame(String what, double[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            boolean same = Double.compare(actual[i], expected[i]) == 0
                    || Math.abs(actual[i] - expected[i]) <= tolerance * (1 + Math.abs(expected[i]));
            assertThat(same)
                    .as("%s: expected %s, got %s", what, Arrays.toString(expected), Arrays.toString(actual))
                    .isTrue();
        }
    }

    /** That an argument was refused. */
    private record Refusal(String message) {}

    private static Object outcome(ArrayCall call, INDArray array) {
        try {
            return call.call().of(array);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .as("%s of %s", call, array.shapeInfoToString())
                    .contains("expected", "got");
            return new Refusal(e.getMessage());
        } catch (Exception | Error e) {
            return fail(call + " of " + array.dataType() + " " + Arrays.toString(array.shape()) + ": " + e, e);
        }
    }
}
