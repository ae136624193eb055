package org.curvature4j.internal.engine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.code.ElementwiseCode;
import org.curvature4j.internal.gpu.Assembler;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Select;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels in PTX, against those in Java, bit by bit, over all numbers. */
@Tag("gpu")
class PtxDialectTest {
    private static final double[] EDGES = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        2,
        -3,
        0.49999999999999994,
        709.7827,
        -745.1,
        1e9,
        -1e22,
        0x1p53,
        1e300,
        -1e-300,
        Double.MIN_VALUE,
        -Double.MIN_NORMAL,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    static Stream<Kernel> kernels() {
        Stream<Kernel> elementwise =
                Arrays.stream(Elementwise.values()).filter(PtxDialect::spells).map(x -> x);
        Stream<Kernel> casts = Arrays.stream(DType.values()).map(Cast::new);
        return Stream.of(elementwise, Arrays.stream(Comparison.values()), Stream.of(new Select()), casts)
                .flatMap(kernels -> kernels);
    }

    static int operands(Kernel kernel) {
        return kernel instanceof Elementwise operation
                ? operation.arity()
                : kernel instanceof Cast ? 1 : kernel instanceof Select ? 3 : 2;
    }

    /** Edges with edges, moderate numbers, and numbers of all magnitudes. */
    private static double[][] arguments(int operands) {
        SplittableRandom random = new SplittableRandom(8);
        double[][] arguments = new double[operands][];
        for (int k = 0; k < operands; k++) {
            int place = k;
            DoubleStream edges = Arrays.stream(EDGES)
                    .flatMap(x -> operands == 1
                            ? DoubleStream.of(x)
                            : Arrays.stream(EDGES).map(y -> place == 0 ? x : place == 1 ? y : x + y));
            DoubleStream all = random.longs(150).mapToDouble(Double::longBitsToDouble);
            arguments[k] = Stream.of(edges, random.doubles(150, -4, 4), random.doubles(50, 0, 1), all)
                    .flatMapToDouble(numbers -> numbers)
                    .toArray();
        }
        return arguments;
    }

    private static double[] java(Kernel kernel, double[]... arguments) {
        String code = kernel instanceof Cast cast
                ? ElementwiseCode.cast(DType.FLOAT64, cast.to())
                : ElementwiseCode.of(kernel);
        int count = arguments[0].length;
        double[] z = new double[count];
        ElementwiseCode.loop(code, Collections.nCopies(arguments.length, false))
                .run(arguments, new int[arguments.length][], z, 0, 1, count);
        return z;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void hasTheBitsOfJavaThatItPromises(Kernel kernel) {
        double[][] arguments = arguments(operands(kernel));
        double[] expected = java(kernel, arguments);
        double[] actual = PtxRunner.evaluate(kernel, DType.FLOAT64, arguments);
        if (PtxDialect.hasBitsOfJava(kernel)) {
            assertThat(actual).isEqualTo(expected);
            return;
        }
        for (int i = 0; i < expected.length; i++) {
            double ulp = Math.ulp(expected[i]);
            assertThat(actual[i])
                    .as("%s of %s, %s", kernel, arguments[0][i], arguments[1][i])
                    .isCloseTo(expected[i], within(Double.isFinite(ulp) ? 2 * ulp : 0));
        }
    }

    /** Kernels of float32 numbers round once, as Java's floats do, functions after they are computed in float64. */
    @ParameterizedTest
    @MethodSource("kernels")
    void computesFloatsInFloat32(Kernel kernel) {
        double[][] arguments = arguments(operands(kernel));
        for (double[] numbers : arguments) {
            Arrays.setAll(numbers, i -> (float) numbers[i]);
        }
        double[] expected = java(kernel, arguments);
        Arrays.setAll(expected, i -> (float) expected[i]);
        double[] actual = PtxRunner.evaluate(kernel, DType.FLOAT32, arguments);
        if (PtxDialect.hasBitsOfJava(kernel)) {
            assertThat(actual).isEqualTo(expected);
            return;
        }
        for (int i = 0; i < expected.length; i++) {
            double ulp = Math.ulp((float) expected[i]);
            assertThat(actual[i]).isCloseTo(expected[i], within(Double.isFinite(ulp) ? ulp : 0));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AND", "OR", "XOR"})
    void booleansConnect(Comparison comparison) {
        double[] x = {0, 0, 1, 1};
        double[] y = {0, 1, 0, 1};
        double[] expected = java(comparison, x, y);
        assertThat(PtxRunner.evaluate(comparison, DType.BOOL, x, y)).isEqualTo(expected);
    }

    @Test
    void booleansAreChosen() {
        double[] condition = {0, 0, 0, 0, 1, 1, 1, 1};
        double[] yes = {0, 0, 1, 1, 0, 0, 1, 1};
        double[] no = {0, 1, 0, 1, 0, 1, 0, 1};
        assertThat(PtxRunner.evaluate(new Select(), DType.BOOL, condition, yes, no))
                .containsExactly(0, 1, 0, 1, 0, 0, 1, 1);
    }

    @Test
    void functionsAreInAModuleOnce() {
        PtxModule module = PtxDialect.module();
        String once = PtxDialect.spell(module, Elementwise.TANH, DType.FLOAT64, "%fd1", "%fd0");
        String again = PtxDialect.spell(module, Elementwise.TANH, DType.FLOAT64, "%fd2", PtxDialect.literal(0.5));
        assertThat(once).isEqualTo("\tcall (%fd1), PlainMath_tanh, (%fd0);\n");
        assertThat(again).isEqualTo("\tcall (%fd2), PlainMath_tanh, (0d3FE0000000000000);\n");
        assertThat(module.text().split("\\.func ", -1)).hasSize(2);
    }

    /** Without spills; what a target that the assembler doesn't know would come to isn't tested. */
    @ParameterizedTest
    @ValueSource(ints = {70, 75, 80, 90, 100, 120})
    void assembles(int target) throws Exception {
        Assembler assembler = Assembler.orSkip();
        Assumptions.assumeTrue(
                !assembler.known(List.of(target)).isEmpty(), "ptxas: expected one that knows sm_" + target);
        PtxModule module = PtxDialect.module();
        for (DType type : List.of(DType.FLOAT64, DType.FLOAT32)) {
            int[] count = {0};
            kernels()
                    .forEach(kernel ->
                            PtxRunner.add(module, "kernel_" + type + "_" + count[0]++, kernel, type, operands(kernel)));
        }
        Arrays.stream(Comparison.values())
                .filter(Comparison::isLogical)
                .forEach(comparison -> PtxRunner.add(module, comparison + "_bool", comparison, DType.BOOL, 2));
        PtxRunner.add(module, "select_bool", new Select(), DType.BOOL, 3);
        Assembler.Report report = assembler.assemble(module.text(), target);
        System.out.println("kernels of one operation: " + report);
        assertThat(report.registers()).isPositive();
        assertThat(report.spilledBytes()).isZero();
    }
}
