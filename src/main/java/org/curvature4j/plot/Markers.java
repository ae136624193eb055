package org.curvature4j.plot;

import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The names of markers. */
final class Markers {
    private Markers() {}

    /** As {@link Mark.Points} has it. */
    static String symbol(Marker marker) {
        if (marker == SeriesMarkers.DIAMOND) {
            return "diamond";
        }
        if (marker == SeriesMarkers.SQUARE) {
            return "rect";
        }
        if (marker == SeriesMarkers.TRIANGLE_UP) {
            return "triangle";
        }
        return marker == SeriesMarkers.TRIANGLE_DOWN ? "triangle-down" : "circle";
    }
}
