/**
 * Eigenvalues of symmetric and general matrices, one or a batch, and what they say about a function's curvature.
 *
 * <p>Sees matrices only, never a graph. {@link org.curvature4j.spectrum.Spectrum} is the result for one symmetric
 * matrix, {@link org.curvature4j.spectrum.SpectrumBatch} for a batch, {@link org.curvature4j.spectrum.GeneralSpectrum}
 * for a matrix that isn't symmetric, {@link org.curvature4j.spectrum.SingularSpectra} for the singular values and
 * determinants of a batch of Jacobians, and {@link org.curvature4j.spectrum.Sensitivity} for which of their columns are
 * longest. Callers that produce matrices block by block use {@link org.curvature4j.spectrum.SymmetricBlockSolver}, one
 * a thread.
 */
@NullMarked
package org.curvature4j.spectrum;

import org.jspecify.annotations.NullMarked;
