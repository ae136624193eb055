"""Networks over images, signals and volumes."""

import torch
from torch import nn
from torch.nn import functional as F

EPS = 2.0**-17


def normalized(channels):
    """Batch normalisation with statistics that aren't trivial."""
    norm = nn.BatchNorm2d(channels, EPS)
    norm.running_mean.uniform_(-0.5, 0.5)
    norm.running_var.uniform_(0.5, 2)
    nn.init.uniform_(norm.weight, 0.5, 2)
    nn.init.uniform_(norm.bias, -0.5, 0.5)
    return norm


class UNet(nn.Module):
    """Down by pooling, up by a transposed convolution, joined with what was before."""

    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 3, 3, padding=1)
        self.bottom = nn.Conv2d(3, 4, 3, padding=1)
        self.up = nn.ConvTranspose2d(4, 3, 2, stride=2)
        self.out = nn.Conv2d(6, 1, 3, padding=1)

    def forward(self, x):
        a = torch.tanh(self.down(x))
        b = torch.tanh(self.bottom(F.max_pool2d(a, 2)))
        return self.out(torch.cat([a, self.up(b)], 1))


class Mobile(nn.Module):
    """An inverted residual block: expand, convolve each channel alone, squeeze."""

    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(2, 6, 1, bias=False), normalized(6), nn.ReLU6(),
            nn.Conv2d(6, 6, 3, padding=1, groups=6, bias=False), normalized(6), nn.Hardswish(),
            nn.Conv2d(6, 2, 1, bias=False), normalized(2))

    def forward(self, x):
        return F.adaptive_avg_pool2d(x + self.block(x), 1).flatten(1)


class Residual(nn.Module):
    """Two residual blocks, one of which halves the image."""

    def __init__(self):
        super().__init__()
        self.a = nn.Sequential(nn.Conv2d(2, 2, 3, padding=1, bias=False), normalized(2), nn.SiLU(),
                               nn.Conv2d(2, 2, 3, padding=1, bias=False), normalized(2))
        self.b = nn.Sequential(nn.Conv2d(2, 4, 3, stride=2, padding=1, bias=False), normalized(4), nn.SiLU(),
                               nn.Conv2d(4, 4, 3, padding=1, bias=False), normalized(4))
        self.skip = nn.Conv2d(2, 4, 1, stride=2)
        self.head = nn.Linear(4, 3)

    def forward(self, x):
        x = F.silu(x + self.a(x))
        x = F.silu(self.skip(x) + self.b(x))
        return self.head(x.mean((2, 3)))


class Dense(nn.Module):
    """Each layer sees all before it; a transition with pooling."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Sequential(normalized(c), nn.Softplus(), nn.Conv2d(c, 2, 3, padding=1))
                                     for c in (1, 3, 5)])
        self.transition = nn.Conv2d(7, 2, 1)

    def forward(self, x):
        for layer in self.layers:
            x = torch.cat([x, layer(x)], 1)
        return F.avg_pool2d(self.transition(x), 2).flatten(1)


class Grouped(nn.Module):
    """Normalisation in groups and over each image."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(1, 4, 3)
        self.group = nn.GroupNorm(2, 4, EPS)
        self.instance = nn.InstanceNorm2d(4, EPS, affine=True)
        self.b = nn.Conv2d(4, 2, 2)

    def forward(self, x):
        return self.b(torch.sigmoid(self.instance(torch.tanh(self.group(self.a(x)))))).flatten(1)


class Generator(nn.Module):
    """A generator of images by transposed convolutions."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 8)
        self.net = nn.Sequential(
            nn.ConvTranspose2d(2, 3, 4, stride=2, padding=1), normalized(3), nn.LeakyReLU(0.25),
            nn.ConvTranspose2d(3, 1, 3, stride=2, padding=1, output_padding=1, dilation=1), nn.Tanh())

    def forward(self, x):
        return self.net(self.first(x).view(-1, 2, 2, 2))


class SuperResolution(nn.Module):
    """Convolutions, then channels to pixels."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(1, 4, 3, padding=1)
        self.b = nn.Conv2d(4, 4, 3, padding=1)

    def forward(self, x):
        y = F.pixel_shuffle(self.b(torch.tanh(self.a(x))), 2)
        return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class SqueezeExcite(nn.Module):
    """Channels weighted by what they hold."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 3, padding=1, groups=2)
        self.a = nn.Conv2d(4, 2, 1)
        self.b = nn.Conv2d(2, 4, 1)

    def forward(self, x):
        y = self.conv(x)
        w = torch.sigmoid(self.b(F.silu(self.a(F.adaptive_avg_pool2d(y, 1)))))
        return (y * w).amax((2, 3))


class Volumes(nn.Module):
    """Convolutions and pooling over three axes."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv3d(1, 3, 2)
        self.up = nn.ConvTranspose3d(3, 2, 2)

    def forward(self, x):
        y = F.avg_pool3d(torch.tanh(self.a(x)), (1, 2, 2))
        return F.max_pool3d(self.up(y), 2, stride=1).flatten(1)


class Resized(nn.Module):
    """An image resized in one mode, squared so that there is a curvature."""

    def __init__(self, mode, **options):
        super().__init__()
        self.mode = mode
        self.options = options
        self.conv = nn.Conv2d(1, 2, 2)

    def forward(self, x):
        y = F.interpolate(torch.tanh(self.conv(x)), mode=self.mode, **self.options)
        return (y * y).sum(1)


class Padded(nn.Module):
    """Padding in all modes."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 2, 3, stride=2)

    def forward(self, x):
        y = torch.cat([F.pad(x, (1, 2, 1, 1), mode=m) for m in ("reflect", "replicate", "circular")]
                      + [F.pad(x, (1, 2, 1, 1), value=0.5)], 1)
        return torch.tanh(self.conv(y)).flatten(1)


class Sampled(nn.Module):
    """A spatial transformer: an image sampled at places that it chooses."""

    def __init__(self, mode="bilinear", padding="zeros"):
        super().__init__()
        self.locate = nn.Linear(9, 6)
        self.locate.bias.data = torch.tensor([0.75, 0.125, 0.0, -0.125, 0.75, 0.0625])
        self.locate.weight.data *= 0.25
        self.mode = mode
        self.padding = padding

    def forward(self, x):
        theta = self.locate(x.flatten(1)).view(-1, 2, 3)
        base = torch.tensor([[-0.5, -0.5, 1], [0.5, -0.25, 1], [-0.25, 0.5, 1], [0.5, 0.75, 1]], dtype=x.dtype)
        grid = torch.einsum("pk,bik->bpi", base, theta).view(-1, 2, 2, 2)
        return self.sample(x, grid).flatten(1)

    def sample(self, x, grid):
        if torch.onnx.is_in_onnx_export() or torch.compiler.is_exporting():
            return F.grid_sample(x, grid, self.mode, self.padding, align_corners=False)
        return self.written_out(x, grid)

    def written_out(self, x, grid):
        """The same by plain arithmetic, since PyTorch's own sampling has no second derivative."""
        size = x.shape[-1]
        at = ((grid + 1) * size - 1) / 2
        if self.padding == "border":
            at = at.clamp(0, size - 1)
        low = at.detach().floor()
        share = at - low
        total = 0
        for dx in (0, 1):
            for dy in (0, 1):
                px, py = low[..., 0] + dx, low[..., 1] + dy
                inside = (px >= 0) & (px < size) & (py >= 0) & (py < size)
                flat = (py.clamp(0, size - 1) * size + px.clamp(0, size - 1)).long()
                value = x.flatten(1).gather(1, flat.flatten(1)).view(flat.shape)
                wx = share[..., 0] if dx else 1 - share[..., 0]
                wy = share[..., 1] if dy else 1 - share[..., 1]
                total = total + torch.where(inside, value * wx * wy, torch.zeros_like(value))
        return total.unsqueeze(1)


class Patches(nn.Module):
    """A vision transformer's patches, unfolded, mixed and folded again."""

    def __init__(self):
        super().__init__()
        self.mix = nn.Linear(4, 4)
        self.across = nn.Linear(4, 4)

    def forward(self, x):
        p = x.unfold(2, 2, 2).unfold(3, 2, 2).reshape(-1, 4, 4)
        p = p + F.silu(self.mix(p))
        p = p + F.silu(self.across(p.transpose(1, 2))).transpose(1, 2)
        return p.reshape(-1, 2, 2, 2, 2).permute(0, 1, 3, 2, 4).reshape(-1, 4, 4).mean(1)


class Automaton(nn.Module):
    """A cellular automaton: fixed filters per channel, then an update, three times."""

    def __init__(self):
        super().__init__()
        s = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
        self.register_buffer("filters", torch.stack([s, s.t()]).repeat(2, 1, 1).unsqueeze(1))
        self.update = nn.Conv2d(6, 2, 1)

    def forward(self, x):
        for _ in range(3):
            seen = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="circular"), self.filters, groups=2)
            x = x + torch.tanh(self.update(torch.cat([x, seen], 1)))
        return x[:, 0].flatten(1)


class Pools(nn.Module):
    """Pooling of all kinds, overlapping and padded."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 2)

    def forward(self, x):
        y = torch.sigmoid(self.conv(x))
        parts = [
            F.max_pool2d(y, 3, 2, 1),
            F.avg_pool2d(y, 3, 2, 1, count_include_pad=False),
            F.avg_pool2d(y, 3, 2, 1, ceil_mode=True),
            F.max_pool2d(y, 2, 1, dilation=2),
            F.adaptive_max_pool2d(y, 1),
            F.lp_pool2d(y, 2, 2),
        ]
        return torch.cat([p.flatten(1) for p in parts], 1)


MODELS = {
    "unet": (UNet, (1, 4, 4)),
    "mobile": (Mobile, (2, 3, 3), "double"),
    "residual": (Residual, (2, 4, 4), "double"),
    "dense": (Dense, (1, 4, 4)),
    "grouped": (Grouped, (1, 5, 5)),
    "generator": (Generator, (6,), "double"),
    "super_resolution": (SuperResolution, (1, 3, 3)),
    "squeeze_excite": (SqueezeExcite, (2, 3, 3)),
    "volumes": (Volumes, (1, 3, 3, 3)),
    "resized_bilinear": (lambda: Resized("bilinear", size=(5, 6), align_corners=True), (1, 4, 4)),
    "resized_bicubic": (lambda: Resized("bicubic", scale_factor=2, align_corners=False), (1, 4, 4)),
    "resized_nearest": (lambda: Resized("nearest", scale_factor=2), (1, 4, 4)),
    "padded": (Padded, (1, 4, 4)),
    "sampled": (Sampled, (1, 3, 3)),
    "sampled_border": (lambda: Sampled("bilinear", "border"), (1, 3, 3)),
    "patches": (Patches, (1, 4, 4)),
    "automaton": (Automaton, (2, 3, 3)),
    "pools": (Pools, (1, 6, 5)),
}
