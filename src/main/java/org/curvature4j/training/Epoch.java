package org.curvature4j.training;

import org.jspecify.annotations.Nullable;

/**
 * Where a net stood after an epoch.
 *
 * @param number passes through the data until then; 0: before training
 * @param train on the data it is trained on
 * @param heldOut on data held out; null without such
 */
public record Epoch(int number, Score train, @Nullable Score heldOut) {}
