using MoViNetNAS.Data;
using MoViNetNAS.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Gives the norms of a network whose weights came from elsewhere the statistics of the training clips.</summary>
/// <remarks>Means and variances are the plain means of those of the batches; no gradient, no update.</remarks>
public static class NormCalibration
{
    /// <summary>Batches looked at, where there are that many in an epoch.</summary>
    public const int Batches = 32;

    /// <summary>Replaces all running averages.</summary>
    /// <param name="network">Its weights stay as they are.</param>
    /// <param name="schedule">Clips to look at.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static void Run(VideoNetwork network, BatchSchedule schedule, Device device, CancellationToken cancellation)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        int count = BatchesOf(schedule.Count, schedule.BatchSize);
        Tensor[] averages = [.. network.named_buffers().Select(entry => entry.buffer)];
        Tensor[] sums = [.. averages.Select(average => zeros_like(average))];
        var mode = new ForwardMode(NormMode.Training);
        for (int number = 0; number < count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            foreach (var average in averages) average.zero_(); // so that after the pass it is the batch's own, times the share that is taken in
            network.Classify(ClipTensors.Of(schedule.Read(number), device), mode);
            foreach (var (sum, average) in sums.Zip(averages)) sum.PlusInPlace(average);
        }

        foreach (var (sum, average) in sums.Zip(averages)) average.copy_(sum.div(Scalars.Of((1 - VideoNetwork.NormMomentum) * count)));
    }

    /// <summary>Batches looked at of so many clips.</summary>
    internal static int BatchesOf(int clips, int batchSize) => Math.Clamp(clips / batchSize, 1, Batches);
}
