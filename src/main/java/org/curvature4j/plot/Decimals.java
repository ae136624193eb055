package org.curvature4j.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** Powers of ten, and round numbers for ticks. */
final class Decimals {

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Decimals() {}

    /** The power of ten to take out of an axis whose largest magnitude this is: 0 from 0.01 to 10,000. */
    static int commonPower(double largest) {
        if (largest == 0 || (largest >= 0.01 && largest < 10_000)) {
            return 0;
        }
        BigDecimal exact = BigDecimal.valueOf(largest);
        return exact.precision() - exact.scale() - 1;
    }

    /** {@code 10⁻³}; {@code 1e-3} where the font lacks the superscripts. */
    static String powerOfTen(int exponent) {
        Text.requireGraphics();
        StringBuilder text = new StringBuilder("10").append(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return Theme.TICK.canDisplayUpTo(text.toString()) < 0 ? text.toString() : "1e" + exponent;
    }

    /** Multiples of 1, 2 or 5 times a power of ten within [low, high], about so many. */
    static BigDecimal[] ticks(double low, double high, int about) {
        BigDecimal step = roundStep((high / about) - (low / about));
        // The shortest decimals: an end at 0.3 gets its tick although the double nearest to it is a little less.
        BigDecimal first = BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING);
        BigDecimal last = BigDecimal.valueOf(high).divide(step, 0, RoundingMode.FLOOR);
        BigDecimal[] ticks = new BigDecimal[last.subtract(first).intValueExact() + 1];
        Arrays.setAll(ticks, i -> first.add(BigDecimal.valueOf(i)).multiply(step));
        return ticks;
    }

    private static BigDecimal roundStep(double rough) {
        BigDecimal exact = new BigDecimal(rough);
        int exponent = exact.precision() - exact.scale() - 1;
        double leading = exact.scaleByPowerOfTen(-exponent).doubleValue();
        int factor = leading < 1.5 ? 1 : leading < 3.5 ? 2 : leading < 7.5 ? 5 : 10;
        return BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent);
    }
}
