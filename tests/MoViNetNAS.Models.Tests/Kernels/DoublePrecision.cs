using MoViNetNAS.Models.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

/// <summary>Holds kernels to double precision: every difference at most 1e-5 of the largest element.</summary>
internal static class DoublePrecision
{
    private static readonly int[] Widths = [16, 8, 4, 1];

    internal static void AtEveryWidth(Action check)
    {
        int widest = VectorWidth.Widest;
        try
        {
            foreach (int width in Widths.Where(width => width <= widest))
            {
                VectorWidth.Widest = width;
                check();
            }
        }
        finally
        {
            VectorWidth.Widest = widest;
        }
    }

    internal static void AssertEquals(Func<Tensor, Tensor, Tensor> function, Tensor x, Tensor weight, bool hasInputGradient = true)
    {
        float[][] own = ResultAndGradients(function, x, weight, hasInputGradient);
        float[][] precise = ResultAndGradients(function, x.@double(), weight.@double(), hasInputGradient);
        for (int i = 0; i < own.Length; i++)
        {
            Assert.Equal(precise[i].Length, own[i].Length);
            float largest = Math.Max(1e-3f, precise[i].Select(Math.Abs).DefaultIfEmpty(0).Max());
            for (int j = 0; j < own[i].Length; j++) Assert.Equal(precise[i][j], own[i][j], 1e-5f * largest);
        }
    }

    // The result, and the gradients to weight and x of its product with a fixed tensor.
    internal static float[][] ResultAndGradients(Func<Tensor, Tensor, Tensor> function, Tensor x, Tensor weight, bool hasInputGradient)
    {
        Tensor a = x.detach().requires_grad_(hasInputGradient), w = weight.detach().requires_grad_(true);
        Tensor y = function(a, w);
        if (y.requires_grad) (y * Tensors.Random(99, y.shape).to(y.dtype)).sum().backward();
        return
        [
            Floats(y),
            .. hasInputGradient ? new[] { Floats(a.grad!) } : [],
            .. w.grad is { } gradient ? new[] { Floats(gradient) } : [],
        ];
    }

    internal static void AssertFiniteDifferences(Func<Tensor, Tensor, Tensor> function, Tensor x, Tensor weight)
    {
        const double Step = 1e-5;
        Tensor w = weight.detach().requires_grad_(true);
        Tensor direction = Tensors.Random(98, weight.shape).@double();
        Tensor Loss(Tensor at) => function(x, at).square().sum();
        Loss(w).backward();
        double expected = ((Loss(weight + direction * Step) - Loss(weight - direction * Step)) / (2 * Step)).item<double>();
        double actual = (w.grad! * direction).sum().item<double>();
        Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));
    }

    private static float[] Floats(Tensor x) => [.. x.detach().to(ScalarType.Float32).contiguous().data<float>()];
}
