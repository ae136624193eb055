package org.curvature4j.internal.gpu.interpreter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the interpreter is stricter about than a GPU, and what no GPU takes. */
class RefusalsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add.f64 %d, %a, %b; | expected add with modifiers [rn], got []",
                "div.approx.f32 %h, %e, %f; | expected div with modifiers [rn], got [approx]",
                "ex2.approx.f32 %h, %e; | got [approx]",
                "add.rn.ftz.f32 %h, %e, %f; | expected add with modifiers [rn]",
                "mad.rn.f64 %d, %a, %b, %c; | expected mad with modifiers [], got [rn]",
                "add.s64 %d, %a, %z9; | register %z9 is not declared",
                "add.s64 %d, %a, %e; | register %e is .b32, which an instruction of .s64 does not take",
                "add.rn.f64 %r0, %x0, %x1; | register %r0 is .u64, which an instruction of .f64 does not take",
                "add.s64 %x0, %a, %b; | register %x0 is .f64, which an instruction of .s64 does not take",
                "mov.f64 %x0, 1; | constant 1 of an instruction of .f64 is not a floating-point one",
                "mov.f64 %x0, 0f3F800000; | constant 0f3F800000 is not one of .f64",
                "mov.u32 %h, 0x100000000; | constant 0x100000000 does not fit .u32",
                "cvt.s64.f64 %d, %a; | expected a rounding of",
                "cvt.f64.s64 %d, %a; | expected a rounding of",
                "cvt.rn.f64.f32 %d, %e; | expected a rounding of []",
                "setp.lt.b64 %p, %a, %b; | comparison lt of .b64 is not known",
                "setp.ltu.u64 %p, %a, %b; | comparison ltu of .u64 is not known",
                "bra NOWHERE; | label is not declared",
                "bar.sync 1; | only barrier 0 is known",
                "@%p bar.sync 0; | what threads do together has no predicate here",
                "call nothing, (); | function nothing is not declared",
                "shfl.sync.idx.b32 %h, %e, 0, 31, 1; | only masks of all lanes are known",
                "st.const.b64 [%a], %b; | constants are not written",
                "ld.global.f64 %r0, [%a]; | register %r0 is .u64",
                "ld.param.u64 %d, [other]; | parameter other is not declared",
                "add.s64 %d, %a; | expected 3 operands, got 2",
                "nonsense.b64 %d, %a; | instruction is not known",
                "mov.b64 %d, %r1; | read that is not written on every way here",
                "setp.lt.u64 %p, %a, %b; @%p bra ON; mov.b64 %r1, 4; ON: mov.b64 %d, %r1; | is not written on every way"
            })
    void refuses(String body, String words) {
        assertThatThrownBy(() -> KernelRun.of(body.replace("@%p bar", "setp.lt.u64 %p, %a, %b; @%p bar"), 1, 2, 3))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("line ")
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ld.global.u64 %d, [%a]; | 0 | address 0x0 is in no memory of the device",
                "add.u64 %a, %a, %out; ld.global.u64 %d, [%a]; | 4 | is not a multiple of 8",
                "add.u64 %a, %a, %out; ld.global.u64 %d, [%a]; | 8 | is 8 bytes behind the end of memory of 8 bytes",
                "sub.u64 %a, %out, %a; ld.global.u64 %d, [%a]; | 8 | is in no memory of the device",
                "ld.local.u64 %d, [%a]; | 0 | behind the end of memory of 0 bytes",
                "ld.shared.u64 %d, [%out]; | 0 | is not one of .SHARED",
                "cvta.shared.u64 %a, %a; ld.global.u64 %d, [%a]; | 0 | is in no memory of the device"
            })
    void refusesAddresses(String body, long a, String words) {
        assertThatThrownBy(() -> KernelRun.of(body, a, 0, 0))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(words);
    }

    @Test
    void refusesHeadings() {
        assertThatThrownBy(() -> Parser.parse(".version 7.0 .target sm_90a .address_size 64"))
                .hasMessageContaining("target sm_90a is not an old one");
        assertThatThrownBy(() -> Parser.parse(KernelRun.HEADER + ".entry k() { ret; } .entry k() { ret; }"))
                .hasMessageContaining("k is declared twice");
        assertThatThrownBy(() -> Parser.parse(KernelRun.HEADER + ".func (.param .b64 r) f() { ret; }"))
                .hasMessageContaining("the result is not written on every way here");
        assertThatThrownBy(() -> Parser.parse(KernelRun.HEADER + ".entry k() { mov.b64"))
                .hasMessageContaining("the text ends too early");
        assertThatThrownBy(() -> Parser.parse(KernelRun.HEADER + ".const .f64 x[9000];"))
                .hasMessageContaining(".const is over 65536 bytes");
    }

    @Test
    void endsARecursionWithoutEnd() {
        String function = ".func f() { call f, (); ret; }\n";
        assertThatThrownBy(() -> KernelRun.block(function, 0, 1, 1, 1, "call f, ();", 0, 0, 0))
                .hasMessageContaining("more than 64 calls within each other");
    }
}
