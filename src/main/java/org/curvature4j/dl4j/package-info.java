/**
 * Networks of Deeplearning4j, and the files that it saves them in. A network becomes a SameDiff graph that holds an
 * operation for each layer and vertex ({@code LayerOp}); each brings its rule, which writes what the layer computes when it
 * isn't trained, in primitives, when a function is made, where shapes are known. Imports {@code graph}, {@code op}, {@code
 * samediff}, ND4J, Deeplearning4j, {@code io} and Gson. It alone loads Deeplearning4j's classes, which a user's build has to
 * name; {@link org.curvature4j.dl4j.Dl4jFile} is there without them.
 */
@NullMarked
package org.curvature4j.dl4j;

import org.jspecify.annotations.NullMarked;
