package org.curvature4j.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people, the same in every locale. */
public final class Numbers {
    private Numbers() {}

    /** Six significant digits without trailing zeros; "infinite" and "undefined" in words. */
    public static String brief(double value) {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "-infinite";
        }
        if (value == 0) {
            return "0";
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        int exponent = text.indexOf('e');
        String digits = exponent < 0 ? text : text.substring(0, exponent);
        String power = exponent < 0 ? "" : text.substring(exponent);
        return (digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits) + power;
    }

    /**
     * At most so many significant digits, without trailing zeros; powers of ten outside 1e-3 to 1e5. Shorter than
     * {@link #brief}, for figures.
     */
    public static String compact(double value, int digits) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -3 && exponent < 5) {
            return plain(rounded);
        }
        return plain(rounded.scaleByPowerOfTen(-exponent)) + "e" + exponent;
    }

    /** Exactly so many significant digits, written out, or with a power of ten below 1e-5, for tables. */
    public static String significant(double value, int digits) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.isNaN(value) ? "none" : "infinite";
        }
        if (Math.abs(value) < 1e-5) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
        return rounded.scale() < 0 ? rounded.setScale(0).toString() : rounded.toPlainString();
    }

    /** A fixed number of decimals; what rounds to zero has no sign. */
    public static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.matches("-0\\.?0*") ? text.substring(1) : text;
    }

    /**
     * A value with its standard error, {@code 38.6 +- 0.7}: two digits of the error, and no digit of the value that it leaves
     * open.
     *
     * @param error finite, above 0
     */
    public static String withError(double value, double error) {
        int last = (int) Math.floor(Math.log10(error)) - 1;
        double size = Math.max(Math.abs(value), error);
        if (size >= 1e7 || size < 1e-4) {
            int power = (int) Math.floor(Math.log10(size));
            int decimals = power - last;
            return "(" + decimal(value, power, decimals) + " +- " + decimal(error, power, decimals) + ")e" + power;
        }
        return decimal(value, 0, -last) + " +- " + decimal(error, 0, -last);
    }

    private static String decimal(double value, int power, int decimals) {
        return new BigDecimal(value)
                .scaleByPowerOfTen(-power)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** All digits written out, without trailing zeros. */
    public static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** A share as a percentage with one decimal. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A count with its thousands grouped. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "1 direction", "3 directions", with thousands grouped. */
    public static String count(long number, String one, String many) {
        return grouped(number) + " " + (number == 1 ? one : many);
    }

    /** Bytes with a binary unit. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return count(bytes, "byte", "bytes");
        }
        String units = "KMGTPE";
        int unit = 0;
        double size = bytes / 1024.0;
        while (size >= 1024 && unit < units.length() - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %siB", size, units.charAt(unit));
    }
}
