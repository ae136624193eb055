package org.curvature4j.internal.gpu.ptx;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The constants of Java classes that a module's code reads: numbers become literals, arrays tables of the module. */
final class Constants {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final StringBuilder tables = new StringBuilder();

    /** Makes the code that has a static field's value. */
    Operand value(Body body, MethodCode code, Instruction.Field reference) {
        Object value = read(code, reference);
        if (value instanceof Boolean truth) {
            return Operand.of(truth ? 1 : 0);
        } else if (value instanceof Character character) {
            return Operand.of(character);
        } else if (value instanceof Number number) {
            return Operand.literal(number);
        } else if (reference.descriptor().matches("\\[[IJFD]")) {
            String table =
                    names.computeIfAbsent(reference.owner() + "." + reference.name(), any -> table(reference, value));
            String address = body.compute(Kind.ADDRESS, "mov.b64 %s, " + table).text();
            return Operand.array(address, Operand.Space.GLOBAL, Array.getLength(value));
        }
        throw code.refused("numbers and arrays of numbers", "the field " + reference.name());
    }

    private static Object read(MethodCode code, Instruction.Field reference) {
        try {
            Field field = code.load(reference.owner()).getDeclaredField(reference.name());
            if (!Modifier.isFinal(field.getModifiers())) {
                throw code.refused("constants", "the field " + reference.name() + ", which isn't final");
            }
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("kernel " + code.method() + ": " + e.getMessage(), e);
        }
    }

    private String table(Instruction.Field reference, Object array) {
        String name = "table" + names.size() + "_" + reference.name();
        Kind element = Kind.of(reference.descriptor().charAt(1));
        StringJoiner numbers = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < Array.getLength(array); i++) {
            numbers.add(Operand.literal((Number) Array.get(array, i)).text());
        }
        tables.append(String.format(
                ".global .align 8 .%s %s[%d] = %s;\n", element.number(), name, Array.getLength(array), numbers));
        return name;
    }

    String text() {
        return tables.toString();
    }
}
