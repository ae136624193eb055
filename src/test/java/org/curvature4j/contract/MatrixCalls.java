package org.curvature4j.contract;

import java.util.List;
import org.curvature4j.operator.MatrixOperator;
import org.curvature4j.spectrum.GeneralSpectrum;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.SingularOptions;
import org.curvature4j.spectrum.SingularSpectra;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrices and their spectra. */
final class MatrixCalls {
    private MatrixCalls() {}

    private static Object all(GeneralSpectrum spectrum) {
        return List.of(spectrum.spectralRadius(), spectrum.order());
    }

    private static Object all(SingularSpectra spectra) {
        return List.of(spectra.values(), spectra.size());
    }

    static List<ArrayCall> all() {
        SpectrumOptions vectors = SpectrumOptions.withVectors();
        INDArray rectangle = ArrayVariants.numbers(2, 3);
        return List.of(
                ArrayCall.of(
                        "Spectrum.of(INDArray)", "matrix", a -> Spectrum.of(a).vectors(), 2, 2),
                ArrayCall.of(
                        "Spectrum.of(INDArray, SpectrumOptions)",
                        "matrix",
                        a -> Spectrum.of(a, SpectrumOptions.valuesOnly()).values(),
                        3,
                        3),
                ArrayCall.of(
                        "Spectrum.batch(INDArray)",
                        "matrices",
                        a -> Spectrum.batch(a).values(),
                        2,
                        3,
                        3),
                ArrayCall.of(
                        "Spectrum.batch(INDArray, SpectrumOptions)",
                        "matrices",
                        a -> Spectrum.batch(a, vectors).values(),
                        2,
                        2,
                        2),
                ArrayCall.of("GeneralSpectrum.of(INDArray)", "matrix", a -> all(GeneralSpectrum.of(a)), 2, 2),
                ArrayCall.of("SingularSpectra.of(INDArray)", "matrices", a -> all(SingularSpectra.of(a)), 2, 3, 2),
                ArrayCall.of(
                        "SingularSpectra.of(INDArray, SingularOptions)",
                        "matrices",
                        a -> all(SingularSpectra.of(a, SingularOptions.valuesOnly())),
                        2,
                        2,
                        2),
                ArrayCall.of(
                        "Sensitivity.of(INDArray)",
                        "Jacobians",
                        a -> Sensitivity.of(a).norms(),
                        2,
                        3,
                        3),
                ArrayCall.of(
                        "MatrixOperator.of(INDArray)",
                        "matrix",
                        a -> MatrixOperator.of(a).toDense(),
                        2,
                        3),
                ArrayCall.of(
                        "LinearOperator.apply(INDArray)",
                        "vector",
                        a -> MatrixOperator.of(rectangle).apply(a),
                        3),
                ArrayCall.of(
                        "LinearOperator.apply(INDArray)",
                        "vectors",
                        a -> MatrixOperator.of(rectangle).apply(a),
                        2,
                        3));
    }
}
