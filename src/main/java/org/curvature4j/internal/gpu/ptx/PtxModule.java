package org.curvature4j.internal.gpu.ptx;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * A text of PTX: kernels and functions that are translated from Java methods and all that these call, and kernels that are
 * written otherwise. The translation computes what the JVM computes, to the last bit: operations in the same order, each
 * rounded, none contracted. For one thread at a time.
 *
 * <p>Methods are static, of ints, longs, floats, doubles and booleans, and of arrays of them, which as parameters are memory
 * of the device. {@code new double[n]} is memory of the thread, for an n that is known when compiling; where it stands in a loop
 * it is the same memory each time, zeroed again. Constants are read from the classes. Of the JDK there are the methods that
 * PTX has an instruction for or that are made of such; {@link Threads} are the device's own words. Division of
 * integers by zero and indices out of bounds are not noticed. Anything else, and recursion, is refused.
 */
public final class PtxModule {
    private static final String HEADER = ".version 7.0\n.target sm_60\n.address_size 64\n";
    /** Classes of the JDK whose methods of numbers are translated as they are. */
    private static final Set<String> PLAIN =
            Set.of("java/lang/Long", "java/lang/Integer", "java/lang/Double", "java/lang/Float");

    private final StringBuilder functions = new StringBuilder();
    private final StringBuilder entries = new StringBuilder();
    private final Constants constants = new Constants();
    private final Map<MethodReference, MethodCode> codes = new HashMap<>();
    private final Map<MethodReference, String> names = new HashMap<>();
    private final Map<String, Class<?>> standIns = new HashMap<>();
    private final Deque<MethodReference> open = new ArrayDeque<>();

    /** @param standIns classes with static methods that are taken for those of {@link Math} of the same name and types */
    public PtxModule(Class<?>... standIns) {
        List<Class<?>> all = new ArrayList<>(List.of(standIns));
        all.add(0, StandIns.class);
        for (Class<?> type : all) {
            Arrays.stream(type.getDeclaredMethods())
                    .forEach(method -> this.standIns.put(
                            "java/lang/Math." + method.getName() + Type.getMethodDescriptor(method), type));
        }
    }

    /**
     * Adds a kernel: a Java method without a result. Each parameter is one slot of 8 bytes: arrays are addresses, doubles their
     * bits, and what has 4 bytes takes the low half.
     *
     * @param known the last arguments, ints that are known already and no parameters of the kernel
     * @throws IllegalArgumentException if it can't be translated, naming the method and what it has
     */
    public void entry(String name, Class<?> owner, String method, int... known) {
        entry(name, MethodCode.of(owner, method, null), false, known);
    }

    /**
     * Adds a kernel as {@link #entry} does, without a loop: what its branches and indices of its arrays depend on is to be
     * known. Its arrays are registers then, and so are they in methods that it gives them to. Those that it doesn't may branch
     * as they like.
     */
    public void unrolled(String name, Class<?> owner, String method, int... known) {
        entry(name, MethodCode.of(owner, method, null), true, known);
    }

    private void entry(String name, MethodCode code, boolean unrolled, int... known) {
        List<Kind> kinds = code.parameters(code.method());
        if (!code.method().isVoid()) {
            throw code.refused(
                    "a kernel without a result", "one with " + code.method().result());
        }
        Body body = new Body();
        List<Operand> arguments = new ArrayList<>();
        StringJoiner parameters = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < kinds.size() - known.length; i++) {
            String parameter = name + "_" + i;
            parameters.add(".param .b64 " + parameter);
            Operand argument =
                    body.compute(kinds.get(i), "ld.param." + kinds.get(i).bits() + " %s, [" + parameter + "]");
            arguments.add(
                    kinds.get(i) == Kind.ADDRESS
                            ? Operand.array(
                                    body.compute(Kind.ADDRESS, "cvta.to.global.u64 %s, %s", argument)
                                            .text(),
                                    Operand.Space.GLOBAL,
                                    -1)
                            : argument);
        }
        Arrays.stream(known).mapToObj(Operand::of).forEach(arguments::add);
        if (unrolled) {
            unroll(body, code, arguments, new HashMap<>());
            body.add("ret");
        } else {
            translate(body, code, arguments, false);
        }
        append(".visible .entry " + name + parameters + "\n{\n" + body.text() + "}\n");
    }

    /** Adds a kernel that is written otherwise; it may call {@link #function functions}. */
    public void append(String entry) {
        entries.append(entry);
    }

    /**
     * A function for calls from kernels that are written otherwise, as in {@code call (%fd1), name, (%fd0);}.
     *
     * @param parameters types, where several methods have the name
     * @return its name; the same for the same method
     * @throws IllegalArgumentException if it can't be translated, naming the method and what it has
     */
    public String function(Class<?> owner, String method, Class<?>... parameters) {
        String descriptor = null;
        for (Method declared : owner.getDeclaredMethods()) {
            if (declared.getName().equals(method) && Arrays.equals(declared.getParameterTypes(), parameters)) {
                descriptor = Type.getMethodDescriptor(declared);
            }
        }
        return function(MethodCode.of(owner, method, descriptor));
    }

    String function(MethodCode code) {
        String name = names.get(code.method());
        if (name == null) {
            name = code.owner().getSimpleName() + "_" + code.method().name();
            name = names.containsValue(name) ? name + names.size() : name;
            names.put(code.method(), name);
            functions.append(translated(name, code));
        }
        return name;
    }

    private String translated(String name, MethodCode code) {
        Body body = new Body();
        List<Operand> arguments = new ArrayList<>();
        StringJoiner parameters = new StringJoiner(", ", "(", ")");
        for (Kind kind : code.parameters(code.method())) {
            String parameter = "%a" + arguments.size();
            parameters.add(".reg ." + kind.bits() + " " + parameter);
            arguments.add(Operand.of(kind, parameter));
        }
        MethodReference method = code.method();
        String result = method.isVoid() ? "" : "(.reg ." + method.result().bits() + " %result) ";
        translate(body, code, arguments, false);
        return ".func " + result + name + " " + parameters + "\n{\n" + body.text() + "}\n";
    }

    /** Makes a method's code; gives the result where the text goes on. */
    @Nullable
    Operand translate(Body body, MethodCode code, List<Operand> arguments, boolean called) {
        open.push(code.method());
        Operand result = new MethodTranslator(this, body, code, arguments, called).translate();
        open.pop();
        return result;
    }

    /** Makes a method's code without a jump, some arrays being in registers. */
    @Nullable
    Operand unroll(Body body, MethodCode code, List<Operand> arguments, Map<String, Operand[]> arrays) {
        open.push(code.method());
        Operand result = new Unroller(this, body, code, arguments, arrays).translate();
        open.pop();
        return result;
    }

    /** What stands for a method that another calls. */
    MethodCode code(MethodCode caller, MethodReference method) {
        Class<?> standIn = standIns.get(method.owner() + "." + method.name() + method.descriptor());
        MethodReference meant = standIn == null
                ? method
                : new MethodReference(Type.getInternalName(standIn), method.name(), method.descriptor());
        if (meant.owner().startsWith("java/") && !PLAIN.contains(meant.owner())) {
            throw caller.refused("a method that the device has or that is translated", method.toString());
        } else if (open.contains(meant)) {
            throw caller.refused("no recursion", "a call of " + method);
        }
        return codes.computeIfAbsent(
                meant,
                any -> MethodCode.of(
                        standIn == null ? caller.load(meant.owner()) : standIn, meant.name(), meant.descriptor()));
    }

    Constants constants() {
        return constants;
    }

    /** All of it, functions before what calls them. */
    public String text() {
        return HEADER + constants.text() + functions + entries;
    }
}
