package org.curvature4j.internal.cli.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.curvature4j.curvature.Likelihood;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.internal.cli.report.NearMiss;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.krylov.SpectrumEnd;
import org.curvature4j.onnx.Quantized;
import org.curvature4j.optimize.Method;
import org.curvature4j.training.Activation;
import org.curvature4j.training.Loss;
import org.curvature4j.training.Optimizer;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One of several, by name; upper and lower case are the same.
 *
 * @param values that can be chosen
 * @param key what each is called
 */
public record Choice<T>(List<T> values, Function<T, String> key) implements ITypeConverter<T> {
    /** Has every option of these types take one of their names. */
    public static void register(CommandLine line) {
        register(line, Activation.class, Activation::text);
        register(line, Likelihood.class, Likelihood::key);
        register(line, Loss.class, Loss::text);
        register(line, MatrixOptions.Kind.class, MatrixOptions.Kind::key);
        register(line, Method.class, Method::key);
        register(line, Optimizer.class, Optimizer::text);
        register(line, Quantized.class, Choice::lower);
        register(line, Reduction.class, Choice::lower);
        register(line, SpectrumEnd.class, Choice::lower);
    }

    private static <E extends Enum<E>> void register(CommandLine line, Class<E> type, Function<E, String> key) {
        line.registerConverter(type, new Choice<>(Arrays.asList(type.getEnumConstants()), key));
    }

    /** A constant's name as a word of the command line. */
    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Refuses a word of a list in one option that is none of the names. */
    public static void require(String option, List<String> names, String text) {
        if (!names.contains(text)) {
            throw new UsageException(option + ": " + refusal(names, text));
        }
    }

    private static String refusal(List<String> names, String text) {
        return "expected " + Words.either(names) + ", got '" + text + "'" + NearMiss.hint(text, names);
    }

    @Override
    public T convert(String text) {
        return values.stream()
                .filter(value -> key.apply(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        refusal(values.stream().map(key).toList(), text)));
    }
}
