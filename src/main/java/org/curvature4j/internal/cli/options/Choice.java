package org.curvature4j.internal.cli.options;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/** One of several, by name; upper and lower case are the same. Goes through the names, as picocli wants it for completion. */
public class Choice<T> implements ITypeConverter<T>, Iterable<String> {
    private static final Map<Class<?>, Choice<?>> CHOICES = Map.of(
            Activation.class, of(Activation.class, Activation::text),
            Likelihood.class, of(Likelihood.class, Likelihood::key),
            Loss.class, of(Loss.class, Loss::text),
            MatrixOptions.Kind.class, of(MatrixOptions.Kind.class, MatrixOptions.Kind::key),
            Method.class, of(Method.class, Method::key),
            Optimizer.class, of(Optimizer.class, Optimizer::text),
            Quantized.class, of(Quantized.class, Choice::lower),
            Reduction.class, of(Reduction.class, Choice::lower),
            SpectrumEnd.class, of(SpectrumEnd.class, Choice::lower));

    private final List<T> values;
    private final Function<T, String> key;

    /**
     * @param values that can be chosen
     * @param key what each is called
     */
    public Choice(List<T> values, Function<T, String> key) {
        this.values = values;
        this.key = key;
    }

    private static <E extends Enum<E>> Choice<E> of(Class<E> type, Function<E, String> key) {
        return new Choice<>(Arrays.asList(type.getEnumConstants()), key);
    }

    /** Has every option of these types take one of their names. */
    public static void register(CommandLine line) {
        CHOICES.forEach((type, choice) -> register(line, type, choice));
    }

    private static <K> void register(CommandLine line, Class<K> type, Choice<?> choice) {
        line.registerConverter(type, text -> type.cast(choice.convert(text)));
    }

    /** The names that an option of this type takes; none where it is no such type. */
    public static List<String> names(Class<?> type) {
        Choice<?> choice = CHOICES.get(type);
        return choice == null ? List.of() : choice.names();
    }

    private List<String> names() {
        return values.stream().map(key).toList();
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
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
                .orElseThrow(() -> new TypeConversionException(refusal(names(), text)));
    }
}
