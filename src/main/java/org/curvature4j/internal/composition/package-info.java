/**
 * Functions made of primitives, which importers share: activations, reductions, matrix products, windows, parts of
 * matrices. Each is written once, in a form that neither overflows nor cancels; derivatives of every order follow. Imports
 * {@code graph} and {@code op}.
 */
@NullMarked
package org.curvature4j.internal.composition;

import org.jspecify.annotations.NullMarked;
