package org.curvature4j.internal.gpu.interpreter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Runs short pieces of PTX for the tests. */
final class KernelRun {
    static final String HEADER = ".version 7.0\n.target sm_70\n.address_size 64\n";

    private KernelRun() {}

    /**
     * What one thread leaves in %d, where the arguments are %a, %b, %c and their lower halves %e, %f, %g; %h is a register
     * of 32 bits, %p and %q are predicates.
     */
    static long of(String body, long a, long b, long c) {
        String start =
                """
                mov.b64 %d, 0;
                ld.param.u64 %a, [pa]; ld.param.u64 %b, [pb]; ld.param.u64 %c, [pc];
                cvt.u32.u64 %e, %a; cvt.u32.u64 %f, %b; cvt.u32.u64 %g, %c;
                """;
        return block(0, 1, 1, 1, start + body + "\nst.global.b64 [%out], %d;", a, b, c)[0];
    }

    /** The predicate that an instruction sets in %p. */
    static boolean predicate(String body, long a, long b) {
        return of(body + " selp.b64 %d, 1, 0, %p;", a, b, 0) == 1;
    }

    /**
     * What the threads leave in the words at %out, which are zero at first. %t is the thread's number in its block, %i
     * among all, and %own the address of word %i.
     */
    static long[] block(int sharedBytes, long blocks, int threads, int words, String body, long... abc) {
        return block("", sharedBytes, blocks, threads, words, body, abc);
    }

    /** The same with functions before the kernel. */
    static long[] block(
            String functions, int sharedBytes, long blocks, int threads, int words, String body, long... abc) {
        String text = HEADER
                + (sharedBytes > 0 ? ".shared .align 8 .b8 shared[" + sharedBytes + "];\n" : "")
                + functions
                + ".visible .entry k(.param .b64 po, .param .b64 pa, .param .b64 pb, .param .b64 pc) {\n"
                + ".reg .b64 %a, %b, %c, %d, %out, %own; .reg .b32 %e, %f, %g, %h, %t, %i, %n; .reg .pred %p, %q;\n"
                + ".reg .f64 %x<4>; .reg .f32 %y<4>; .reg .u64 %r<8>; .reg .b32 %s<8>; .reg .b16 %z<2>;\n"
                + "ld.param.u64 %out, [po]; mov.u32 %t, %tid.x; mov.u32 %i, %ctaid.x; mov.u32 %n, %ntid.x;\n"
                + "mad.lo.u32 %i, %i, %n, %t; mul.wide.u32 %own, %i, 8; add.u64 %own, %own, %out;\n"
                + body
                + "\nret;\n}\n";
        DeviceMemory memory = new DeviceMemory(1 << 20);
        long out = memory.allocate(8L * words);
        byte[] bytes = memory.find(out).bytes;
        Arrays.fill(bytes, (byte) 0);
        long[] arguments = new long[4];
        arguments[0] = out;
        System.arraycopy(abc, 0, arguments, 1, abc.length);
        try (PtxInterpreter module = new PtxInterpreter(Parser.parse(text), memory)) {
            module.launch(module.entry("k"), blocks, threads, 0, arguments);
        }
        long[] result = new long[words];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(result);
        return result;
    }
}
