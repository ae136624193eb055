package org.curvature4j.internal.cli.options;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Conversions of options' numbers, which refuse what can't be meant. The program puts the option's name before what they
 * say.
 */
public final class Values {
    private Values() {}

    /**
     * Has plain numbers, intervals and file names refused in the same way as numbers with a bound.
     *
     * @param rows what names of rows mean
     */
    public static void register(CommandLine line, Function<String, RowFile> rows) {
        Whole<Integer> whole = new Whole<>(Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value);
        Whole<Long> large = new Whole<>(Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        Real real = new Real("a number", value -> true);
        line.registerConverter(int.class, whole)
                .registerConverter(Integer.class, whole)
                .registerConverter(long.class, large)
                .registerConverter(Long.class, large)
                .registerConverter(double.class, real)
                .registerConverter(Double.class, real)
                .registerConverter(Interval.class, Interval::parse)
                .registerConverter(Path.class, Values::path)
                .registerConverter(RowFile.class, rows::apply);
    }

    /** Rows of this machine's disks. */
    public static RowFile rows(String text) {
        return RowFile.of(path(text));
    }

    /** The name of a file or a folder: nothing would be the current folder, which nobody means who leaves a variable empty. */
    static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("expected a file name, got nothing");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(Failure.of(e).message());
        }
    }

    /** @throws UsageException if a number is outside the bounds that it has together with other options */
    public static void requireBetween(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UsageException(option + ": expected " + least + " to " + most + ", got " + value);
        }
    }

    /** A whole number between bounds, of which the most is the type's own. */
    private static class Whole<T> implements ITypeConverter<T> {
        private final long least;
        private final long most;
        private final LongFunction<T> type;

        Whole(long least, long most, LongFunction<T> type) {
            this.least = least;
            this.most = most;
            this.type = type;
        }

        @Override
        public T convert(String text) {
            if (!text.matches("[-+]?\\d+")) {
                throw new TypeConversionException("expected a whole number"
                        + (least < 0 ? "" : ", " + least + " or more") + ", got '" + text + "'");
            }
            BigInteger value = new BigInteger(text);
            if (value.compareTo(BigInteger.valueOf(most)) > 0) {
                throw new TypeConversionException("expected at most " + most + ", got " + text);
            }
            if (value.compareTo(BigInteger.valueOf(least)) < 0) {
                throw new TypeConversionException(
                        "expected " + (least < 0 ? "at least " + least : least + " or more") + ", got " + text);
            }
            return type.apply(value.longValueExact());
        }
    }

    /** How many of something: 1 or more. */
    public static final class Count extends Whole<Integer> {
        public Count() {
            super(1, Integer.MAX_VALUE, value -> (int) value);
        }
    }

    /** How many of something that may be more than an array has: 1 or more. */
    public static final class LargeCount extends Whole<Long> {
        public LargeCount() {
            super(1, Long.MAX_VALUE, value -> value);
        }
    }

    /** How many of something that needs two: 2 or more. */
    public static final class Several extends Whole<Integer> {
        public Several() {
            super(2, Integer.MAX_VALUE, value -> (int) value);
        }
    }

    /** How many of something of which none is a choice too: 0 or more. */
    public static final class CountOrNone extends Whole<Integer> {
        public CountOrNone() {
            super(0, Integer.MAX_VALUE, value -> (int) value);
        }
    }

    /** Which one of several, counted from 0. */
    public static final class Index extends Whole<Long> {
        public Index() {
            super(0, Long.MAX_VALUE, value -> value);
        }
    }

    /** A number within some range. */
    private static class Real implements ITypeConverter<Double> {
        private final String expected;
        private final DoublePredicate within;

        Real(String expected, DoublePredicate within) {
            this.expected = expected;
            this.within = within;
        }

        @Override
        public Double convert(String text) {
            boolean number = true;
            try {
                double value = Double.parseDouble(text);
                if (within.test(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                number = false;
            }
            throw new TypeConversionException("expected " + expected + ", got " + (number ? text : "'" + text + "'"));
        }
    }

    /** A finite number above 0. */
    public static final class Positive extends Real {
        public Positive() {
            super("a finite number above 0", value -> value > 0 && value <= Double.MAX_VALUE);
        }
    }

    /** A finite number of at least 0. */
    public static final class NotNegative extends Real {
        public NotNegative() {
            super("a finite number of at least 0", value -> value >= 0 && value <= Double.MAX_VALUE);
        }
    }

    /** A share, from 0 to below 1. */
    public static final class Share extends Real {
        public Share() {
            super("a share from 0 to below 1", value -> value >= 0 && value < 1);
        }
    }

    /** A number between 0 and 1, neither of them. */
    public static final class Part extends Real {
        public Part() {
            super("a number between 0 and 1", value -> value > 0 && value < 1);
        }
    }
}
