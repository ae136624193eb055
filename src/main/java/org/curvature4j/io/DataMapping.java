package org.curvature4j.io;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * The names of the placeholders that take data, of a saved training configuration. They are read as text: SameDiff's own
 * reader makes objects of the classes that the configuration names, and so runs the code of a stranger's choice.
 *
 * @param features placeholders of features
 * @param labels placeholders of labels
 */
record DataMapping(List<String> features, List<String> labels) {
    private static final DataMapping NONE = new DataMapping(List.of(), List.of());

    /** The names in a configuration; none where there is no configuration, or where it tells of none. */
    static DataMapping read(@Nullable String configuration) {
        if (configuration == null) {
            return NONE;
        }
        try {
            JsonElement element = JsonParser.parseString(configuration);
            return element instanceof JsonObject object
                    ? new DataMapping(names(object, "dataSetFeatureMapping"), names(object, "dataSetLabelMapping"))
                    : NONE;
        } catch (JsonParseException e) {
            return NONE;
        }
    }

    private static List<String> names(JsonObject object, String field) {
        List<String> names = new ArrayList<>();
        if (object.get(field) instanceof JsonArray array) {
            array.forEach(name -> {
                if (name.isJsonPrimitive()) {
                    names.add(name.getAsString());
                }
            });
        }
        return names;
    }

    /** Gives a graph a configuration that has these names and nothing else, unless there are none. */
    void apply(SameDiff graph) {
        if (!features.isEmpty() || !labels.isEmpty()) {
            graph.setTrainingConfig(TrainingConfig.builder()
                    .updater(new NoOp())
                    .dataSetFeatureMapping(features)
                    .dataSetLabelMapping(labels)
                    .skipBuilderValidation(true)
                    .build());
        }
    }
}
