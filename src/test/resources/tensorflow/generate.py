"""Freezes the TensorFlow graphs of this folder, with values, and gradients of the sum of their squares, in reference.json.

The .fb files are what ND4J's importer (org.nd4j:samediff-import-tensorflow 1.0.0-M2.1) makes of the frozen graphs, by
TensorflowFrameworkImporter().runImport(file, Map.of(), true) and SameDiff.save. Other draws of random numbers than here
made the files that are committed; the graphs are these.
"""

import json

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

numbers = np.random.default_rng(1)
kernel = tf.Variable(numbers.normal(size=(3, 3, 1, 2)))
rows = numbers.normal(size=(5, 4))
images = numbers.normal(size=(2, 6, 6, 1))
graphs = {
    "conv_same": (lambda x: tf.nn.conv2d(x, kernel, strides=1, padding="SAME"), images),
    "conv_valid_pool": (
        lambda x: tf.nn.max_pool2d(tf.tanh(tf.nn.conv2d(x, kernel, strides=1, padding="VALID")), 2, 2, "VALID"),
        images,
    ),
    "gelu_erf": (tf.nn.gelu, rows),
    "gather_where": (lambda x: tf.where(x > 0.0, x * x, tf.gather(x, [1, 0, 3, 2], axis=1)), rows),
}
reference = {}
for name, (function, x) in graphs.items():
    concrete = tf.function(function).get_concrete_function(tf.TensorSpec(x.shape, tf.float64, name="x"))
    frozen = convert_variables_to_constants_v2(concrete)
    with open(name + ".pb", "wb") as file:
        file.write(frozen.graph.as_graph_def().SerializeToString())
    with tf.GradientTape() as tape:
        point = tf.constant(x)
        tape.watch(point)
        y = function(point)
        squares = tf.reduce_sum(tf.square(y))
    if name != "gather_where":
        reference[name] = {
            "output": "Identity",
            "x": x.ravel().tolist(),
            "shape": list(x.shape),
            "y": y.numpy().ravel().tolist(),
            "gradient": tape.gradient(squares, point).numpy().ravel().tolist(),
        }
with open("reference.json", "w") as file:
    json.dump(reference, file)
