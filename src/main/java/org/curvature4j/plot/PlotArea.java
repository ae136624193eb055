package org.curvature4j.plot;

import java.awt.Rectangle;

/**
 * Where a panel's data lie on the canvas.
 *
 * @param bounds the rectangle between the axes, in logical pixels of the figure
 * @param horizontal axis along the bottom
 * @param vertical axis along the left side
 */
record PlotArea(Rectangle bounds, Axis horizontal, Axis vertical) {

    double x(double value) {
        return bounds.x + bounds.width * horizontal.fraction(value);
    }

    double y(double value) {
        return bounds.y + bounds.height * (1 - vertical.fraction(value));
    }
}
