using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>A closed-form quality instead of a network: longer temporal kernels, wider blocks and one more layer are better.</summary>
internal sealed class ToyEvaluator(RandomStream noise, double noiseStd = 0) : IArchitectureEvaluator
{
    public int ScoreClips => 64;

    public int HeldOutClips => 512;

    public List<int> TrainedSteps { get; } = [];

    public double Train(int step, IReadOnlyList<SubnetPath> paths)
    {
        TrainedSteps.Add(step);
        return 1.0 / (step + 1);
    }

    public double TrainDistilled(int step, IReadOnlyList<SubnetPath> paths) => Train(step, paths);

    public IReadOnlyList<double> Score(int step, IReadOnlyList<SubnetPath> paths) =>
        [.. paths.Select((path, k) => Quality(path.Architecture) + noiseStd * noise.Derive("score", step, k).Normal())];

    public double ScoreHeldOut(Architecture architecture) => Quality(architecture);

    public static double Quality(Architecture architecture)
    {
        double quality = 0.3;
        foreach (var block in architecture.Blocks)
        {
            quality += 0.02 * Math.Log2(block.Width) + 0.03 * block.Layers.Length;
            foreach (var layer in block.Layers)
                quality += 0.03 * (layer.Kernel.Temporal - 1) / 4 + 0.01 * Math.Log2(layer.Expansion) + (layer.HasSqueezeExcite ? 0.02 : 0);
        }

        return quality;
    }
}
