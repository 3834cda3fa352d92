using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>First values of weights, drawn from a <see cref="RandomStream"/> so that they are the same on every machine.</summary>
internal static class Initialization
{
    // The standard deviation that is left of a normal distribution cut at two sigma.
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>He normal, cut at two sigma. Source: Keras he_normal, official MoViNet code.</summary>
    public static Parameter HeNormal(RandomStream random, long fanIn, params long[] shape)
    {
        double deviation = Math.Sqrt(2.0 / fanIn) / TruncatedDeviation;
        return Fill(shape, () =>
        {
            double z;
            do z = random.Normal();
            while (Math.Abs(z) > 2);
            return z * deviation;
        });
    }

    /// <summary>Normal with mean 0.</summary>
    public static Parameter Normal(RandomStream random, double deviation, params long[] shape) =>
        Fill(shape, () => random.Normal() * deviation);

    /// <summary>All <paramref name="value"/>.</summary>
    public static Parameter Constant(double value, params long[] shape) => Fill(shape, () => value);

    private static Parameter Fill(long[] shape, Func<double> draw)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)draw();
        return new Parameter(tensor(values, shape));
    }
}
