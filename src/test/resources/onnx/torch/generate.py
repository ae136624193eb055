"""Makes the files beside it: python3 generate.py [name ...], with PyTorch 2.13, onnx 1.23 and onnxscript 0.7."""

import pathlib
import sys
import warnings

import numpy as np
import onnx
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

import functions
import images
import sequences

HERE = pathlib.Path(__file__).parent
POINTS = 3
MODELS = sequences.MODELS | images.MODELS | functions.MODELS


def strip(path):
    """Leaves out where in Python a node came from, most of the bytes of a small model."""
    model = onnx.load(path)

    def clear(graph):
        for thing in [graph, *graph.node, *graph.input, *graph.output, *graph.initializer, *graph.value_info]:
            if hasattr(thing, "metadata_props"):
                del thing.metadata_props[:]
            thing.ClearField("doc_string")
        for node in getattr(graph, "node", []):
            for attribute in node.attribute:
                if attribute.HasField("g"):
                    clear(attribute.g)
        if isinstance(graph, onnx.GraphProto):
            del graph.value_info[:]

    clear(model.graph)
    for function in model.functions:
        del function.metadata_props[:], function.value_info[:]
        function.ClearField("doc_string")
        for node in function.node:
            del node.metadata_props[:]
            node.ClearField("doc_string")
    del model.metadata_props[:]
    path.write_bytes(model.SerializeToString())


def export(name, model, arguments):
    names = ["x", "ids"][: len(arguments)]
    failed = []
    for exporter in ("script", "dynamo"):
        path = HERE / f"{name}.{exporter}.onnx"
        path.unlink(missing_ok=True)
        try:
            if exporter == "script":
                options = dict(dynamo=False, dynamic_axes={n: {0: "batch"} for n in names + ["y"]}, opset_version=20)
            else:
                batch = torch.export.Dim("batch", min=1, max=64)
                options = dict(dynamo=True, external_data=False, verbose=False, dynamic_shapes=tuple({0: batch} for _ in names))
            torch.onnx.export(model, arguments, path, input_names=names, output_names=["y"], **options)
            strip(path)
        except Exception as e:
            path.unlink(missing_ok=True)
            failed.append(f"{exporter}: {type(e).__name__} {str(e).strip().splitlines()[:1]}")
    return failed


def references(name, model, points, more):
    def one(x, *rest):
        return model(x.unsqueeze(0), *[r.unsqueeze(0) for r in rest]).flatten()

    def save(what, array):
        np.save(HERE / f"{name}.{what}.npy", np.ascontiguousarray(array.detach().numpy()))

    whole = model(points, *more)
    assert torch.allclose(whole.reshape(POINTS, -1), torch.stack([one(*p) for p in zip(points, *more)]), rtol=1e-13, atol=1e-13)
    jacobians = []
    for x, *rest in zip(points, *more):
        jacobians.append(torch.autograd.functional.jacobian(lambda x: one(x, *rest), x).reshape(-1, x.numel()))
    rest = [r[0] for r in more]
    hessians = [torch.autograd.functional.hessian(lambda x: one(x, *rest)[k], points[0]).reshape(points[0].numel(), -1)
                for k in range(jacobians[0].shape[0])]
    # The component whose curvature is the strongest tells most.
    strongest = max(range(len(hessians)), key=lambda k: hessians[k].norm())
    save("points", points)
    save("values", whole)
    save("jacobian", torch.stack(jacobians))
    for old in HERE.glob(f"{name}.hessian*.npy"):
        old.unlink()
    save(f"hessian{strongest}", hessians[strongest])
    for i, r in enumerate(more):
        save(["ids"][i], r)
    return points[0].numel(), len(hessians), hessians[strongest].norm().item()


def make(name, factory, shape, width="single"):
    torch.manual_seed(sum(map(ord, name)))
    model = factory().eval().float()
    for parameter in model.parameters():
        parameter.requires_grad_(True)
    points = torch.randn(POINTS, *shape, dtype=torch.float64)
    more = [torch.randint(0, 11, (POINTS, 3))] if name == "tokens" else []
    if width == "double":
        model = model.double()
    kind = torch.float64 if width == "double" else torch.float32
    failed = export(name, model, (points[:2].to(kind), *[m[:2] for m in more]))
    if len(failed) == 2:
        raise ValueError(f"{name}: {failed}")
    with sdpa_kernel(SDPBackend.MATH):
        sizes = references(name, model.double(), points, more)
    print(f"{name}: {sizes[0]} to {sizes[1]}, curvature {sizes[2]:.3g}", *failed, sep="  ", flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for chosen in sys.argv[1:] or MODELS:
        make(chosen, *MODELS[chosen])
