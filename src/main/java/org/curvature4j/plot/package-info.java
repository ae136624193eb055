/**
 * Figures as PNG and SVG files, or in a window: spectra, Hessians, saddle maps, slices through a landscape.
 *
 * <p>Takes plain arrays and this package's small records, so that a figure can be drawn from any source of numbers; may
 * import the result records of {@code spectrum} and nothing else of the project. XChart draws the series and encodes the
 * files; axes, cells and legends are painted here, on the same canvas, since XChart's tick search fails on tiny or
 * huge values and its heat map has neither a centred scale nor a colour bar with ticks.
 *
 * <p>The parts, from the bottom: {@link org.curvature4j.plot.Theme} has every colour, font and size; a {@code Layer}
 * paints data into a {@code PlotArea}; a {@code PlotPanel} is axes with layers; a {@link org.curvature4j.plot.Figure} is
 * a title, a legend and a grid of panels, and knows how to be saved. A new kind of figure is a class that builds panels.
 */
@NullMarked
package org.curvature4j.plot;

import org.jspecify.annotations.NullMarked;
