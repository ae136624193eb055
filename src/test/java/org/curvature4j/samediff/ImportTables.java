package org.curvature4j.samediff;

import java.util.stream.Stream;

/** Every row of the tables of imported operations. */
final class ImportTables {
    private ImportTables() {}

    static Stream<ImportCase> all() {
        return Stream.of(
                        ElementwiseImportTest.functions(),
                        ElementwiseImportTest.scalars(),
                        ElementwiseImportTest.pairs(),
                        ElementwiseImportTest.copies(),
                        ReductionImportTest.overOneAxis(),
                        ReductionImportTest.steps(),
                        ReductionImportTest.distances(),
                        ReductionImportTest.running(),
                        ReductionImportTest.others(),
                        ContractionImportTest.products(),
                        ContractionImportTest.matrices(),
                        DecompositionImportTest.decompositions(),
                        ShapeImportTest.shapes(),
                        ShapeImportTest.joins(),
                        ShapeImportTest.slices(),
                        IndexImportTest.gathers(),
                        IndexImportTest.scatters(),
                        IndexImportTest.choices(),
                        IndexImportTest.constants(),
                        ActivationImportTest.activations(),
                        ActivationImportTest.normalizations(),
                        ActivationImportTest.attention(),
                        LossImportTest.reductions(),
                        LossImportTest.weights(),
                        LossImportTest.others(),
                        ConvolutionImportTest.convolutions(),
                        ConvolutionImportTest.pools(),
                        ConvolutionImportTest.others(),
                        ConstructedImportTest.constructed())
                .flatMap(rows -> rows);
    }
}
