package org.curvature4j.internal.gpu.interpreter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.gpu.interpreter.Code.Kind;
import org.curvature4j.internal.gpu.interpreter.Scope.Label;

/** Makes a routine's statements into steps. */
final class Decoder {
    private final Module module;
    private final Routine routine;
    private final Map<Integer, String> specials = new HashMap<>();
    private final Kind[] kinds;
    private final Step[] steps;
    private final int[] targets;
    private final int[] guards;
    private final boolean[] negated;
    private boolean usesBarriers;

    private Decoder(Module module, Routine routine) {
        this.module = module;
        this.routine = routine;
        int n = routine.statements.size() + 1;
        this.kinds = new Kind[n];
        this.steps = new Step[n];
        this.targets = new int[n];
        this.guards = new int[n];
        this.negated = new boolean[n];
        Arrays.fill(steps, (Step) (frame, lanes, count) -> {});
        Arrays.fill(kinds, Kind.STEP);
        Arrays.fill(guards, -1);
        // Falling off the end returns.
        kinds[n - 1] = Kind.RETURN;
    }

    static Code decode(Module module, Routine routine) {
        Decoder decoder = new Decoder(module, routine);
        Definite definite = new Definite(routine);
        for (int at = 0; at < routine.statements.size(); at++) {
            Statement statement = routine.statements.get(at);
            try {
                decoder.decode(at, statement, definite);
            } catch (Fault fault) {
                throw fault.at(statement.line(), statement.text());
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw Fault.invalid(e.toString()).at(statement.line(), statement.text());
            }
        }
        Code code = new Code(
                decoder.kinds,
                decoder.steps,
                decoder.targets,
                decoder.guards,
                decoder.negated,
                decoder.specials,
                decoder.usesBarriers);
        definite.check(code);
        return code;
    }

    private void decode(int at, Statement statement, Definite definite) {
        Operands operands = new Operands(routine, statement, specials);
        Operand predicate = statement.predicate();
        if (predicate != null) {
            Operand plain = new Operand(predicate.kind(), predicate.word(), false, 0, List.of());
            guards[at] = operands.in(plain, Type.PRED);
            negated[at] = predicate.negated();
        }
        switch (statement.name()) {
            case "bra" -> branch(at, statement, operands);
            case "ret", "exit" -> end(at, statement, operands);
            case "trap" -> kinds[at] = Kind.TRAP;
            case "bar", "barrier" -> barrier(at, statement, operands);
            case "shfl", "vote" -> {
                unguarded(statement);
                kinds[at] = Kind.WARP;
                steps[at] = Warps.decode(statement, operands);
            }
            case "call" -> steps[at] = guarded(at, Calls.decode(module, statement, operands));
            default -> steps[at] = guarded(at, plain(statement, operands));
        }
        definite.use(at, operands);
    }

    private void branch(int at, Statement statement, Operands operands) {
        operands.count(1);
        Object label = statement.scope().find(operands.get(0).word());
        if (!(label instanceof Label found)) {
            throw Fault.invalid("label is not declared");
        }
        if (statement.has("uni") && guards[at] >= 0) {
            throw Fault.invalid("a branch with a predicate is not uniform");
        }
        kinds[at] = Kind.BRANCH;
        targets[at] = found.at();
    }

    private void end(int at, Statement statement, Operands operands) {
        operands.count(0);
        if (statement.name().equals("exit") && !routine.entry) {
            throw Fault.invalid("exit stands in a function, where it is not known");
        }
        kinds[at] = Kind.RETURN;
    }

    private void barrier(int at, Statement statement, Operands operands) {
        unguarded(statement);
        String opcode = String.join(".", statement.opcode());
        if (opcode.equals("bar.warp.sync")) {
            module.need(60, 30, opcode);
            kinds[at] = Kind.WARP;
            steps[at] = Warps.decode(statement, operands);
            return;
        }
        if (!List.of("bar.sync", "bar.cta.sync", "barrier.sync", "barrier.sync.aligned", "barrier.cta.sync")
                .contains(opcode)) {
            throw Fault.invalid("instruction is not known");
        }
        operands.count(1);
        if (!operands.get(0).word().equals("0")) {
            throw Fault.invalid("only barrier 0 is known");
        }
        kinds[at] = Kind.BARRIER;
        usesBarriers = true;
    }

    private static void unguarded(Statement statement) {
        if (statement.predicate() != null) {
            throw Fault.invalid("what threads do together has no predicate here");
        }
    }

    private Step plain(Statement statement, Operands operands) {
        return switch (statement.name()) {
            case "mov" -> Moves.decode(statement, operands);
            case "selp", "setp", "testp" -> Comparisons.decode(statement, operands);
            case "cvt" -> Conversions.decode(statement, operands);
            case "ld", "st", "cvta" -> Accesses.decode(module, statement, operands);
            case "atom", "red" -> Atomics.decode(module, statement, operands);
            case "membar", "fence" -> (frame, lanes, n) -> {};
            case "and", "or", "xor", "not", "shl", "shr", "popc", "clz", "bfind", "brev" ->
                Bits.decode(statement, operands);
            default -> Arithmetic.decode(statement, operands);
        };
    }

    /** The step for those lanes only whose predicate says so. */
    private Step guarded(int at, Step step) {
        int guard = guards[at];
        if (guard < 0) {
            return step;
        }
        long wanted = negated[at] ? 0 : 1;
        return (frame, lanes, n) -> {
            int[] some = new int[n];
            int count = 0;
            for (int k = 0; k < n; k++) {
                if (frame.r[guard][lanes[k]] == wanted) {
                    some[count++] = lanes[k];
                }
            }
            if (count > 0) {
                step.run(frame, some, count);
            }
        };
    }
}
