using System.Diagnostics;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>How long an update of a training takes here: measured on less and scaled up by multiply-adds.</summary>
/// <param name="Seconds">Seconds of one update of the whole batch, scaled.</param>
/// <param name="Clips">Clips of a measured update.</param>
/// <param name="Frames">Frames of each.</param>
/// <param name="Updates">Updates measured; the first, which warms up, is left out unless there was time for no other.</param>
/// <param name="MeasuredSeconds">Seconds of one of them, their median.</param>
public sealed record TrainingTime(double Seconds, int Clips, int Frames, int Updates, double MeasuredSeconds)
{
    private const int MostUpdates = 5;
    private const double MostMacs = 1.5e9, MostBytes = 250e6; // of a measured forward pass: some seconds on a slow machine

    /// <summary>Trains a fresh network on clips of noise for some seconds.</summary>
    /// <param name="design">The network.</param>
    /// <param name="classes">Its classes.</param>
    /// <param name="input">The clips; their resolution is kept.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="device">Where.</param>
    /// <param name="limit">No update begins after that.</param>
    /// <param name="cancellation">Stops between updates.</param>
    public static TrainingTime Measure(
        NetworkDesign design, int classes, InputShape input, TrainingSettings settings, Device device, TimeSpan limit, CancellationToken cancellation)
    {
        var small = input with { Frames = settings.SubclipFrames > 0 ? Math.Min(settings.SubclipFrames, input.Frames) : input.Frames };
        double Macs(InputShape of) => CostModel.Of(design, classes, of).Macs;
        double Bytes(InputShape of) => TrainingMemory.Of(design, classes, of, settings with { Batch = 1, Accumulate = 1 }).ActivationBytes;
        while (small.Frames > 1 && (Macs(small) > MostMacs || Bytes(small) > MostBytes)) small = small with { Frames = (small.Frames + 1) / 2 };
        int partClips = (settings.Batch + settings.Accumulate - 1) / settings.Accumulate;
        int clips = (int)Math.Clamp(Math.Min(MostMacs / Macs(small), MostBytes / Bytes(small)), 1, partClips);

        var random = new RandomStream(1);
        using var network = VideoNetwork.Of(design, classes, new FirstWeights(random.Derive("init"), settings.ResidualScale));
        network.to(device);
        var some = settings with { Batch = clips, Accumulate = 1, Epochs = MostUpdates + 1, EarlyStop = null };
        using var trainer = new NetworkTrainer(network, new NoiseClips(small, classes, clips), some, random.Derive("train"), device);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var seconds = new List<double>();
        long began = Stopwatch.GetTimestamp(), last = began;
        try
        {
            trainer.Run(
                _ =>
                {
                    seconds.Add(Stopwatch.GetElapsedTime(last).TotalSeconds);
                    last = Stopwatch.GetTimestamp();
                    if (Stopwatch.GetElapsedTime(began) > limit) stop.Cancel();
                },
                () => { },
                stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is up.
        }

        double[] counted = [.. seconds.Skip(seconds.Count > 1 ? 1 : 0).Order()];
        double median = counted[counted.Length / 2];
        return new TrainingTime(median * Macs(input) * settings.Batch / (Macs(small) * clips), clips, small.Frames, counted.Length, median);
    }
}
