package org.curvature4j.plot;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;

/**
 * Labels, measured and drawn as outlines: an SVG then looks the same on a machine without the font, and the sizes used
 * for the layout are those of what is drawn.
 */
final class Text {

    private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);
    private static final String ELLIPSIS = "...";

    private Text() {}

    /** Where a label's anchor lies along its width. */
    enum Align {
        LEFT(0),
        CENTER(0.5),
        RIGHT(1);

        private final double share;

        Align(double share) {
            this.share = share;
        }
    }

    /**
     * Checks that Java can draw labels here. On a bare server fontconfig or the fonts may be missing, or DISPLAY may
     * name a screen that isn't there; each fails deep inside AWT with another throwable.
     *
     * @throws IllegalStateException if Java finds no font or can't start its graphics
     */
    static void requireGraphics() {
        try {
            GraphicsEnvironment.getLocalGraphicsEnvironment();
        } catch (AWTError | LinkageError e) {
            throw new IllegalStateException(
                    "figure: expected a display that answers, got none (pass -Djava.awt.headless=true to draw without"
                            + " one)",
                    e);
        }
        try {
            new TextLayout("0", Theme.TICK, METRICS).getBounds();
        } catch (InternalError | LinkageError | RuntimeException e) {
            throw new IllegalStateException(
                    "figure: expected Java to find a font for the labels, got none (install fontconfig and a font, for"
                            + " instance Debian's packages fontconfig and fonts-dejavu-core)",
                    e);
        }
    }

    static double width(String text, Font font) {
        return text.isBlank() ? 0 : new TextLayout(text, font, METRICS).getAdvance();
    }

    /** Height of a line of text, from the top of the capitals to the bottom of the descenders. */
    static double height(Font font) {
        return font.getSize() * 1.15;
    }

    /** Draws one line with its vertical middle at {@code y}. */
    static void draw(Graphics2D g, String text, Font font, Align align, double x, double y) {
        if (text.isBlank()) {
            return;
        }
        double left = x - align.share * width(text, font);
        g.fill(outline(text, font, AffineTransform.getTranslateInstance(left, y + capHeight(font) / 2)));
    }

    /** Draws one line that reads upwards, its middle at (x, y). */
    static void drawUpwards(Graphics2D g, String text, Font font, double x, double y) {
        if (text.isBlank()) {
            return;
        }
        AffineTransform place =
                AffineTransform.getTranslateInstance(x + capHeight(font) / 2, y + width(text, font) / 2);
        place.quadrantRotate(-1);
        g.fill(outline(text, font, place));
    }

    /** The font, smaller if need be, in which the text fits the width; at least 70 % of its size. */
    static Font fitting(String text, Font font, double width) {
        double needed = width(text, font);
        return needed <= width ? font : font.deriveFont((float) (font.getSize2D() * Math.max(0.7, width / needed)));
    }

    /** The text, or its beginning with an ellipsis, so that it fits the width. */
    static String shortened(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 1 && width(text.substring(0, length) + ELLIPSIS, font) > width) {
            length--;
        }
        return text.substring(0, length).stripTrailing() + ELLIPSIS;
    }

    private static Shape outline(String text, Font font, AffineTransform place) {
        return new TextLayout(text, font, METRICS).getOutline(place);
    }

    /** Height of the capitals above the baseline: 0.72 of the size in the sans-serif fonts that Java maps to. */
    private static double capHeight(Font font) {
        return font.getSize2D() * 0.72;
    }
}
