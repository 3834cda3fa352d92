using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A supernet in training, as a search trains it: its own weights, optimizer and queue of clips.</summary>
internal sealed class SupernetSide : IDisposable
{
    // Enough for a schedule that hardly moves; the rate is small, so that random targets do no harm however many steps there are.
    private const int ScheduleSteps = 1_000_000;
    private static readonly SupernetSettings Settings = SupernetSettings.Default with { LearningRate = 1e-5, WarmUpFraction = 0 };

    private readonly Supernet _supernet;
    private readonly SupernetTrainer _trainer;
    private int _step;

    /// <param name="of">Space and clips.</param>
    /// <param name="architectures">Architectures of a step, which decides how the threads are shared out.</param>
    public SupernetSide(StepCase of, int architectures)
    {
        var random = BenchContext.Random("supernet"); // both sides have the same weights and clips
        var clips = new MovingShapes(new MovingShapesOptions
        {
            Frames = of.Input.Frames,
            Resolution = of.Input.Resolution,
            WeightsClips = Math.Max(8, 2 * of.Batch * of.Candidates),
            ScoreClips = Math.Max(8, of.Batch),
            TestClips = 8,
        });
        _supernet = new Supernet(of.Space, NetworkVariant.Causal, clips.Classes.Count, new FirstWeights(random.Derive("weights"), ResidualScale: 1));
        _trainer = new SupernetTrainer(
            _supernet, clips, Settings with { Batch = of.Batch, ScoreBatch = of.Batch }, ScheduleSteps, architectures, random.Derive("batches"), CPU);
    }

    /// <summary>Classes of the clips.</summary>
    public int Classes => _supernet.Classes;

    /// <summary>A weight step: each path on a batch of its own.</summary>
    public void Train(IReadOnlyList<SubnetPath> paths) => _trainer.Train(_step++, paths);

    /// <summary>A search step without the controller: a weight step, then the score of every path.</summary>
    public void TrainAndScore(IReadOnlyList<SubnetPath> paths)
    {
        _trainer.Train(_step, paths);
        _trainer.Score(_step++, paths);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trainer.Dispose();
        _supernet.Dispose();
    }
}
