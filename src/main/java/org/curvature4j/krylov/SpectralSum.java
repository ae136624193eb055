package org.curvature4j.krylov;

/**
 * An estimate of a sum over all eigenvalues, tr f(A).
 *
 * @param value the mean over the probes
 * @param standardError the standard deviation of that mean, from the spread of the probes; NaN for one probe
 * @param quadratureError how much the last quarter of the steps changed the value: an estimate of what more steps still
 *     would, which no number of probes makes smaller. 0 where probes broke down earlier, which is exact
 */
public record SpectralSum(double value, double standardError, double quadratureError) {}
