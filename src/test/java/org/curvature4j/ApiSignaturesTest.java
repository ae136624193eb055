package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users can call stands in a text file, so that a change of it shows where changes are read. */
class ApiSignaturesTest {
    private static final String WRITE = "docs.write";
    private static final Path FILE = Path.of("docs/api-signatures.txt");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int SHOWN =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL;
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+(?=[A-Z])");
    /** What every class has, or every enum. */
    private static final Set<String> EVERYWHERE = Set.of("equals", "hashCode", "toString", "values", "valueOf");

    @Test
    void theFileSaysWhatUsersCanCall() throws IOException, ClassNotFoundException {
        String expected = signatures();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(FILE, expected);
        }
        assertThat(Files.readString(FILE).replace("\r\n", "\n"))
                .as("docs/api-signatures.txt is out of date: if the change is meant, say in CHANGELOG.md what to write"
                        + " instead, and write the file anew with"
                        + " ./mvnw test -Dtest=ApiSignaturesTest -Dtest.jvm.extra=-Ddocs.write=true")
                .isEqualTo(expected);
    }

    private static String signatures() throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            names = files.map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".java")
                            && !file.contains("/internal/")
                            && !file.endsWith("package-info.java"))
                    .map(file ->
                            file.substring(0, file.length() - ".java".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
        StringBuilder text = new StringBuilder(
                """
                What users can call: public and protected members of what lies outside the packages named internal.
                Generated; ApiSignaturesTest says how.
                """);
        for (String name : names) {
            append(text, Class.forName(name));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Class<?> type) {
        if (isShown(type.getModifiers())) {
            text.append('\n').append(header(type)).append('\n');
            members(type).forEach(member -> text.append("  ").append(member).append('\n'));
            Stream.of(type.getDeclaredClasses())
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .forEach(nested -> append(text, nested));
        }
    }

    private static boolean isShown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        boolean isImplied = type.isInterface() || type.isEnum() || type.isRecord();
        int hidden = isImplied ? Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL : 0;
        List<Type> above = new ArrayList<>(List.of(type.getGenericInterfaces()));
        Type parent = type.getGenericSuperclass();
        if (parent != null && parent != Object.class && !type.isEnum() && !type.isRecord()) {
            above.add(0, parent);
        }
        return modifiers(type.getModifiers() & ~hidden)
                + (type.isSealed() ? "sealed " : "")
                + (type.isInterface() ? "interface " : type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ")
                + type.getName().replace('$', '.')
                + parameters(type.getTypeParameters())
                + (above.isEmpty() ? "" : " : " + names(above.toArray(Type[]::new)));
    }

    private static List<String> members(Class<?> type) {
        Stream<String> fields = Stream.of(type.getDeclaredFields())
                .filter(field -> isShown(field.getModifiers()) && !field.isSynthetic())
                .map(ApiSignaturesTest::signature);
        Stream<String> constructors = Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> isShown(constructor.getModifiers()) && !constructor.isSynthetic())
                .map(ApiSignaturesTest::signature);
        Stream<String> methods = Stream.of(type.getDeclaredMethods())
                .filter(method -> isShown(method.getModifiers())
                        && !method.isSynthetic()
                        && !EVERYWHERE.contains(method.getName()))
                .map(ApiSignaturesTest::signature);
        return Stream.of(fields, constructors, methods)
                .flatMap(each -> each.sorted())
                .toList();
    }

    private static String signature(Field field) {
        return field.isEnumConstant()
                ? field.getName()
                : modifiers(field.getModifiers()) + name(field.getGenericType()) + " " + field.getName();
    }

    private static String signature(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers())
                + constructor.getDeclaringClass().getSimpleName()
                + arguments(constructor);
    }

    private static String signature(Method method) {
        String variables = parameters(method.getTypeParameters());
        return modifiers(method.getModifiers()) + (variables.isEmpty() ? "" : variables + " ")
                + name(method.getGenericReturnType()) + " " + method.getName() + arguments(method);
    }

    private static String arguments(Executable executable) {
        Type[] thrown = executable.getGenericExceptionTypes();
        String all = "(" + names(executable.getGenericParameterTypes()) + ")";
        return (executable.isVarArgs() ? all.replaceFirst("\\[]\\)$", "...)") : all)
                + (thrown.length == 0 ? "" : " throws " + names(thrown));
    }

    private static String modifiers(int modifiers) {
        String words = Modifier.toString(modifiers & SHOWN & ~Modifier.PUBLIC);
        return words.isEmpty() ? "" : words + " ";
    }

    private static String parameters(Type... variables) {
        return variables.length == 0 ? "" : "<" + names(variables) + ">";
    }

    private static String names(Type... types) {
        return Arrays.stream(types).map(ApiSignaturesTest::name).collect(Collectors.joining(", "));
    }

    private static String name(Type type) {
        return PACKAGE.matcher(type.getTypeName().replace('$', '.')).replaceAll("");
    }
}
