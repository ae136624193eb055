package org.curvature4j.onnx;

/** Why operators have no rule. */
final class OnnxRefusals {
    private OnnxRefusals() {}

    static void addTo(OnnxRules rules) {
        rules.refuse(
                "random: it gives another value at every run, so it has no derivative",
                "Bernoulli",
                "Multinomial",
                "RandomNormal",
                "RandomNormalLike",
                "RandomUniform",
                "RandomUniformLike");
        rules.refuse(
                "it computes with text",
                "StringConcat",
                "StringNormalizer",
                "StringSplit",
                "RegexFullMatch",
                "TfIdfVectorizer",
                "LabelEncoder",
                "CategoryMapper");
        rules.refuse(
                "trees are constant between their jumps, so every derivative is 0",
                "TreeEnsemble",
                "TreeEnsembleClassifier",
                "TreeEnsembleRegressor");
    }
}
