using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

public sealed class EnsembleTests
{
    private const int Resolution = 32;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_split_of_a_stream_gives_the_mean_of_what_the_members_say_of_their_frames(bool isAlternating)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var a = Network(1);
        using var b = Network(2);
        var shares = FrameShare.Of(2, isAlternating);
        var ensemble = new NetworkEnsemble([a, b], shares);
        var clip = Noise(9);
        var second = isAlternating ? new long[] { 1, 3, 5, 7 } : [0, 2, 4, 6, 8];
        var expected = a.Classify(clip.index_select(2, tensor(new long[] { 0, 2, 4, 6, 8 }))).add(b.Classify(clip.index_select(2, tensor(second)))).div(2);
        AssertNear(expected, ensemble.Classify(clip));
        foreach (int[] split in new int[][] { [9], [1, 1, 1, 1, 1, 1, 1, 1, 1], [2, 3, 4], [5, 4], [1, 2, 6] })
        {
            var state = ensemble.InitialState(2, Resolution);
            Tensor? said = null;
            long start = 0;
            foreach (int frames in split)
            {
                (said, state) = ensemble.Step(clip.narrow(2, start, frames), state);
                start += frames;
            }

            Assert.Equal(9, state.FrameCount);
            AssertNear(expected, said!);
        }
    }

    [Fact]
    public void A_state_is_a_value_and_before_any_member_has_seen_a_frame_there_is_no_answer()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var a = Network(1);
        using var b = Network(2);
        var ensemble = new NetworkEnsemble([a, b], FrameShare.Of(2, isAlternating: true));
        var clip = Noise(4);
        var (_, state) = ensemble.Step(clip.narrow(2, 0, 2), ensemble.InitialState(2, Resolution));
        long bytes = state.Bytes;
        var (once, after) = ensemble.Step(clip.narrow(2, 2, 1), state);
        after.Dispose();
        var (again, _) = ensemble.Step(clip.narrow(2, 2, 1), state);
        Assert.Equal(once.data<float>().ToArray(), again.data<float>().ToArray());
        Assert.Equal(bytes, state.Bytes);
        var late = new NetworkEnsemble([a], [new FrameShare(1, 2)]);
        Assert.Throws<ArgumentException>(() => late.Step(clip.narrow(2, 0, 1), late.InitialState(2, Resolution)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void A_share_is_the_same_however_the_frames_arrive(int first, int step)
    {
        using var scope = NewDisposeScope();
        var share = new FrameShare(first, step);
        long[] expected = [.. Enumerable.Range(0, 11).Where(t => t >= first && (t - first) % step == 0).Select(t => (long)t)];
        var frames = arange(11, ScalarType.Int64).reshape(1, 1, 11, 1, 1);
        foreach (int size in new[] { 1, 2, 3, 4, 11 })
        {
            var seen = new List<long>();
            for (long start = 0; start < 11; start += size)
            {
                var own = share.Of(frames.narrow(2, start, Math.Min(size, 11 - start)), start);
                for (long t = 0; t < own.shape[2]; t++) seen.Add(own.narrow(2, t, 1).item<long>());
            }

            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public void Streaming_leaves_no_tensors_behind()
    {
        using var unrecorded = no_grad();
        using var a = Network(1);
        using var b = Network(2);
        var ensemble = new NetworkEnsemble([a, b], FrameShare.Of(2, isAlternating: true));
        long[] alive = new long[3];
        using var clip = Noise(1);
        var state = ensemble.InitialState(2, Resolution);
        for (int t = 0; t < 21; t++)
        {
            using var scope = NewDisposeScope();
            var (_, next) = ensemble.Step(clip, state);
            state.Dispose();
            state = next.DetachFromDisposeScope();
            scope.DisposeEverything();
            if (t % 10 == 0) alive[t / 10] = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        state.Dispose();
        Assert.Equal(alive[1], alive[2]);
    }

    [Fact]
    public void Together_members_cost_the_sum_and_per_frame_of_a_shared_stream_a_part_of_it()
    {
        var input = new InputShape(50, 172, 5);
        var design = new MoViNetDesign(ReleasedArchitectures.ByName["a0"], NetworkVariant.Causal);
        var whole = CostModel.Of(design, 600, input);
        var half = CostModel.Of(design, 600, input.AtHalfRate());
        var both = Cost.Together([half, half], turns: 2);
        Assert.Equal(whole.MacsPerFrame, both.MacsPerFrame);
        Assert.Equal(2 * whole.TrainableParameters, both.TrainableParameters);
        Assert.Equal(2 * whole.StreamStateBytes, both.StreamStateBytes);
        Assert.Equal(2.725e9, both.PaperFlops, 0.001 * 2.725e9); // worked out: two models of 25 frames each
    }

    private static MoViNet Network(ulong seed) => new(
        ReleasedArchitectures.ByName["a0"], NetworkVariant.Causal, 5, new FirstWeights(new RandomStream(seed), ResidualScale: 1));

    private static Tensor Noise(int frames) => rand([2, 3, frames, Resolution, Resolution], generator: new Generator(3));

    private static void AssertNear(Tensor expected, Tensor actual) =>
        Assert.True(expected.sub(actual).abs().max().item<float>() <= 1e-5f * Math.Max(1, expected.abs().max().item<float>()));
}
