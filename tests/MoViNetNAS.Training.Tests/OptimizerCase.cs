using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

/// <summary>A parameter, gradients made up for it, and the optimizers that follow them.</summary>
internal static class OptimizerCase
{
    public static readonly TheoryData<string> Names = ["adamw", "rmsprop", "rmsprop from one", "sgd", "nesterov"];

    /// <summary>Settings by name, none of them the default.</summary>
    public static OptimizerSettings Settings(string name) => name switch
    {
        "adamw" => new AdamWSettings(0.8, 0.95, 1e-6),
        "rmsprop" => new RmsPropSettings(0.8, 0.7, 0.5),
        "rmsprop from one" => new RmsPropSettings(Start: SquareStart.One),
        "sgd" => new SgdSettings(0.8),
        _ => new SgdSettings(0.8, IsNesterov: true),
    };

    public static (string, Parameter)[] Named(params Parameter[] parameters) => [.. parameters.Select((parameter, i) => ($"p{i}", parameter))];

    /// <summary>One number, moved by the gradients in turn; its value after each.</summary>
    public static double[] Follow(IOptimizer optimizer, Parameter parameter, double[] gradients, double[] rates)
    {
        var values = new double[gradients.Length];
        for (int i = 0; i < gradients.Length; i++)
        {
            parameter.grad = full([1], gradients[i], dtype: parameter.dtype);
            optimizer.Step(rates[i]);
            values[i] = parameter.to(ScalarType.Float64).item<double>();
        }

        return values;
    }

    /// <summary>Numbers between -1 and 1.</summary>
    public static double[] Numbers(int count, int seed)
    {
        var random = new Spaces.RandomStream((ulong)seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Uniform(-1, 1))];
    }
}
