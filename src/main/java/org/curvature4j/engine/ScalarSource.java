package org.curvature4j.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a scalar program as a Java class. Its body is cut into methods that HotSpot compiles, since it leaves methods of
 * more than 8,000 bytes of bytecode (HugeMethodLimit) to the interpreter; what one method computes and another needs
 * goes through a work array.
 */
final class ScalarSource {
    /** Computations and stores a method; each takes at most about 16 bytes of bytecode. */
    private static final int STATEMENTS = 400;

    private final ScalarProgram program;
    private final List<Scalar.Call> calls;
    private final Map<Scalar.Call, Integer> chunk = new HashMap<>();
    private final Map<Scalar.Call, Integer> work = new HashMap<>();
    private final Map<Scalar.Call, List<Integer>> targets = new HashMap<>();
    private final List<Integer> copies = new ArrayList<>();
    private int chunks = 1;

    ScalarSource(ScalarProgram program) {
        this.program = program;
        this.calls = program.calls();
        for (int i = 0; i < program.outputs().size(); i++) {
            if (program.outputs().get(i) instanceof Scalar.Call call) {
                targets.computeIfAbsent(call, any -> new ArrayList<>()).add(i);
            } else if (program.outputs().get(i) instanceof Scalar.Input) {
                copies.add(i);
            }
        }
        cut();
    }

    private void cut() {
        int statements = 0;
        for (Scalar.Call call : calls) {
            int cost = 1 + targets.getOrDefault(call, List.of()).size();
            if (statements + cost > STATEMENTS) {
                chunks++;
                statements = 0;
            }
            statements += cost;
            chunk.put(call, chunks - 1);
            for (Scalar operand : call.operands()) {
                if (operand instanceof Scalar.Call earlier && part(earlier) != part(call)) {
                    work.putIfAbsent(earlier, work.size());
                }
            }
        }
    }

    private int part(Scalar.Call call) {
        return java.util.Objects.requireNonNull(chunk.get(call));
    }

    /** How many numbers and booleans pass between methods. */
    int workLength() {
        return Math.max(1, work.size());
    }

    /** The class' body: methods of {@link ScalarLoop}. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("public void run(double[] in, double[] out, double[] w, int count) {\n");
        text.append("for (int i = 0; i < count; i++) {\n");
        for (int part = 0; part < chunks; part++) {
            text.append("p").append(part).append("(in, i * ").append(program.inputs());
            text.append(", out, i * ").append(program.outputs().size()).append(", w);\n");
        }
        for (int part = 0; part * STATEMENTS < copies.size(); part++) {
            text.append("c").append(part).append("(in, i * ").append(program.inputs());
            text.append(", out, i * ").append(program.outputs().size()).append(");\n");
        }
        text.append("}\n}\n");
        appendCopies(text);
        int next = 0;
        for (int part = 0; part < chunks; part++) {
            text.append("private static void p").append(part);
            text.append("(double[] in, int a, double[] out, int b, double[] w) {\n");
            List<Scalar.Call> own = new ArrayList<>();
            while (next < calls.size() && part(calls.get(next)) == part) {
                own.add(calls.get(next++));
            }
            append(text, own);
            text.append("}\n");
        }
        return text.toString();
    }

    /** Methods for the numbers of the result that are numbers of the point. */
    private void appendCopies(StringBuilder text) {
        for (int part = 0; part * STATEMENTS < copies.size(); part++) {
            text.append("private static void c").append(part);
            text.append("(double[] in, int a, double[] out, int b) {\n");
            int end = Math.min(copies.size(), (part + 1) * STATEMENTS);
            for (int target : copies.subList(part * STATEMENTS, end)) {
                Scalar.Input input = (Scalar.Input) program.outputs().get(target);
                text.append("out[b + ").append(target).append("] = in[a + ");
                text.append(input.index()).append("];\n");
            }
            text.append("}\n");
        }
    }

    private void append(StringBuilder text, List<Scalar.Call> own) {
        Set<Scalar> loaded = new LinkedHashSet<>();
        Set<Scalar> here = new HashSet<>(own);
        for (Scalar.Call call : own) {
            for (Scalar operand : call.operands()) {
                if (!(operand instanceof Scalar.Constant) && !here.contains(operand) && loaded.add(operand)) {
                    load(text, operand);
                }
            }
            Object[] names = call.operands().stream().map(ScalarSource::name).toArray();
            text.append(call.logical() ? "boolean " : "double ")
                    .append(name(call))
                    .append(" = ");
            text.append(String.format(call.code(), names)).append(";\n");
            if (work.containsKey(call)) {
                String value = call.logical() ? "(" + name(call) + " ? 1.0 : 0.0)" : name(call);
                text.append("w[")
                        .append(work.get(call))
                        .append("] = ")
                        .append(value)
                        .append(";\n");
            }
            for (int target : targets.getOrDefault(call, List.of())) {
                text.append("out[b + ")
                        .append(target)
                        .append("] = ")
                        .append(name(call))
                        .append(";\n");
            }
        }
    }

    private void load(StringBuilder text, Scalar operand) {
        if (operand instanceof Scalar.Input input) {
            text.append("double ")
                    .append(name(operand))
                    .append(" = in[a + ")
                    .append(input.index())
                    .append("];\n");
        } else if (operand instanceof Scalar.Call call) {
            String slot = "w[" + work.get(call) + "]";
            text.append(call.logical() ? "boolean " : "double ")
                    .append(name(call))
                    .append(" = ");
            text.append(call.logical() ? slot + " != 0.0" : slot).append(";\n");
        }
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
