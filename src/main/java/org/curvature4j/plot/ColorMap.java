package org.curvature4j.plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/**
 * Colours for a continuous quantity: a table of anchors, linear in sRGB between them.
 *
 * <p>{@link #DIVERGING} is PuOr of ColorBrewer (Brewer, Harrower and Pennsylvania State University, Apache License 2.0)
 * without its two darkest ends, which look alike to some readers: orange for negative, purple for positive.
 * {@link #SEQUENTIAL} is viridis of matplotlib (Smith and van der Walt, CC0), evenly darkening for every reader and in
 * print.
 */
final class ColorMap {

    static final ColorMap DIVERGING =
            new ColorMap(0xB35806, 0xE08214, 0xFDB863, 0xFEE0B6, 0xF7F7F7, 0xD8DAEB, 0xB2ABD2, 0x8073AC, 0x542788);

    static final ColorMap SEQUENTIAL = new ColorMap(
            0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26,
            0xFDE725);

    private final int[] anchors;

    private ColorMap(int... anchors) {
        this.anchors = anchors.clone();
    }

    /** RGB of the anchors, evenly spaced from 0 to 1. */
    List<Integer> anchors() {
        return Arrays.stream(anchors).boxed().toList();
    }

    /** RGB of a fraction; below 0 and above 1 the colours of the ends. */
    int rgb(double fraction) {
        double at = Math.max(0, Math.min(1, fraction)) * (anchors.length - 1);
        int index = Math.min((int) at, anchors.length - 2);
        Color low = new Color(anchors[index]);
        Color high = new Color(anchors[index + 1]);
        double share = at - index;
        int red = mix(low.getRed(), high.getRed(), share);
        int green = mix(low.getGreen(), high.getGreen(), share);
        int blue = mix(low.getBlue(), high.getBlue(), share);
        return red << 16 | green << 8 | blue;
    }

    private static int mix(int low, int high, double share) {
        return (int) Math.round(low + share * (high - low));
    }
}
