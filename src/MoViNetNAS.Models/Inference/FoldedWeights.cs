using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The weights of a network by their names, with batch norms folded in; float64 inside.</summary>
internal sealed class FoldedWeights
{
    private readonly Dictionary<string, float[]> _values = [];

    /// <summary>Copies parameters and running averages.</summary>
    public FoldedWeights(MoViNet network)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, value) in network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Concat(network.named_buffers()))
        {
            _values.Add(name, ChannelVector.ToArray(value.detach().cpu().to(ScalarType.Float32)));
        }
    }

    /// <summary>Whether there is a weight of this name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The only number of a parameter without axes.</summary>
    public float Single(string name) => _values[name][0];

    /// <summary>A matrix with its own bias.</summary>
    public PackedMatrix Dense(string name, Epilogue epilogue) => Packed(DenseArrays(name), epilogue);

    /// <summary>As <see cref="Dense"/>, unpacked.</summary>
    public FoldedArrays DenseArrays(string name) => new(_values[$"{name}.weight"], _values[$"{name}.bias"]);

    /// <summary>A matrix and the norm after it, times <paramref name="scale"/>.</summary>
    public PackedMatrix Pointwise(string name, string norm, Epilogue epilogue, double scale = 1) =>
        Packed(Arrays($"{name}.weight", norm, scale), epilogue);

    /// <summary>The stem: its weights in the order row, column, colour.</summary>
    public PackedMatrix Stem(string name, Epilogue epilogue)
    {
        const int cells = 9;
        float[] source = _values[$"{name}.weight"]; // [width, colour, row, column]
        var target = new float[source.Length];
        for (int i = 0; i < source.Length; i++)
        {
            int output = i / (InputShape.Channels * cells), colour = i / cells % InputShape.Channels, cell = i % cells;
            target[(output * cells + cell) * InputShape.Channels + colour] = source[i];
        }

        return Packed(Fold(target, $"{name}.norm", 1), epilogue);
    }

    /// <summary>A depthwise convolution and the norm after it.</summary>
    public PackedDepthwise Depthwise(string weight, string norm, KernelShape kernel, ActivationType activation)
    {
        var (factor, offset) = Norm(norm);
        return new PackedDepthwise(
            _values[weight], kernel, Array.ConvertAll(factor, f => (float)f), Array.ConvertAll(offset, o => (float)o), activation);
    }

    /// <summary>A convolution or a matrix and the norm after it, times <paramref name="scale"/>, as they lie in the network.</summary>
    /// <param name="weight">Name of the parameter, output channel first.</param>
    /// <param name="norm">Name of the norm.</param>
    /// <param name="scale">Factor on all.</param>
    public FoldedArrays Arrays(string weight, string norm, double scale = 1) => Fold(_values[weight], norm, scale);

    private static PackedMatrix Packed(FoldedArrays arrays, Epilogue epilogue) => new(arrays.Weight, arrays.Bias, epilogue);

    private FoldedArrays Fold(float[] weight, string norm, double scale)
    {
        var (factor, offset) = Norm(norm);
        int depth = weight.Length / factor.Length;
        var folded = new float[weight.Length];
        for (int i = 0; i < weight.Length; i++) folded[i] = (float)(weight[i] * factor[i / depth] * scale);
        return new FoldedArrays(folded, Array.ConvertAll(offset, o => (float)(o * scale)));
    }

    private (double[] Factor, double[] Offset) Norm(string name)
    {
        float[] scale = _values[$"{name}.scale"], shift = _values[$"{name}.shift"];
        float[] mean = _values[$"{name}.runningMean"], variance = _values[$"{name}.runningVariance"];
        var factor = new double[scale.Length];
        var offset = new double[scale.Length];
        for (int i = 0; i < scale.Length; i++)
        {
            factor[i] = scale[i] / Math.Sqrt(variance[i] + MoViNetNAS.Models.Norm.Epsilon);
            offset[i] = shift[i] - mean[i] * factor[i];
        }

        return (factor, offset);
    }
}
