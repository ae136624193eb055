package org.curvature4j.internal.gpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionsTest {

    @ParameterizedTest
    @CsvSource({
        "rzi.s64, NaN, -9223372036854775808",
        "rzi.s64, Infinity, 9223372036854775807",
        "rzi.s64, -1e300, -9223372036854775808",
        "rzi.s64, -1.9, -1",
        "rni.s64, 2.5, 2",
        "rni.s64, 3.5, 4",
        "rmi.s64, -0.5, -1",
        "rpi.s64, -0.5, 0",
        "rzi.u64, NaN, -9223372036854775808",
        "rzi.u64, -3, 0",
        "rzi.u64, 1e300, -1",
        "rzi.u64, 9223372036854777856, -9223372036854773760"
    })
    void float64ToIntegers(String conversion, double a, long expected) {
        assertThat(KernelRun.of("cvt." + conversion + ".f64 %d, %a;", Double.doubleToRawLongBits(a), 0, 0))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rzi.s32, NaN, -2147483648",
        "rzi.s32, 1e10, 2147483647",
        "rzi.s32, -1e10, -2147483648",
        "rzi.u32, NaN, -2147483648",
        "rzi.u32, 1e10, -1",
        "rzi.u32, -1, 0",
        "rni.s32, 1.5, 2"
    })
    void float64ToIntegersOf32Bits(String conversion, double a, int expected) {
        String body = "cvt." + conversion + ".f64 %h, %a; cvt.s64.s32 %d, %h;";
        assertThat(KernelRun.of(body, Double.doubleToRawLongBits(a), 0, 0)).isEqualTo(expected);
    }

    /** As the manual has it: zero where neither side has 64 bits. */
    @ParameterizedTest
    @CsvSource({"rzi.s32, 0", "rzi.u32, 0", "rzi.s64, -9223372036854775808", "rzi.u64, -9223372036854775808"})
    void float32NanToIntegers(String conversion, long expected) {
        boolean narrow = conversion.endsWith("32");
        String body = "cvt." + conversion + ".f32 " + (narrow ? "%h, %e; cvt.s64.s32 %d, %h;" : "%d, %e;");
        assertThat(KernelRun.of(body, Float.floatToRawIntBits(Float.NaN), 0, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rn.f64.s64, 9007199254740993, 9007199254740992",
        "rz.f64.s64, -9007199254740993, -9007199254740992",
        "rm.f64.s64, -9007199254740993, -9007199254740994",
        "rp.f64.s64, 9007199254740993, 9007199254740994",
        "rn.f64.u64, -1, 18446744073709551616",
        "rz.f64.u64, -1, 18446744073709549568",
        "rn.f64.s64, 4503599627370497, 4503599627370497",
        "rn.f64.u64, -9223372036854774783, 9223372036854777856"
    })
    void integersToFloat64(String conversion, long a, double expected) {
        assertThat(Double.longBitsToDouble(KernelRun.of("cvt." + conversion + " %d, %a;", a, 0, 0)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rni.f64.f64, 2.5, 2",
        "rni.f64.f64, -0.5, -0.0",
        "rmi.f64.f64, -0.5, -1",
        "rpi.f64.f64, -0.5, -0.0",
        "rzi.f64.f64, -1.5, -1",
        "sat.f64.f64, 1.5, 1",
        "sat.f64.f64, NaN, 0",
        "sat.f64.f64, -0.25, 0"
    })
    void float64ToFloat64(String conversion, double a, double expected) {
        assertThat(Double.longBitsToDouble(
                        KernelRun.of("cvt." + conversion + " %d, %a;", Double.doubleToRawLongBits(a), 0, 0)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rn, 0.1, 0x1.99999ap-4",
        "rz, 0.1, 0x1.999998p-4",
        "rp, 1e300, Infinity",
        "rz, 1e300, 0x1.fffffep127",
        "rm, -1e300, -Infinity",
        "rp, 1e-300, 0x1p-149",
        "rn, NaN, NaN"
    })
    void float64ToFloat32(String rounding, double a, float expected) {
        long bits = KernelRun.of(
                "cvt." + rounding + ".f32.f64 %h, %a; mov.b64 %d, {%h, %h};", Double.doubleToRawLongBits(a), 0, 0);
        assertThat(Float.intBitsToFloat((int) bits)).isEqualTo(Float.valueOf(expected));
        bits = KernelRun.of("cvt.f64.f32 %d, %e;", Float.floatToRawIntBits(expected), 0, 0);
        assertThat(Double.longBitsToDouble(bits)).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "cvt.s64.s32 %d, 4294967295, -1",
        "cvt.u64.u32 %d, 4294967295, 4294967295",
        "cvt.s64.s8 %d, 255, -1",
        "cvt.u64.u8 %d, 511, 255",
        "cvt.sat.u64.s32 %d, 4294967295, 0"
    })
    void integersToIntegers(String conversion, long a, long expected) {
        assertThat(KernelRun.of(conversion + ", %e;", a, 0, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sat.s32.s64, 4294967296, 2147483647",
        "s32.s64, 4294967297, 1",
        "sat.u32.s64, -1, 0",
        "sat.s32.u64, -1, 2147483647"
    })
    void integersToNarrowerOnes(String conversion, long a, int expected) {
        assertThat(KernelRun.of("cvt." + conversion + " %h, %a; cvt.s64.s32 %d, %h;", a, 0, 0))
                .isEqualTo(expected);
    }
}
