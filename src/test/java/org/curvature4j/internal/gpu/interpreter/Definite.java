package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.curvature4j.internal.gpu.interpreter.Code.Kind;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;
import org.jspecify.annotations.Nullable;

/** Sees to it that no register is read which isn't written before on every way there. */
final class Definite {
    private final Routine routine;
    private final int[][] reads;
    private final int[][] writes;

    Definite(Routine routine) {
        this.routine = routine;
        this.reads = new int[routine.statements.size()][];
        this.writes = new int[routine.statements.size()][];
    }

    /** Takes down what a statement uses. */
    void use(int at, Operands operands) {
        reads[at] = operands.reads.stream().mapToInt(Integer::intValue).toArray();
        writes[at] = operands.writes.stream().mapToInt(Integer::intValue).toArray();
    }

    void check(Code code) {
        @Nullable BitSet[] before = new BitSet[reads.length + 1];
        BitSet given = new BitSet();
        routine.parameters.forEach(parameter -> given.set(parameter.number()));
        before[0] = given;
        Deque<Integer> open = new ArrayDeque<>();
        open.add(0);
        boolean[] leads = leaders(code);
        while (!open.isEmpty()) {
            walk(code, open.remove(), before, open, leads);
        }
    }

    /** Places that are come to from elsewhere. */
    private static boolean[] leaders(Code code) {
        boolean[] leads = new boolean[code.kinds.length];
        for (int at = 0; at < code.kinds.length; at++) {
            if (code.kinds[at] == Kind.BRANCH) {
                leads[code.targets[at]] = true;
            }
        }
        return leads;
    }

    private void walk(Code code, int from, @Nullable BitSet[] before, Deque<Integer> open, boolean[] leads) {
        BitSet written = (BitSet) java.util.Objects.requireNonNull(before[from]).clone();
        for (int at = from; ; at++) {
            if (at > from && leads[at]) {
                reach(at, written, before, open);
                return;
            }
            if (code.kinds[at] == Kind.RETURN) {
                results(at, written);
            }
            if (at == reads.length) {
                return;
            }
            statement(at, written, code.guards[at] < 0);
            if (code.kinds[at] == Kind.BRANCH) {
                reach(code.targets[at], written, before, open);
            }
            boolean leaves =
                    code.kinds[at] == Kind.BRANCH || code.kinds[at] == Kind.RETURN || code.kinds[at] == Kind.TRAP;
            if (leaves && code.guards[at] < 0) {
                return;
            }
        }
    }

    private static void reach(int at, BitSet written, @Nullable BitSet[] before, Deque<Integer> open) {
        BitSet known = before[at];
        if (known == null) {
            before[at] = (BitSet) written.clone();
            open.add(at);
            return;
        }
        int count = known.cardinality();
        known.and(written);
        if (known.cardinality() < count) {
            open.add(at);
        }
    }

    private void statement(int at, BitSet written, boolean always) {
        for (int number : reads[at]) {
            if (!written.get(number)) {
                Statement statement = routine.statements.get(at);
                throw Fault.invalid("a register or parameter is read that is not written on every way here")
                        .at(statement.line(), routine.name + ": " + statement.text());
            }
        }
        for (int number : writes[at]) {
            if (always) {
                written.set(number);
            }
        }
    }

    private void results(int at, BitSet written) {
        for (Register result : routine.results) {
            if (!written.get(result.number())) {
                int line = at < reads.length ? routine.statements.get(at).line() : 0;
                throw Fault.invalid("the result is not written on every way here")
                        .at(line, routine.name + ": return");
            }
        }
    }
}
