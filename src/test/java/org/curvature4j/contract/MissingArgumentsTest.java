package org.curvature4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.notebook.Figures;
import org.curvature4j.plot.Convergence;
import org.curvature4j.plot.EigenvalueGrid;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.HtmlReport;
import org.curvature4j.plot.LeadingEigenvalues;
import org.curvature4j.plot.ParameterBlock;
import org.curvature4j.plot.PlaneField;
import org.curvature4j.plot.PlaneMark;
import org.curvature4j.plot.Scale;
import org.curvature4j.plot.Slice;
import org.curvature4j.plot.SpectrumPlot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What figures and pages are made of can't be missing: each argument that is null is refused by its name. */
class MissingArgumentsTest {
    private static final double[] NUMBERS = {1, 2};

    private static Stream<Executable> members() {
        return Stream.concat(
                        PublicClasses.all().stream()
                                .filter(type -> type.getPackage().equals(Figure.class.getPackage())),
                        Stream.of(Figures.class))
                .flatMap(PublicClasses::members)
                .filter(member -> !member.getDeclaringClass().isEnum())
                .filter(member ->
                        !(member instanceof Method method) || !method.getName().equals("equals"))
                .filter(member -> Stream.of(member.getParameterTypes()).anyMatch(type -> !type.isPrimitive()));
    }

    @ParameterizedTest
    @MethodSource("members")
    void areRefusedByName(Executable member) throws ReflectiveOperationException {
        Class<?>[] types = member.getParameterTypes();
        for (int missing = 0; missing < types.length; missing++) {
            if (!types[missing].isPrimitive()) {
                List<@Nullable Object> arguments = new ArrayList<>();
                for (Type type : member.getGenericParameterTypes()) {
                    arguments.add(arguments.size() == missing ? null : given(type));
                }
                assertThat(message(member, arguments.toArray()))
                        .as("%s without argument %d", member, missing)
                        .matches("(?s)[A-Za-z].*: expected .*, got null");
            }
        }
    }

    private static String message(Executable member, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        try {
            if (member instanceof Method method) {
                method.invoke(Modifier.isStatic(method.getModifiers()) ? null : subject(member), arguments);
            } else {
                ((java.lang.reflect.Constructor<?>) member).newInstance(arguments);
            }
            return "taken";
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause().getMessage());
        }
    }

    private static Object subject(Executable member) {
        Class<?> type = member.getDeclaringClass();
        return type == HtmlReport.class ? HtmlReport.titled("t") : given(type);
    }

    private static Object given(Type type) {
        if (type instanceof ParameterizedType list) {
            return list.getRawType() == List.class ? List.of(given(list.getActualTypeArguments()[0])) : Map.of();
        }
        return switch (((Class<?>) type).getSimpleName()) {
            case "double[]" -> NUMBERS;
            case "double[][]" -> new double[][] {{1, 2}, {2, 3}};
            case "double" -> 0.0;
            case "int" -> 2;
            case "boolean" -> false;
            case "String" -> "s";
            case "Path" -> Path.of("f.png");
            case "Scale" -> Scale.LINEAR;
            case "Style" -> PlaneMark.Style.LINE;
            case "Figure" -> SpectrumPlot.of(NUMBERS, 0);
            case "Slice" -> new Slice("s", 1, 1, 1, NUMBERS, NUMBERS, NUMBERS);
            case "EigenvalueGrid" -> new EigenvalueGrid(NUMBERS, NUMBERS, new double[] {1, 2, 3, 4}, 0);
            case "PlaneField" -> new PlaneField("s", "q", NUMBERS, NUMBERS, new double[] {1, 2, 3, 4}, false);
            case "PlaneMark" -> new PlaneMark("s", PlaneMark.Style.LINE, NUMBERS, NUMBERS);
            case "ParameterBlock" -> new ParameterBlock("s", 2);
            case "Convergence" -> new Convergence("s", NUMBERS);
            case "LeadingEigenvalues" -> new LeadingEigenvalues("s", NUMBERS, NUMBERS);
            default -> throw new IllegalStateException("an argument of a new type: " + type);
        };
    }
}
