package org.curvature4j.internal.gpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonsTest {

    /** Whether it holds of 1 and 2, of 2 and 2, of 2 and 1, and of a NaN and a number. */
    @ParameterizedTest
    @CsvSource({
        "eq, false, true, false, false",
        "ne, true, false, true, false",
        "lt, true, false, false, false",
        "le, true, true, false, false",
        "gt, false, false, true, false",
        "ge, false, true, true, false",
        "equ, false, true, false, true",
        "neu, true, false, true, true",
        "ltu, true, false, false, true",
        "leu, true, true, false, true",
        "gtu, false, false, true, true",
        "geu, false, true, true, true",
        "num, true, true, true, false",
        "nan, false, false, false, true"
    })
    void ofFloat64(String name, boolean less, boolean equal, boolean greater, boolean unordered) {
        String body = "setp." + name + ".f64 %p, %a, %b;";
        assertThat(holds(body, 1, 2)).isEqualTo(less);
        assertThat(holds(body, 2, 2)).isEqualTo(equal);
        assertThat(holds(body, 0.0, -0.0)).isEqualTo(equal);
        assertThat(holds(body, 2, 1)).isEqualTo(greater);
        assertThat(holds(body, Double.NaN, 1)).isEqualTo(unordered);
        assertThat(holds(body, 1, Double.NaN)).isEqualTo(unordered);
        assertThat(holds(body, Double.NaN, Double.NaN)).isEqualTo(unordered);
    }

    private static boolean holds(String body, double a, double b) {
        return KernelRun.predicate(body, Double.doubleToRawLongBits(a), Double.doubleToRawLongBits(b));
    }

    @ParameterizedTest
    @CsvSource({
        "lt.s64, -1, 1, true",
        "lt.u64, -1, 1, false",
        "lo.u64, 1, -1, true",
        "hs.u64, -1, 1, true",
        "ge.s64, 1, 1, true",
        "gt.u64, -1, 1, true",
        "le.s64, 2, 1, false",
        "eq.b64, 7, 7, true",
        "ne.u64, 7, 7, false"
    })
    void ofIntegers(String name, long a, long b, boolean expected) {
        assertThat(KernelRun.predicate("setp." + name + " %p, %a, %b;", a, b)).isEqualTo(expected);
    }

    @Test
    void ofHalvesIsWithOrWithoutSign() {
        assertThat(KernelRun.predicate("setp.lt.s32 %p, %e, %f;", -1, 1)).isTrue();
        assertThat(KernelRun.predicate("setp.lt.u32 %p, %e, %f;", -1, 1)).isFalse();
    }

    @Test
    void joinsAPredicate() {
        assertThat(KernelRun.predicate("setp.eq.u64 %q, %a, %a; setp.lt.and.s64 %p, %a, %b, %q;", 1, 2))
                .isTrue();
        assertThat(KernelRun.predicate("setp.eq.u64 %q, %a, %b; setp.lt.and.s64 %p, %a, %b, %q;", 1, 2))
                .isFalse();
        assertThat(KernelRun.predicate("setp.eq.u64 %q, %a, %b; setp.lt.xor.s64 %p, %a, %b, %q;", 1, 2))
                .isTrue();
        assertThat(KernelRun.predicate("setp.lt.s64 %q, %a, %b; not.pred %p, %q;", 1, 2))
                .isFalse();
    }

    @Test
    void selectsByAPredicate() {
        String body = "setp.lt.f64 %p, %a, %b; selp.f64 %d, %a, %b, %p;";
        assertThat(KernelRun.of(body, Double.doubleToRawLongBits(-1), Double.doubleToRawLongBits(1), 0))
                .isEqualTo(Double.doubleToRawLongBits(-1));
        assertThat(KernelRun.of("setp.lt.s64 %p, %a, %b; @%p mov.b64 %d, 5; @!%p mov.b64 %d, 6;", 2, 1, 0))
                .isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "finite, 1, true", "finite, Infinity, false", "infinite, -Infinity, true", "number, NaN, false",
        "notanumber, NaN, true", "normal, 0, false", "normal, 1e-310, false", "subnormal, 1e-310, true",
        "subnormal, 0, false"
    })
    void testsAProperty(String name, double a, boolean expected) {
        assertThat(holds("testp." + name + ".f64 %p, %a;", a, 0)).isEqualTo(expected);
    }
}
