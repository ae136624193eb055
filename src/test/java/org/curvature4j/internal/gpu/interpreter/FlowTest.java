package org.curvature4j.internal.gpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Branches, barriers and what the threads of a warp or a block do together. */
class FlowTest {
    private static final String NUMBER = "cvt.u64.u32 %d, %t;\n";
    private static final String PUT = "st.global.u64 [%own], %d;\n";
    private static final String OWN_SHARED =
            "shl.b32 %e, %t, 3; cvt.u64.u32 %a, %e; mov.u64 %b, shared; add.u64 %a, %a, %b;\n";

    @Test
    void threadsTakeTheirOwnWays() {
        // The number of steps of Collatz' sequence, from the thread's number on.
        long[] steps = KernelRun.block(
                0,
                2,
                40,
                80,
                """
                cvt.u64.u32 %a, %i; mov.u64 %d, 0;
                LOOP: setp.le.u64 %p, %a, 1; @%p bra DONE;
                and.b64 %b, %a, 1; setp.eq.u64 %q, %b, 0; @%q bra EVEN;
                mad.lo.u64 %a, %a, 3, 1; bra.uni NEXT;
                EVEN: shr.u64 %a, %a, 1;
                NEXT: add.u64 %d, %d, 1; bra.uni LOOP;
                DONE:
                """
                        + PUT,
                0,
                0,
                0);
        assertThat(steps)
                .containsExactly(LongStream.range(0, 80).map(FlowTest::collatz).toArray());
    }

    private static long collatz(long from) {
        long n = from;
        long steps = 0;
        for (; n > 1; steps++) {
            n = n % 2 == 0 ? n / 2 : 3 * n + 1;
        }
        return steps;
    }

    @Test
    void barriersLetThreadsSeeEachOthersNumbers() {
        long[] reversed = KernelRun.block(
                1024,
                2,
                128,
                256,
                NUMBER + OWN_SHARED + "st.shared.u64 [%a], %d;\n"
                        + "bar.sync 0;\n"
                        + "sub.u64 %a, %a, %b; mov.u64 %c, 1016; sub.u64 %a, %c, %a; add.u64 %a, %a, %b;\n"
                        + "ld.shared.u64 %d, [%a];\n" + PUT,
                0,
                0,
                0);
        assertThat(reversed)
                .containsExactly(
                        LongStream.range(0, 256).map(i -> 127 - i % 128).toArray());
    }

    @Test
    void aMissingBarrierIsARace() {
        String text = NUMBER + OWN_SHARED + "st.shared.u64 [%a], %d;\n" + "xor.b64 %a, %a, 8; ld.shared.u64 %d, [%a];\n"
                + PUT;
        assertThatThrownBy(() -> KernelRun.block(1024, 1, 128, 128, text, 0, 0, 0))
                .hasMessageContaining("ld.shared.u64 %d")
                .hasMessageContaining("race: thread 0 reads what thread 1 wrote with no barrier between");
    }

    @Test
    void aWriteOverWhatOthersReadIsARace() {
        String text = NUMBER + "ld.global.u64 %d, [%out]; st.global.u64 [%out], %d;\n";
        assertThatThrownBy(() -> KernelRun.block(0, 1, 2, 2, text, 0, 0, 0))
                .hasMessageContaining("race: thread 0 writes over what thread another read");
        String blocks = "mov.b64 %d, 5; st.global.u64 [%out], %d;\n";
        assertThatThrownBy(() -> KernelRun.block(0, 2, 1, 2, blocks, 0, 0, 0))
                .hasMessageContaining("race: thread 0 writes over what thread 0 wrote in another block");
    }

    @Test
    void aBarrierThatSomeNeverReachIsADeadlock() {
        String text = "setp.lt.u32 %p, %t, 5; @%p bra LESS; bar.sync 0; bra.uni END; LESS: bar.sync 0; END:\n";
        assertThatThrownBy(() -> KernelRun.block(0, 1, 64, 1, text, 0, 0, 0))
                .hasMessageContaining("threads come here")
                .hasMessageContaining("line ");
    }

    @Test
    void threadsThatHaveEndedAreNotWaitedFor() {
        String text = NUMBER + "setp.lt.u32 %p, %t, 5; @%p ret; bar.sync 0;\n" + PUT;
        long[] numbers = KernelRun.block(0, 1, 8, 8, text, 0, 0, 0);
        assertThat(numbers).containsExactly(0, 0, 0, 0, 0, 5, 6, 7);
    }

    /** What lane 5 and lane 30 get. */
    @ParameterizedTest
    @CsvSource({
        "idx, 3, 31, 3, 3",
        "up, 3, 0, 2, 27",
        "down, 3, 31, 8, 30",
        "bfly, 16, 31, 21, 14",
        "idx, 1, 6175, 1, 25"
    })
    void shuffles(String mode, int b, int c, int five, int thirty) {
        String text = "mov.u32 %e, %t; shfl.sync." + mode + ".b32 %f|%p, %e, " + b + ", " + c + ", 0xffffffff;\n"
                + "cvt.u64.u32 %d, %f;\n" + PUT;
        long[] got = KernelRun.block(0, 1, 64, 64, text, 0, 0, 0);
        assertThat(got[5]).isEqualTo(five);
        assertThat(got[30]).isEqualTo(thirty);
        assertThat(got[32 + 5]).isEqualTo(32 + five);
    }

    @Test
    void votes() {
        String text = "setp.lt.u32 %p, %t, 5; vote.sync.ballot.b32 %e, %p, 0xffffffff; cvt.u64.u32 %d, %e;\n" + PUT;
        assertThat(KernelRun.block(0, 1, 64, 64, text, 0, 0, 0))
                .containsOnly(31, 0)
                .startsWith(31);
    }

    @Test
    void aShuffleThatLanesAreMissingFromIsRefused() {
        String text = "setp.lt.u32 %p, %t, 5; @%p bra END; shfl.sync.idx.b32 %e, %t, 0, 31, -1; END:\n";
        assertThatThrownBy(() -> KernelRun.block(0, 1, 32, 1, text, 0, 0, 0))
                .hasMessageContaining("shfl.sync.idx.b32")
                .hasMessageContaining("some lanes of the warp of thread 5 never come here");
        String odd = "shfl.sync.idx.b32 %e, %t, 0, 31, -1;\n";
        assertThatThrownBy(() -> KernelRun.block(0, 1, 33, 1, odd, 0, 0, 0)).hasMessageContaining("shfl");
    }

    @Test
    void atomicsCountEveryThread() {
        String text =
                """
                mov.b64 %d, 1; atom.global.add.u64 %a, [%out], %d; cvt.u64.u32 %b, %i;
                red.global.max.u64 [%out+8], %b; xor.b64 %c, %b, -1; red.global.min.s64 [%out+16], %c;
                atom.global.cas.b64 %a, [%out+24], 0, %d; atom.global.exch.b64 %a, [%out+32], %d;
                """;
        assertThat(KernelRun.block(0, 10, 100, 5, text, 0, 0, 0)).containsExactly(1000, 999, -1000, 1, 1);
        assertThatThrownBy(() -> KernelRun.block(0, 1, 1, 1, "atom.global.add.f64 %x0, [%out], 0d3FF0000000000000;"))
                .hasMessageContaining("atomic add of .f64 is not known");
    }

    @Test
    void registersAndConstantsAreGivenToFunctions() {
        String functions =
                """
                .func (.reg .b64 %r) more (.reg .b64 %x, .param .b64 y) {
                .reg .b64 %y; ld.param.b64 %y, [y]; add.s64 %r, %x, %y; ret; }
                """;
        String text = NUMBER + "call (%d), more, (%d, 100);\n" + PUT;
        assertThat(KernelRun.block(functions, 0, 1, 3, 3, text, 0, 0, 0)).containsExactly(100, 101, 102);
    }

    @Test
    void loadsOf32BitsKeepTheirSign() {
        String text =
                """
                mov.u32 %e, -5; st.global.u32 [%own], %e; ld.global.u32 %f, [%own]; ld.global.s32 %d, [%own];
                setp.eq.b32 %p, %e, %f; atom.global.cas.b32 %g, [%own], %f, 3; add.s32 %f, %f, %g;
                ld.global.u32 %a, [%own]; selp.b64 %d, %d, 0, %p; add.u64 %d, %d, %a;
                """
                        + PUT;
        assertThat(KernelRun.block(0, 1, 1, 1, text, 0, 0, 0)).containsExactly(-2);
    }

    @Test
    void functionsHaveTheirOwnRegistersAndMemory() {
        String function =
                """
                .func (.param .b64 r) twice (.param .b64 x, .param .b32 n) {
                .reg .b64 %a, %l; .reg .b32 %n; .reg .pred %p; .local .align 8 .b8 l[16]; .param .b64 x2; .param .b64 r2; .param .b32 n2;
                ld.param.b64 %a, [x]; ld.param.b32 %n, [n]; mov.u64 %l, l; cvta.local.u64 %l, %l;
                setp.eq.u32 %p, %n, 0; @%p bra END; st.u64 [%l+8], %a; sub.u32 %n, %n, 1;
                st.param.b64 [x2], %a; st.param.b32 [n2], %n; call (r2), twice, (x2, n2); ld.param.b64 %a, [r2];
                st.local.u64 [l], %a; ld.u64 %l, [%l+8]; ld.local.u64 %a, [l]; add.u64 %a, %a, %l;
                END: st.param.b64 [r], %a; ret; }
                """;
        // A thread's number, added to itself as often as the number says.
        String text =
                """
                { .param .b64 p0; .param .b32 p1; .param .b64 p2; cvt.u64.u32 %a, %t; st.param.b64 [p0], %a;
                st.param.b32 [p1], %t; call.uni (p2), twice, (p0, p1); ld.param.b64 %d, [p2]; }
                """
                        + PUT;
        long[] got = KernelRun.block(function, 0, 1, 8, 8, text, 0, 0, 0);
        assertThat(got)
                .containsExactly(Arrays.stream(new long[] {0, 1, 2, 3, 4, 5, 6, 7})
                        .map(i -> i * (i + 1))
                        .toArray());
    }
}
