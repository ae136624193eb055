package org.curvature4j.internal.tutorial;

import java.util.Map;
import org.curvature4j.plot.Figure;

/**
 * One demo or exercise, solved.
 *
 * @param markdown its chapter of the write-up
 * @param console what it tells on the console
 * @param figures by file name without ending, in the order of the chapter
 */
public record Part(String markdown, String console, Map<String, Figure> figures) {}
