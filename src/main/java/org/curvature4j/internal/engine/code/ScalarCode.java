package org.curvature4j.internal.engine.code;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.curvature4j.op.Elementwise;

/** The Java code of kernels and of elementary functions, as the generated classes call them. */
public final class ScalarCode {
    private static final String OWN = Elementary.class.getCanonicalName();

    private static final Map<String, String> KERNELS = new HashMap<>();
    private static final Map<String, String> TESTS = new HashMap<>();
    private static final String TANH = OWN + ".tanh(%s)";
    private static final Map<Elementwise, String> FUNCTIONS = new EnumMap<>(Elementwise.class);

    static {
        for (String name : new String[] {"abs", "floor", "ceil", "exp", "log", "sqrt", "sin", "cos", "tan", "asin"}) {
            KERNELS.put(name, "Math." + name + "(%s)");
        }
        KERNELS.put("acos", "Math.acos(%s)");
        KERNELS.put("acosh", OWN + ".acosh(%s)");
        KERNELS.put("round", OWN + ".round(%s)");
        KERNELS.put("atan", "Math.atan(%s)");
        KERNELS.put("cosh", "Math.cosh(%s)");
        KERNELS.put("sinh", "Math.sinh(%s)");
        KERNELS.put("tanh", TANH);
        KERNELS.put("sign", "Math.signum(%s)");
        KERNELS.put("Pow", OWN + ".pow(%s, %s)");
        KERNELS.put("tf_atan2", "Math.atan2(%s, %s)");

        TESTS.put("less", "%s < %s");
        TESTS.put("less_equal", "%s <= %s");
        TESTS.put("greater", "%s > %s");
        TESTS.put("greater_equal", "%s >= %s");
        TESTS.put("equals", "%s == %s");
        TESTS.put("not_equals", "%s != %s");
        TESTS.put("boolean_and", "%s & %s");
        TESTS.put("boolean_or", "%s | %s");
        TESTS.put("boolean_xor", "%s ^ %s");

        FUNCTIONS.put(Elementwise.TANH, TANH);
        FUNCTIONS.put(Elementwise.SIGMOID, OWN + ".sigmoid(%s)");
        FUNCTIONS.put(Elementwise.SOFTPLUS, OWN + ".softplus(%s)");
        FUNCTIONS.put(Elementwise.LOG1P, "Math.log1p(%s)");
        FUNCTIONS.put(Elementwise.ERF, OWN + ".erf(%s)");
        FUNCTIONS.put(Elementwise.ERFC, OWN + ".erfc(%s)");
        FUNCTIONS.put(Elementwise.EXPM1, "Math.expm1(%s)");
        FUNCTIONS.put(Elementwise.SINH, "Math.sinh(%s)");
        FUNCTIONS.put(Elementwise.SIGN, "Math.signum(%s)");
        FUNCTIONS.put(Elementwise.MAX, "Math.max(%s, %s)");
        FUNCTIONS.put(Elementwise.MIN, "Math.min(%s, %s)");
    }

    private ScalarCode() {}

    public static String kernel(String name) {
        return require(KERNELS.get(name), name);
    }

    public static String test(String name) {
        return require(TESTS.get(name), name);
    }

    /** Code for a whole primitive, or null where its lowering is the code. */
    public static @org.jspecify.annotations.Nullable String function(Elementwise primitive) {
        return FUNCTIONS.get(primitive);
    }

    /** The method that computes this code for an array of operands, faster than one by one, or null. */
    public static @org.jspecify.annotations.Nullable String overArrays(String code) {
        return code.equals(TANH) ? OWN + ".tanh" : null;
    }

    private static String require(@org.jspecify.annotations.Nullable String code, String name) {
        if (code == null) {
            throw new Unsuitable("'" + name + "' has no scalar code");
        }
        return code;
    }
}
