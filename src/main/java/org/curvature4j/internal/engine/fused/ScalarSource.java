package org.curvature4j.internal.engine.fused;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.scalar.Scalar;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.op.Elementwise;

/**
 * Writes a scalar program as a Java class, of loops over blocks of points. Functions for which
 * {@link JavaDialect#isWorthStoring it pays} part the program into stages: a stage computes their arguments for a block,
 * then they are computed for the block at once, by vector instructions, and the next stage goes on from there.
 *
 * <p>Stages are cut into methods that HotSpot compiles, since it leaves methods of more than 8,000 bytes of bytecode
 * (HugeMethodLimit) to the interpreter. What one method computes and another needs goes through a work array, a run of
 * numbers of a block for each value.
 */
final class ScalarSource {
    /** Computations, operands and stores a method; each takes at most about 13 bytes of bytecode. */
    private static final int STATEMENTS = 500;

    /** Places of the result that one line of code stores a value to; a matrix of equal entries has more. */
    private static final int STORES = 400;

    /** Points of a block at most: what functions over arrays take to be worth their call. */
    private static final int LARGEST_BLOCK = 256;

    /** Numbers of a block that pass between methods: they stay in the processor's first cache. */
    private static final int COMFORTABLE = 1 << 12;

    /**
     * One line of code: what is computed, or what only moves to the result.
     *
     * @param stores where in the result it goes
     */
    private record Statement(Scalar value, boolean computed, List<Integer> stores) {}

    private record Part(int stage, List<Statement> statements) {}

    private final ScalarProgram program;
    private final Map<Scalar, List<Integer>> targets = new LinkedHashMap<>();
    private final Map<Scalar.Call, Integer> stages = new HashMap<>();
    private final Map<Scalar.Call, Integer> slots = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private final int block;

    /** @param most points that are computed at once */
    ScalarSource(ScalarProgram program, int most) {
        this.program = program;
        for (int i = 0; i < program.outputs().size(); i++) {
            Scalar output = program.outputs().get(i);
            if (!(output instanceof Scalar.Constant)) {
                targets.computeIfAbsent(output, any -> new ArrayList<>()).add(i);
            }
        }
        List<List<Statement>> staged = staged();
        for (int stage = 0; stage < staged.size(); stage++) {
            cut(stage, staged.get(stage));
        }
        parts.forEach(this::findSlots);
        int fit = Integer.highestOneBit(Math.max(1, COMFORTABLE / Math.max(1, slots.size())));
        this.block = Math.max(8, Math.min(LARGEST_BLOCK, Math.min(fit, Integer.highestOneBit(most))));
    }

    private static boolean isOverArrays(Scalar.Call call) {
        return JavaDialect.isWorthStoring(call.kernel());
    }

    private List<List<Statement>> staged() {
        List<List<Statement>> staged = new ArrayList<>();
        targets.keySet().stream()
                .filter(Scalar.Input.class::isInstance)
                .forEach(input -> addMoves(at(staged, 0), input, 0));
        for (Scalar.Call call : program.calls()) {
            int stage = 0;
            for (Scalar operand : call.operands()) {
                if (operand instanceof Scalar.Call earlier) {
                    stage = Math.max(stage, available(earlier));
                }
            }
            stages.put(call, stage);
            List<Integer> all = targets.getOrDefault(call, List.of());
            // The value of a function over arrays isn't there before the next stage.
            int here = isOverArrays(call) ? 0 : Math.min(all.size(), STORES);
            at(staged, stage).add(new Statement(call, true, all.subList(0, here)));
            addMoves(at(staged, available(call)), call, here);
        }
        return staged;
    }

    /** Moves a value to the result from the given one of its places on, in pieces that fit a method. */
    private void addMoves(List<Statement> statements, Scalar value, int from) {
        List<Integer> all = targets.getOrDefault(value, List.of());
        for (int next = from; next < all.size(); next += STORES) {
            int end = Math.min(all.size(), next + STORES);
            statements.add(new Statement(value, false, all.subList(next, end)));
        }
    }

    private static List<Statement> at(List<List<Statement>> staged, int stage) {
        while (staged.size() <= stage) {
            staged.add(new ArrayList<>());
        }
        return staged.get(stage);
    }

    /** The first stage that can use a value. */
    private int available(Scalar.Call call) {
        int stage = Objects.requireNonNull(stages.get(call));
        return isOverArrays(call) ? stage + 1 : stage;
    }

    private void cut(int stage, List<Statement> statements) {
        List<Statement> part = new ArrayList<>();
        int cost = 0;
        for (Statement statement : statements) {
            int own = 2 + statement.stores().size();
            if (statement.computed()) {
                own += ((Scalar.Call) statement.value()).operands().size();
            }
            if (cost + own > STATEMENTS && !part.isEmpty()) {
                parts.add(new Part(stage, part));
                part = new ArrayList<>();
                cost = 0;
            }
            cost += own;
            part.add(statement);
        }
        parts.add(new Part(stage, part));
    }

    private void findSlots(Part part) {
        Set<Scalar> here = new HashSet<>();
        for (Statement statement : part.statements()) {
            if (statement.computed() && statement.value() instanceof Scalar.Call call) {
                for (Scalar operand : call.operands()) {
                    if (operand instanceof Scalar.Call earlier && !here.contains(earlier)) {
                        slots.putIfAbsent(earlier, slots.size());
                    }
                }
                if (isOverArrays(call)) {
                    slots.putIfAbsent(call, slots.size());
                } else {
                    here.add(call);
                }
            } else if (statement.value() instanceof Scalar.Call earlier && !here.contains(earlier)) {
                slots.putIfAbsent(earlier, slots.size());
            }
        }
    }

    /** How many numbers and booleans pass between methods, for a block. */
    int workLength() {
        return Math.max(1, slots.size() * block);
    }

    /** The class' body: methods of {@link ScalarLoop}. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("public void run(double[] in, double[] out, double[] w, int count) {\n");
        text.append("for (int from = 0; from < count; from += ").append(block).append(") {\n");
        text.append("int n = Math.min(").append(block).append(", count - from);\n");
        for (int i = 0; i < parts.size(); i++) {
            text.append("p")
                    .append(i)
                    .append("(in, from * ")
                    .append(program.inputs())
                    .append(", out, from * ");
            text.append(program.outputs().size()).append(", w, n);\n");
            if (i + 1 == parts.size() || parts.get(i + 1).stage() > parts.get(i).stage()) {
                appendOverArrays(text, parts.get(i).stage());
            }
        }
        text.append("}\n}\n");
        for (int i = 0; i < parts.size(); i++) {
            text.append("private static void p").append(i);
            text.append("(double[] in, int a0, double[] out, int b0, double[] w, int n) {\n");
            text.append("for (int i = 0; i < n; i++) {\n");
            text.append("int a = a0 + i * ").append(program.inputs()).append(";\n");
            text.append("int b = b0 + i * ").append(program.outputs().size()).append(";\n");
            append(text, parts.get(i));
            text.append("}\n}\n");
        }
        return text.toString();
    }

    /** Of a full block, values that lie side by side are computed at once: what a call costs is shared by more of them. */
    private void appendOverArrays(StringBuilder text, int stage) {
        List<Scalar.Call> calls = program.calls().stream()
                .filter(call -> isOverArrays(call) && Objects.requireNonNull(stages.get(call)) == stage)
                .sorted(Comparator.comparingInt(this::slot))
                .toList();
        int i = 0;
        while (i < calls.size()) {
            Scalar.Call first = calls.get(i);
            int count = 1;
            while (i + count < calls.size()
                    && calls.get(i + count).kernel() == first.kernel()
                    && slot(calls.get(i + count)) == slot(first) + count) {
                count++;
            }
            String function = JavaDialect.nameOverArrays((Elementwise) first.kernel());
            int from = slot(first) * block;
            int end = from + count * block;
            if (count == 1) {
                text.append(function + "(w, " + from + ", w, " + from + ", n);\n");
            } else {
                text.append("if (n == " + block + ") {\n");
                text.append(function + "(w, " + from + ", w, " + from + ", " + (end - from) + ");\n} else {\n");
                text.append("for (int k = " + from + "; k < " + end + "; k += " + block + ") {\n");
                text.append(function + "(w, k, w, k, n);\n}\n}\n");
            }
            i += count;
        }
    }

    private int slot(Scalar.Call call) {
        return Objects.requireNonNull(slots.get(call));
    }

    private void append(StringBuilder text, Part part) {
        Set<Scalar> known = new HashSet<>();
        for (Statement statement : part.statements()) {
            Scalar value = statement.value();
            if (!statement.computed()) {
                load(text, value, known);
            } else if (value instanceof Scalar.Call call) {
                call.operands().forEach(operand -> load(text, operand, known));
                Object[] names = names(call);
                if (isOverArrays(call)) {
                    store(text, call, names[0].toString());
                } else {
                    text.append(type(call)).append(name(call)).append(" = ");
                    text.append(JavaDialect.spell(call.kernel(), names)).append(";\n");
                    known.add(call);
                    if (slots.containsKey(call)) {
                        store(text, call, call.logical() ? "(" + name(call) + " ? 1.0 : 0.0)" : name(call));
                    }
                }
            }
            for (int target : statement.stores()) {
                text.append("out[b + ")
                        .append(target)
                        .append("] = ")
                        .append(name(value))
                        .append(";\n");
            }
        }
    }

    private void store(StringBuilder text, Scalar.Call call, String value) {
        text.append(work(call)).append(" = ").append(value).append(";\n");
    }

    private void load(StringBuilder text, Scalar operand, Set<Scalar> known) {
        if (operand instanceof Scalar.Constant || !known.add(operand)) {
            return;
        }
        if (operand instanceof Scalar.Input input) {
            text.append("double ")
                    .append(name(operand))
                    .append(" = in[a + ")
                    .append(input.index())
                    .append("];\n");
        } else if (operand instanceof Scalar.Call call) {
            text.append(type(call)).append(name(call)).append(" = ").append(work(call));
            text.append(call.logical() ? " != 0.0;\n" : ";\n");
        }
    }

    private String work(Scalar.Call call) {
        return "w[" + slot(call) * block + " + i]";
    }

    private static String type(Scalar.Call call) {
        return call.logical() ? "boolean " : "double ";
    }

    private static Object[] names(Scalar.Call call) {
        boolean logical = call.logical() && call.operands().stream().anyMatch(Scalar::isLogical);
        return call.operands().stream()
                .map(operand -> logical && operand instanceof Scalar.Constant known
                        ? String.valueOf(known.value() != 0)
                        : name(operand))
                .toArray();
    }

    private static String name(Scalar scalar) {
        if (scalar instanceof Scalar.Constant constant) {
            return literal(constant.value());
        }
        return scalar instanceof Scalar.Input input ? "x" + input.index() : "t" + ((Scalar.Call) scalar).order();
    }

    private static String literal(double value) {
        if (Double.isNaN(value)) {
            return "(0.0 / 0.0)";
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "(1.0 / 0.0)" : "(-1.0 / 0.0)";
        }
        return "(" + value + ")";
    }
}
