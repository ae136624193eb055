package org.curvature4j.internal.gpu.interpreter;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithmeticTest {
    private static final double[] EDGES = {
        0.0,
        -0.0,
        1,
        -1,
        0.1,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        3e-320,
        1 + 0x1p-52
    };

    private static void check(String name, DoubleBinaryOperator expected) {
        Random random = new Random(4);
        for (double a : EDGES) {
            for (double b : EDGES) {
                same(name, expected, a, b);
            }
            same(name, expected, a, random.nextGaussian());
        }
    }

    private static void same(String name, DoubleBinaryOperator expected, double a, double b) {
        long bits = KernelRun.of(name + ".f64 %d, %a, %b;", doubleToRawLongBits(a), doubleToRawLongBits(b), 0);
        assertThat(longBitsToDouble(bits))
                .as("%s of %s and %s", name, a, b)
                .isEqualTo(Double.valueOf(expected.applyAsDouble(a, b)));
    }

    @Test
    void float64IsIeee() {
        check("add.rn", Double::sum);
        check("sub.rn", (a, b) -> a - b);
        check("mul.rn", (a, b) -> a * b);
        check("div.rn", (a, b) -> a / b);
        check("copysign", (a, b) -> Double.isNaN(b) ? b : Math.copySign(b, a));
    }

    /** Unlike Java's, of a number and a NaN they are the number. */
    @Test
    void minimumAndMaximumPassOverNan() {
        check("min", (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b));
        check("max", (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b));
    }

    @Test
    void fusedMultiplyAddRoundsOnce() {
        double a = 1 + 0x1p-30;
        long bits = KernelRun.of(
                "fma.rn.f64 %d, %a, %b, %c;", doubleToRawLongBits(a), doubleToRawLongBits(a), doubleToRawLongBits(-1));
        assertThat(longBitsToDouble(bits)).isEqualTo(0x1p-29 + 0x1p-60);
        long apart = KernelRun.of(
                "mul.rn.f64 %d, %a, %b; add.rn.f64 %d, %d, %c;",
                doubleToRawLongBits(a), doubleToRawLongBits(a), doubleToRawLongBits(-1));
        assertThat(longBitsToDouble(apart)).isEqualTo(0x1p-29);
    }

    @Test
    void signsAreBits() {
        assertThat(KernelRun.of("neg.f64 %d, %a;", 0, 0, 0)).isEqualTo(Long.MIN_VALUE);
        assertThat(KernelRun.of("abs.f64 %d, %a;", doubleToRawLongBits(-2), 0, 0))
                .isEqualTo(doubleToRawLongBits(2));
        assertThat(KernelRun.of("sqrt.rn.f64 %d, %a;", doubleToRawLongBits(2), 0, 0))
                .isEqualTo(doubleToRawLongBits(Math.sqrt(2)));
        assertThat(KernelRun.of("rcp.rn.f64 %d, %a;", doubleToRawLongBits(3), 0, 0))
                .isEqualTo(doubleToRawLongBits(1 / 3.0));
    }

    @Test
    void float32RoundsTo24Bits() {
        long bits = KernelRun.of(
                "add.rn.f32 %h, %e, %f; mov.b64 %d, {%h, %h};",
                Float.floatToRawIntBits(16777216f), Float.floatToRawIntBits(1f), 0);
        assertThat(Float.intBitsToFloat((int) bits)).isEqualTo(16777216f);
        bits = KernelRun.of(
                "fma.rn.f32 %h, %e, %f, 0fBF800000; mov.b64 %d, {%h, %h};",
                Float.floatToRawIntBits(1 + 0x1p-12f), Float.floatToRawIntBits(1 + 0x1p-12f), 0);
        assertThat(Float.intBitsToFloat((int) bits)).isEqualTo(0x1p-11f + 0x1p-24f);
    }

    @ParameterizedTest
    @CsvSource({
        "add.s64, 9223372036854775807, 1, -9223372036854775808",
        "sub.u64, 0, 1, -1",
        "mul.lo.s64, 4294967296, 4294967297, 4294967296",
        "mul.hi.s64, -1, 1, -1",
        "mul.hi.u64, -1, -1, -2",
        "div.s64, -7, 2, -3",
        "rem.s64, -7, 2, -1",
        "div.u64, -1, 2, 9223372036854775807",
        "rem.u64, -1, 10, 5",
        "min.s64, -1, 1, -1",
        "min.u64, -1, 1, 1",
        "max.u64, -1, 1, -1",
        "and.b64, 12, 10, 8",
        "or.b64, 12, 10, 14",
        "xor.b64, 12, 10, 6"
    })
    void integersOf64Bits(String name, long a, long b, long expected) {
        assertThat(KernelRun.of(name + " %d, %a, %b;", a, b, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "add.s32, 2147483647, 1, -2147483648",
        "mul.lo.u32, 65536, 65537, 65536",
        "mul.hi.u32, -1, -1, -2",
        "mul.hi.s32, -1, 1, -1",
        "div.u32, -1, 2, 2147483647",
        "rem.s32, -7, 3, -1",
        "min.u32, -1, 1, 1",
        "shl.b32, 1, 31, -2147483648",
        "shl.b32, 1, 32, 0",
        "shr.u32, -1, 28, 15",
        "shr.s32, -8, 1, -4",
        "shr.s32, -8, 99, -1",
        "shr.b32, -8, 32, 0"
    })
    void integersOf32Bits(String name, int a, int b, int expected) {
        long bits = KernelRun.of(name + " %h, %e, %f; cvt.s64.s32 %d, %h;", a, b, 0);
        assertThat(bits).isEqualTo(expected);
    }

    @Test
    void widerProductsAndSums() {
        assertThat(KernelRun.of("mul.wide.s32 %d, %e, %f;", -3, 1 << 30, 0)).isEqualTo(-3L << 30);
        assertThat(KernelRun.of("mul.wide.u32 %d, %e, %f;", -1, -1, 0)).isEqualTo(0xFFFFFFFE00000001L);
        assertThat(KernelRun.of("mad.wide.u32 %d, %e, %f, %c;", 3, 4, 5)).isEqualTo(17);
        assertThat(KernelRun.of("mad.lo.s64 %d, %a, %b, %c;", 3, -4, 5)).isEqualTo(-7);
    }

    @ParameterizedTest
    @CsvSource({
        "clz.b64, 1, 63",
        "clz.b64, 0, 64",
        "popc.b64, -1, 64",
        "bfind.u64, 0, 4294967295",
        "bfind.u64, 12, 3",
        "bfind.s64, -1, 4294967295",
        "bfind.s64, -9, 3"
    })
    void countedBits(String name, long a, long expected) {
        assertThat(KernelRun.of(name + " %h, %a; cvt.u64.u32 %d, %h;", a, 0, 0)).isEqualTo(expected);
    }

    @Test
    void shiftOf64BitsClamps() {
        assertThat(KernelRun.of("shl.b64 %d, %a, %f;", 1, 64, 0)).isZero();
        assertThat(KernelRun.of("shr.s64 %d, %a, %f;", -5, 64, 0)).isEqualTo(-1);
        assertThat(KernelRun.of("shr.u64 %d, %a, %f;", -1, 63, 0)).isEqualTo(1);
    }

    @Test
    void divisionByZeroIsRefused() {
        assertThatThrownBy(() -> KernelRun.of("div.s64 %d, %a, %b;", 1, 0, 0))
                .hasMessageContaining("div.s64 %d , %a , %b ;: division by zero");
    }
}
