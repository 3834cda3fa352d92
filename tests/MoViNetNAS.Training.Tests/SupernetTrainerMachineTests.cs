using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

/// <summary>What a supernet's steps do to the process; nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(SupernetTrainerMachineTests), DisableParallelization = true)]
[Collection(nameof(SupernetTrainerMachineTests))]
public sealed class SupernetTrainerMachineTests
{
    private const int Steps = 1000;
    private static readonly RandomStream Seed = new(4);
    private static readonly SupernetSettings Settings = SupernetSettings.Default with { Batch = 2, ScoreBatch = 4, GradientClip = 1 };

    [Fact]
    public void Live_tensors_and_memory_are_flat_over_1000_steps()
    {
        using var supernet = Tiny.Supernet();
        using var trainer = new SupernetTrainer(supernet, Tiny.Clips(), Settings, Steps, candidates: 2, Seed, CPU);
        var architecture = Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream(1)));
        long tensors = 0, kilobytes = 0;
        for (int step = 0; step < Steps; step++)
        {
            trainer.Train(step, Paths(step));
            if (step % 10 == 0) trainer.Score(step, Paths(step));
            if (step % 100 == 0) trainer.ScoreHeldOut(architecture);
            if (step % 100 != 99) continue;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (step == 199) (tensors, kilobytes) = (Tensor.TotalCount, ResidentKilobytes());
            if (step > 199) Assert.Equal(tensors, Tensor.TotalCount);
        }

        Assert.InRange(ResidentKilobytes(), 0, kilobytes + 16 * 1024); // the heap's own coming and going
    }

    [Fact]
    public void Distilled_steps_and_calibrated_scores_leave_no_tensors_behind()
    {
        using var supernet = Tiny.Supernet();
        using var trainer = new SupernetTrainer(supernet, Tiny.Clips(), Settings with { HasCalibratedNorms = true }, Steps, candidates: 3, Seed, CPU);
        var architecture = Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream(1)));
        using var network = new MoViNet(architecture, NetworkVariant.Causal, 8, new FirstWeights(new RandomStream(1), ResidualScale: 1));
        // TorchSharp counts the tensor that a parameter was made of and never counts it off, though the parameter takes its memory and frees it.
        int counted = network.parameters().Count();
        long LiveAfter(int step)
        {
            trainer.TrainDistilled(step, [.. Paths(step), .. Paths(step + 100).Take(1)]);
            trainer.ScoreHeldOut(architecture);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.TotalCount - (long)step * counted;
        }

        LiveAfter(0);
        long second = LiveAfter(1);
        for (int step = 2; step < 20; step++) LiveAfter(step);
        Assert.Equal(second, LiveAfter(20));
    }

    [Fact]
    public void One_worker_and_two_give_the_same_weights_and_scores()
    {
        int threads = get_num_threads();
        try
        {
            var one = Trained(1);
            var two = Trained(2);
            Assert.Equal(one.Scores, two.Scores);
            Tiny.AssertSame(one.State, two.State);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Theory]
    [InlineData(1, 4, 1)]
    [InlineData(2, 4, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 2, 2)]
    public void Workers_share_the_threads_and_leave_the_callers_as_they_were(int threads, int paths, int share)
    {
        int before = get_num_threads();
        try
        {
            set_num_threads(threads);
            using var workers = new PathWorkers(paths);
            int[] seen = new int[20];
            for (int round = 0; round < 2; round++) workers.Run(seen.Length, i => seen[i] = get_num_threads());
            Assert.All(seen, count => Assert.Equal(share, count));
            Assert.Equal(threads, get_num_threads());
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void The_first_failure_of_a_worker_is_thrown_and_the_next_round_runs()
    {
        using var workers = new PathWorkers(4);
        Assert.Throws<InvalidDataException>(() => workers.Run(6, i => { if (i == 3) throw new InvalidDataException(); }));
        int ran = 0;
        workers.Run(6, _ => Interlocked.Increment(ref ran));
        Assert.Equal(6, ran);
    }

    private static (SortedDictionary<string, float[]> State, List<double> Scores) Trained(int threads)
    {
        set_num_threads(threads);
        using var supernet = Tiny.Supernet();
        using var trainer = new SupernetTrainer(supernet, Tiny.Clips(), Settings, Steps, candidates: 3, Seed, CPU);
        var scores = new List<double>();
        for (int step = 0; step < 4; step++)
        {
            SubnetPath[] paths = [.. Paths(step), .. Paths(step + 100).Take(1)];
            scores.Add(trainer.Train(step, paths));
            scores.AddRange(trainer.Score(step, paths));
        }

        return (new(trainer.State.ToDictionary(entry => entry.Key, entry => Tiny.Floats(entry.Value)), StringComparer.Ordinal), scores);
    }

    private static SubnetPath[] Paths(int step) =>
        [.. Enumerable.Range(0, 2).Select(k => SubnetPath.Of(Tiny.Space.Resolve(Tiny.Space.Sample(new RandomStream(9).Derive("path", step, k)))))];

    // 0 where the system does not tell.
    private static long ResidentKilobytes() => !File.Exists("/proc/self/status")
        ? 0
        : long.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            System.Globalization.CultureInfo.InvariantCulture);
}
