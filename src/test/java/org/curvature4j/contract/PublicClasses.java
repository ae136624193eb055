package org.curvature4j.contract;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.Hessian;

/** What the library shows to its users, found among its compiled classes. */
final class PublicClasses {
    private PublicClasses() {}

    static List<Class<?>> all() {
        try {
            Path root = Path.of(Hessian.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file)
                                .toString()
                                .replace(file.getFileSystem().getSeparator(), "."))
                        .filter(name -> name.startsWith("org.curvature4j.") && name.endsWith(".class"))
                        .filter(name -> !name.endsWith("-info.class") && !name.contains(".internal."))
                        .sorted()
                        .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
                        .filter(PublicClasses::isVisible)
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicClasses.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    /** The public methods and constructors that a class declares. */
    static Stream<Executable> members(Class<?> type) {
        return Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic());
    }

    /** Such as {@code Hessian.at(INDArray)}; a constructor is called new. */
    static String signature(Executable member) {
        String parameters = Arrays.stream(member.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        String name = member.getName().contains(".") ? "new" : member.getName();
        return member.getDeclaringClass().getSimpleName() + "." + name + "(" + parameters + ")";
    }
}
