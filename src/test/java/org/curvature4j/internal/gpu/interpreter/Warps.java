package org.curvature4j.internal.gpu.interpreter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the 32 threads of a warp do together. The gang sees to it that they all are there. */
final class Warps {
    static final int SIZE = 32;

    private Warps() {}

    static Step decode(Statement statement, Operands operands) {
        String opcode = String.join(".", statement.opcode());
        switch (statement.name()) {
            case "bar" -> {
                operands.count(1);
                wholeWarp(operands, 0);
                return (frame, lanes, n) -> {};
            }
            case "vote" -> {
                operands.count(3);
                wholeWarp(operands, 2);
                return vote(opcode, operands);
            }
            default -> {
                operands.count(5);
                wholeWarp(operands, 4);
                return shuffle(statement, operands);
            }
        }
    }

    private static void wholeWarp(Operands operands, int index) {
        Operand mask = operands.get(index);
        boolean whole = mask.negated()
                ? mask.word().equals("1")
                : Literals.isNumber(mask.word()) && Literals.integer(mask.word()) == 0xFFFFFFFFL;
        if (!whole) {
            throw Fault.invalid("only masks of all lanes are known");
        }
    }

    private static Step vote(String opcode, Operands operands) {
        int p = operands.in(1, Type.PRED);
        boolean ballot = opcode.equals("vote.sync.ballot.b32");
        int d = operands.out(0, ballot ? Type.B32 : Type.PRED);
        if (!ballot && !List.of("vote.sync.all.pred", "vote.sync.any.pred").contains(opcode)) {
            throw Fault.invalid("instruction is not known");
        }
        boolean all = opcode.equals("vote.sync.all.pred");
        return (frame, lanes, n) -> {
            for (int from = 0; from < n; from += SIZE) {
                int votes = 0;
                for (int k = 0; k < SIZE; k++) {
                    votes |= (int) frame.r[p][lanes[from + k]] << k;
                }
                for (int k = 0; k < SIZE; k++) {
                    frame.r[d][lanes[from + k]] = ballot ? votes : all ? (votes == -1 ? 1 : 0) : votes != 0 ? 1 : 0;
                }
            }
        };
    }

    private static Step shuffle(Statement statement, Operands operands) {
        List<String> words = statement.opcode();
        if (words.size() != 4 || !words.get(1).equals("sync") || statement.type() != Type.B32) {
            throw Fault.invalid("instruction is not known");
        }
        String mode = words.get(2);
        if (!List.of("idx", "up", "down", "bfly").contains(mode)) {
            throw Fault.invalid("mode " + mode + " is not known");
        }
        Operand to = operands.get(0);
        boolean pair = to.kind() == Operand.Kind.PAIR;
        int d = operands.outWide(pair ? to.parts().get(0) : to, Type.B32).number();
        int p = pair ? operands.out(to.parts().get(1), Type.PRED) : -1;
        int a = operands.in(1, Type.B32);
        int b = operands.in(2, Type.B32);
        int c = operands.in(3, Type.B32);
        return (frame, lanes, n) -> {
            for (int from = 0; from < n; from += SIZE) {
                exchange(frame, mode, new int[] {d, p, a, b, c}, lanes, from);
            }
        };
    }

    private static void exchange(Frame frame, String mode, int[] registers, int[] lanes, int from) {
        long[] values = new long[SIZE];
        boolean[] inside = new boolean[SIZE];
        for (int lane = 0; lane < SIZE; lane++) {
            int i = lanes[from + lane];
            int by = (int) frame.r[registers[3]][i] & 0x1F;
            int clamp = (int) frame.r[registers[4]][i] & 0x1F;
            int segment = ((int) frame.r[registers[4]][i] >> 8) & 0x1F;
            int most = (lane & segment) | (clamp & ~segment);
            int other =
                    switch (mode) {
                        case "up" -> lane - by;
                        case "down" -> lane + by;
                        case "bfly" -> lane ^ by;
                        default -> (lane & segment) | (by & ~segment);
                    };
            inside[lane] = mode.equals("up") ? other >= most : other <= most;
            values[lane] = frame.r[registers[2]][lanes[from + (inside[lane] ? other : lane)]];
        }
        for (int lane = 0; lane < SIZE; lane++) {
            frame.r[registers[0]][lanes[from + lane]] = (int) values[lane];
            if (registers[1] >= 0) {
                frame.r[registers[1]][lanes[from + lane]] = inside[lane] ? 1 : 0;
            }
        }
    }

    /** Null where the lanes, in their order, are whole warps; else the first that has a part only. */
    static @Nullable Integer incomplete(int[] lanes, int n) {
        for (int from = 0; from < n; ) {
            int warp = lanes[from] / SIZE;
            int end = from;
            while (end < n && lanes[end] / SIZE == warp) {
                end++;
            }
            if (end - from < SIZE) {
                return warp;
            }
            from = end;
        }
        return null;
    }
}
