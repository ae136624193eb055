package org.curvature4j.plot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.internal.text.Numbers;

/**
 * One axis: what it measures, its ends, its ticks, and how a value becomes a place.
 *
 * @param title what the axis measures, with the power of ten taken out of its labels where there is one
 * @param start value at the left or bottom end
 * @param end value at the right or top end; smaller than {@code start} on an axis that counts backwards
 * @param ticks labelled places
 * @param scale how a value becomes a place
 */
record Axis(String title, double start, double end, List<Tick> ticks, AxisScale scale) {

    /**
     * A labelled place.
     *
     * @param at value on the axis
     * @param label what stands there; blank for a tick without a label
     */
    record Tick(double at, String label) {}

    /** Evenly divided, with round ticks; labels outside 0.01 to 10,000 carry a common power of ten in the title. */
    static Axis linear(String title, double start, double end, int aboutTicks) {
        int power = Decimals.commonPower(Math.max(Math.abs(start), Math.abs(end)));
        List<Tick> ticks = Stream.of(Decimals.ticks(Math.min(start, end), Math.max(start, end), aboutTicks))
                .map(at -> new Tick(at.doubleValue(), Numbers.plain(at.scaleByPowerOfTen(-power))))
                .toList();
        String unit = power == 0 ? "" : " (×" + Decimals.powerOfTen(power) + ")";
        return new Axis(title + unit, start, end, ticks, new AxisScale.Linear(power, false));
    }

    /** Counts items, each in the middle of a unit, the first at 1 and labelled 0 as arrays count; ticks only at whole numbers. */
    static Axis counting(String title, int count, int aboutTicks, double margin) {
        List<Tick> ticks = new ArrayList<>();
        for (BigDecimal at : Decimals.ticks(-0.5, count - 0.5, Math.min(aboutTicks, count))) {
            if (at.stripTrailingZeros().scale() <= 0) {
                ticks.add(new Tick(at.doubleValue() + 1, Numbers.plain(at)));
            }
        }
        return new Axis(title, 1 - margin, count + margin, ticks, new AxisScale.Counting());
    }

    /**
     * Linear within 10^{@code smallest} of zero and logarithmic beyond on both sides, one decade as long as the linear
     * part of one sign. Ticks at powers of ten. At least one end is {@link Scale#SMALLEST} or more from zero.
     */
    static Axis symmetricLog(String title, double start, double end, int smallest, int aboutTicks) {
        int exponent = Math.max(smallest, (int) Math.log10(Scale.SMALLEST));
        AxisScale scale = new AxisScale.SymmetricLog(exponent);
        int largest = (int) Math.floor(Math.log10(Math.max(Math.abs(start), Math.abs(end))));
        double length = scale.place(end) - scale.place(start);
        int step = (int) Math.max(1, Math.round(length / aboutTicks));
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, "0"));
        // From the largest power inwards, so that the longest stems always have a label near them.
        for (int power = largest; power >= exponent; power -= step) {
            double at = Math.pow(10, power);
            if (at <= end) {
                ticks.add(new Tick(at, Decimals.powerOfTen(power)));
            }
            if (-at >= start) {
                ticks.add(new Tick(-at, "-" + Decimals.powerOfTen(power)));
            }
        }
        String note = " (logarithmic, linear within ±" + Decimals.powerOfTen(exponent) + ")";
        return new Axis(title + note, start, end, List.copyOf(ticks), scale);
    }

    /**
     * Logarithmic, with ticks at powers of ten.
     *
     * @param start at least {@link Scale#SMALLEST}
     * @param end at least ten times as much, so that there is a tick
     */
    static Axis logarithmic(String title, double start, double end, int aboutTicks) {
        int lowest = (int) Math.ceil(Math.log10(start) - 1e-9);
        int highest = (int) Math.floor(Math.log10(end) + 1e-9);
        int step = (int) Math.max(1, Math.round((highest - lowest) / (double) aboutTicks));
        List<Tick> ticks = new ArrayList<>();
        for (int power = highest; power >= lowest; power -= step) {
            ticks.add(new Tick(Math.pow(10, power), Decimals.powerOfTen(power)));
        }
        return new Axis(title, start, end, List.copyOf(ticks), new AxisScale.Logarithmic());
    }

    /** The same axis, counted from the other end. */
    Axis reversed() {
        return new Axis(title, /* start= */ end, /* end= */ start, ticks, scale);
    }

    /** The same axis of what has names in place of numbers. */
    Axis named(List<Tick> names) {
        return new Axis(title, start, end, List.copyOf(names), new AxisScale.Named());
    }

    /** The same axis with ticks at whole numbers alone, of what is counted. */
    Axis whole() {
        List<Tick> shown =
                ticks.stream().filter(tick -> tick.at() == Math.rint(tick.at())).toList();
        return new Axis(title, start, end, shown, new AxisScale.Linear(0, true));
    }

    /** 0 at the start, 1 at the end, beyond these outside. */
    double fraction(double value) {
        double origin = scale.place(start);
        return (scale.place(value) - origin) / (scale.place(end) - origin);
    }
}
